import { describe, expect, test } from "vitest";
import { hex } from "../../src/base/bytes.ts";
import { commitText, seedHash, verifyCommit } from "../../src/trends/commit.ts";
import { instance, officers, signedBy, testCommit, verifiersOf } from "../support/releases.ts";

const verifiers = verifiersOf(officers);
const [a, b] = officers as [(typeof officers)[number], (typeof officers)[number]];

describe("a commitment", () => {
  test("says what its officer signed", () => {
    const commit = testCommit({ seed: seedHash(new Uint8Array(32).fill(7)) });
    expect(verifyCommit(signedBy(commitText(commit), a), instance, verifiers)).toEqual(commit);
    expect(commitText(commit).split("\n").slice(0, 2)).toEqual(["gundo/release-commit/v1", "test-line"]);
  });

  test("names a seed by its SHA-256 (FIPS 180-4: 32 zero bytes)", () => {
    expect(hex(seedHash(new Uint8Array(32)))).toBe("66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925");
  });

  test("is its own officer's alone", () => {
    const text = commitText(testCommit());
    expect(() => verifyCommit(signedBy(text, b), instance, verifiers)).toThrow("release.signers");
    expect(() => verifyCommit(signedBy(text, a, b), instance, verifiers)).toThrow("release.signers");
    expect(() => verifyCommit(signedBy(text, a), "other-line", verifiers)).toThrow("release.instance");
  });

  test.each<[string, string, string]>([
    ["a third attempt", '"attempt":1', '"attempt":3'],
    ["capital hex", hex(testCommit().seed), hex(testCommit().seed).toUpperCase()],
    ["no officer", '"officer-a"', '"Officer A"'],
    ["no period", "2027-Q1", "2027"],
    ["a field more", '"attempt":1', '"attempt":1,"more":1'],
  ])("is refused with %s, though its officer signed it", (_what, from, to) => {
    const text = commitText(testCommit());
    expect(text).toContain(from);
    expect(() => verifyCommit(signedBy(text.replace(from, to), a), instance, verifiers)).toThrow("release.malformed");
  });
});
