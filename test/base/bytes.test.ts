import fc from "fast-check";
import { expect, test } from "vitest";
import {
  base64,
  base64nopad,
  base64url,
  concat,
  equal,
  fromBase64,
  fromBase64nopad,
  fromBase64url,
  fromHex,
  fromUtf8,
  hex,
  isWellFormed,
  readU32be,
  u32be,
  utf8,
} from "../../src/base/bytes.ts";

const bytes = fc.uint8Array({ maxLength: 300 });

test("every encoding agrees with Node's and comes back", () => {
  fc.assert(
    fc.property(bytes, (value) => {
      const buffer = Buffer.from(value);
      expect(hex(value)).toBe(buffer.toString("hex"));
      expect(base64(value)).toBe(buffer.toString("base64"));
      expect(base64url(value)).toBe(buffer.toString("base64url"));
      expect(fromHex(hex(value))).toEqual(new Uint8Array(value));
      expect(fromBase64(base64(value))).toEqual(new Uint8Array(value));
      expect(fromBase64nopad(base64nopad(value))).toEqual(new Uint8Array(value));
      expect(fromBase64url(base64url(value))).toEqual(new Uint8Array(value));
    }),
  );
  const large = new Uint8Array(100_000).fill(250);
  expect(base64(large)).toBe(Buffer.from(large).toString("base64"));
});

test("what is not canonical is refused", () => {
  for (const text of ["0", "0G", "AB", "zz"]) expect(fromHex(text)).toBeNull();
  for (const text of ["QQ", "QR==", "QQ=", "Q Q=", "QQ==\n", "!!!!"]) expect(fromBase64(text)).toBeNull();
  for (const text of ["QQ==", "QR", "Q", "+/==", "a+b/"]) expect(fromBase64url(text)).toBeNull();
});

test("only well-formed UTF-8 is text, a byte order mark included", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(fromUtf8(utf8(text))).toBe(text);
    }),
  );
  expect(fromUtf8(utf8("\ufeffa"))).toBe("\ufeffa");
  for (const bad of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0x80]])
    expect(fromUtf8(Uint8Array.from(bad))).toBeNull();
});

test("a lone surrogate is noticed, as the standard's own method does", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(isWellFormed(text)).toBe(text.isWellFormed());
    }),
  );
  expect([isWellFormed("a\ud800"), isWellFormed("\udc00\ud800"), isWellFormed("😀")]).toEqual([false, false, true]);
});

test("concat, equal and big-endian integers", () => {
  fc.assert(
    fc.property(fc.array(bytes), bytes, fc.nat({ max: 2 ** 32 - 1 }), (parts, other, value) => {
      const whole = concat(...parts);
      expect(Buffer.from(whole)).toEqual(Buffer.concat(parts));
      expect(equal(whole, whole.slice())).toBe(true);
      expect(equal(whole, other)).toBe(Buffer.compare(whole, other) === 0);
      expect(readU32be(concat(other, u32be(value)), other.length)).toBe(value);
    }),
  );
});

test("base64 is read in its one spelling only, as another reader of it spells it", () => {
  const signs = fc.string({ unit: fc.constantFrom(...Array.from("AQg+/=Zz09 \n-")) });
  fc.assert(
    fc.property(fc.oneof(signs, fc.base64String()), (text) => {
      const other = Buffer.from(text, "base64");
      const canonical = other.toString("base64") === text;
      expect(fromBase64(text)).toEqual(canonical ? new Uint8Array(other) : null);
    }),
  );
});
