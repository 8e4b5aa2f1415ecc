import { expect, test } from "vitest";
import { createHash } from "node:crypto";
import { fingerprint } from "../../src/roster/fingerprint.ts";

test("six groups of four digits, as an independent computation has them", () => {
  const bytes = Uint8Array.from({ length: 40 }, (_, index) => index);
  const digest = createHash("sha256").update("gundo/key/v1\0").update(bytes).digest("hex");
  const digits = (BigInt(`0x${digest.slice(0, 32)}`) % 10n ** 24n).toString().padStart(24, "0");
  expect(fingerprint("gundo/key/v1", bytes)).toBe(digits.replace(/(\d{4})(?=\d)/g, "$1 "));
  expect(fingerprint("gundo/roster/v1", bytes)).not.toBe(fingerprint("gundo/key/v1", bytes));
});
