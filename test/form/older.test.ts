import fc from "fast-check";
import { expect, test } from "vitest";
import { bringMethods } from "../../src/form/older.ts";

const names = ["replaceAll", "isWellFormed"] as const;
const own = (name: string): PropertyDescriptor => Object.getOwnPropertyDescriptor(String.prototype, name)!;

/** The methods as form/older.ts brings them, whatever this Node has. */
function brought(): readonly PropertyDescriptor[] {
  const kept = names.map((name) => [name, own(name)] as const);
  try {
    for (const name of names) Reflect.deleteProperty(String.prototype, name);
    bringMethods();
    return names.map(own);
  } finally {
    for (const [name, descriptor] of kept) Reflect.defineProperty(String.prototype, name, descriptor);
  }
}

test("what older browsers lack is brought, and does for texts what theirs would", () => {
  const [replaceAll, isWellFormed] = brought();
  const replaced = replaceAll!.value as (this: string, search: string, replacement: string) => string;
  const wellFormed = isWellFormed!.value as (this: string) => boolean;
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ minLength: 1, maxLength: 2 }), (text, search) => {
      expect(replaced.call(text, search, "_")).toBe(text.replaceAll(search, "_"));
      expect(wellFormed.call(text)).toBe(text.isWellFormed());
    }),
  );
  expect(wellFormed.call("a\ud800")).toBe(false);
  expect([replaceAll!.enumerable, isWellFormed!.enumerable]).toEqual([false, false]);
});

test("what a browser has of itself stays", () => {
  const before = names.map(own);
  bringMethods();
  expect(names.map(own)).toEqual(before);
});
