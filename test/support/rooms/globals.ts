import { child, identifier, isNode, literal, memberName, type Node } from "./tree.ts";

const bare = new Set(["Date", "console"]);
const whole = new Set(["globalThis", "window", "self", "global"]);
const members: Readonly<Record<string, readonly string[]>> = {
  Math: ["random"],
  performance: ["now"],
  process: ["env", "exit", "abort", "reallyExit", "hrtime", "stdout", "stderr"],
};
const hiddenChance = ["getRandomValues", "randomUUID", "randomBytes", "randomInt", "randomFill", "randomFillSync"];
// Keys of ours draw their bytes from a Chance; without an argument these draw from the system.
const keyMakers = ["keygen", "randomSecretKey", "randomPrivateKey"];
const loaders = ["node:process", "process", "node:perf_hooks", "perf_hooks", "node:console", "console"];

/** `process`, also as `globalThis.process` or `globalThis["process"]`. */
function globalName(node: Node | null): string | null {
  if (node?.type !== "MemberExpression") return identifier(node);
  const holder = identifier(child(node, "object"));
  return holder !== null && whole.has(holder) ? memberName(node) : null;
}

function reported(holder: string | null, name: string | null): string[] {
  if (name === null) return [];
  if (hiddenChance.includes(name)) return [name];
  if (holder !== null && Object.hasOwn(members, holder) && members[holder]!.includes(name))
    return [`${holder}.${name}`];
  return holder !== null && whole.has(holder) && bare.has(name) ? [name] : [];
}

/** What a second name for a whole holder would hide. */
const aliased: Readonly<Record<string, string>> = {
  Math: "Math.random",
  performance: "performance.now",
  process: "process.env",
  crypto: "getRandomValues",
};

function alias(holder: string | null): string[] {
  return holder !== null && Object.hasOwn(aliased, holder) ? [aliased[holder]!] : [];
}

/** `const { env } = process`, `const p = process`. */
function assigned(node: Node): string[] {
  const pattern = child(node, "id") ?? child(node, "left");
  const from = globalName(child(node, "init") ?? child(node, "right"));
  if (pattern?.type !== "ObjectPattern") return alias(from);
  const properties = pattern["properties"] as readonly Node[];
  return properties.flatMap((one) => {
    const key = child(one, "key");
    return reported(from, identifier(key) ?? literal(key));
  });
}

/** `import { env } from "node:process"`, `import p from "node:process"`, `import { randomBytes } from "node:crypto"`. */
function imported(node: Node): string[] {
  const source = literal(child(node, "source")) ?? "";
  const holder = loaders.includes(source) ? source.replace("node:", "").replace("perf_hooks", "performance") : null;
  if (node["importKind"] === "type") return [];
  if (holder === "console" || holder === "performance")
    return [...alias(holder), ...(bare.has(holder) ? [holder] : [])];
  return ((node["specifiers"] ?? []) as readonly Node[]).flatMap((one) => {
    if (one.type === "ImportSpecifier") return reported(holder, identifier(child(one, "imported")));
    return identifier(child(one, "local")) === holder ? [] : alias(holder);
  });
}

function called(node: Node): string[] {
  const callee = child(node, "callee");
  const name = callee?.type === "MemberExpression" ? memberName(callee) : identifier(callee);
  const drawsItself = name !== null && keyMakers.includes(name) && (node["arguments"] as unknown[]).length === 0;
  return drawsItself ? ["getRandomValues"] : [];
}

function found(node: Node): string[] {
  switch (node.type) {
    case "Identifier":
      return bare.has(String(node["name"])) ? [String(node["name"])] : [];
    case "MemberExpression":
      return reported(globalName(child(node, "object")), memberName(node));
    case "VariableDeclarator":
    case "AssignmentExpression":
      return assigned(node);
    case "ImportDeclaration":
      return imported(node);
    case "CallExpression":
      return called(node);
    default:
      return [];
  }
}

/** A name that is no reference: the property after a dot, a key, a type. */
function isNameOnly(parent: Node, key: string): boolean {
  if (key === "property" || key === "key") return parent["computed"] !== true;
  return key === "typeName" || parent.type === "ImportSpecifier" || parent.type === "ExportSpecifier";
}

/** Every guarded global that a program names, as the keys of `globalDoors`. */
export function globalsOf(node: Node): string[] {
  const below = Object.entries(node).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter(isNode)
      .filter((one) => !(one.type === "Identifier" && isNameOnly(node, key)))
      .flatMap(globalsOf),
  );
  return [...found(node), ...below];
}
