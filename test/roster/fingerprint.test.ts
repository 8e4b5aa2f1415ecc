import { expect, test } from "vitest";
import { createHash } from "node:crypto";
import { concat } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { newIdentity, recipientBytes, recipientOf } from "../../src/envelope/recipient.ts";
import { fingerprint, keyFingerprint } from "../../src/roster/fingerprint.ts";

test("six groups of four digits, as an independent computation has them", () => {
  const bytes = Uint8Array.from({ length: 40 }, (_, index) => index);
  const digest = createHash("sha256").update("gundo/key/v1\0").update(bytes).digest("hex");
  const digits = (BigInt(`0x${digest.slice(0, 32)}`) % 10n ** 24n).toString().padStart(24, "0");
  expect(fingerprint("gundo/key/v1", bytes)).toBe(digits.replace(/(\d{4})(?=\d)/g, "$1 "));
  expect(fingerprint("gundo/roster/v1", bytes)).not.toBe(fingerprint("gundo/key/v1", bytes));
});

test("a number that begins with zeros still has its 24 digits", () => {
  for (let counter = 0; counter < 300; counter++)
    expect(fingerprint("gundo/key/v1", Uint8Array.of(counter >> 8, counter))).toMatch(/^\d{4}( \d{4}){5}$/);
});

test("a person's is of both keys", () => {
  const recipient = recipientOf(newIdentity(systemChance));
  const verifier = systemChance.bytes(32);
  const both = concat(recipientBytes(recipient), verifier);
  expect(keyFingerprint(recipient, verifier)).toBe(fingerprint("gundo/key/v1", both));
});
