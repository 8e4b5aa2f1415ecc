import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { child, children, identifier, memberName, parse, type Node } from "../support/rooms/tree.ts";

// trends.md, Mechanism: no floating point in the noise path, since how it rounds tells the count behind the noise.
const path = ["noise", "coins", "bound", "release", "exact", "interval"].map((name) => `src/trends/${name}.ts`);

/** What of floating point a source names: functions of Math but clz32, fractions, powers, and a number divided. */
function floating(file: string, source: string): readonly string[] {
  const found: string[] = [];
  const look = (node: Node): void => {
    found.push(...named(node));
    children(node).forEach(look);
  };
  look(parse(file, source));
  return found;
}

function named(node: Node): readonly string[] {
  const operator = node["operator"];
  if (node.type === "MemberExpression" && identifier(child(node, "object")) === "Math")
    return memberName(node) === "clz32" ? [] : [`Math.${memberName(node)}`];
  if (node.type === "Identifier" && ["parseFloat", "Float64Array", "NaN", "Infinity"].includes(String(node["name"])))
    return [String(node["name"])];
  if (isNumber(node) && !Number.isInteger(node["value"])) return [String(node["value"])];
  if (operator === "**" || operator === "**=") return ["**"];
  const divides = operator === "/" || operator === "/=" || operator === "%";
  return divides && [child(node, "left"), child(node, "right")].some(isNumber) ? [`number ${operator}`] : [];
}

function isNumber(node: Node | null): boolean {
  return node?.type === "Literal" && typeof node["value"] === "number";
}

describe("the noise path", () => {
  test.each(path)("%s is of integers", (file) => {
    expect(floating(file, readFileSync(file, "utf8"))).toEqual([]);
  });

  test.each([
    ["Math.log(u)", ["Math.log"]],
    ["const { a } = b; Math['exp'](a);", ["Math.exp"]],
    ["x = 0.5 * y", ["0.5"]],
    ["x = y / 2", ["number /"]],
    ["x = a ** b", ["**"]],
    ["new Float64Array(2)", ["Float64Array"]],
    ["x = Number.parseFloat(y)", ["parseFloat"]],
    ["x = a / b; y = Math.clz32(3) + 8", []],
  ])("the check can fail: %s", (source, expected) => {
    expect(floating("a.ts", source)).toEqual(expected);
  });
});
