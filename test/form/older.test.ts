import fc from "fast-check";
import { expect, test } from "vitest";
import { bringMethods } from "../../src/form/older.ts";

const own = (): PropertyDescriptor => Object.getOwnPropertyDescriptor(String.prototype, "replaceAll")!;

/** The method as form/older.ts brings it, whatever this Node has. */
function brought(): PropertyDescriptor {
  const kept = own();
  try {
    Reflect.deleteProperty(String.prototype, "replaceAll");
    bringMethods();
    return own();
  } finally {
    Reflect.defineProperty(String.prototype, "replaceAll", kept);
  }
}

test("what older browsers lack is brought, and does for texts what theirs would", () => {
  const { value, enumerable } = brought();
  const replaced = value as (this: string, search: string, replacement: string) => string;
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ minLength: 1, maxLength: 2 }), (text, search) => {
      expect(replaced.call(text, search, "_")).toBe(text.replaceAll(search, "_"));
    }),
  );
  expect(enumerable).toBe(false);
});

test("what a browser has of itself stays", () => {
  const before = own();
  bringMethods();
  expect(own()).toEqual(before);
});
