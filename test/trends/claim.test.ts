import { describe, expect, test } from "vitest";
import { claimText, verifyClaim, type Claim } from "../../src/trends/claim.ts";
import { testPerson, type TestPerson } from "../support/board.ts";
import { board, instance, officers, signedBy, testClaim, verifiersOf } from "../support/releases.ts";

const signers = { officers: verifiersOf(officers), board: { verifiers: verifiersOf(board), threshold: 2 } };
const verify = (claim: Partial<Claim>, ...people: readonly TestPerson[]): Claim =>
  verifyClaim(signedBy(claimText(testClaim(claim)), ...people), instance, signers);
const [a, b] = officers as [TestPerson, TestPerson];

describe("a claim", () => {
  test("says what an officer signed, one or both", () => {
    expect(verify({}, a)).toEqual(testClaim());
    expect(verify({}, b, a)).toEqual(testClaim());
    expect(verify({ labels: [] }, a).labels).toEqual([]);
  });

  test("is refused from anybody else, the board alone too", () => {
    expect(() => verify({}, testPerson("officer-c"))).toThrow("release.signers");
    expect(() => verify({}, ...board)).toThrow("release.signers");
    expect(() => verify({}, a, board[0]!)).toThrow("release.signers");
    expect(() => verify({ attempt: 2 }, ...board)).toThrow("release.signers");
  });

  test("for a second draw needs the board, and nobody unknown beside it", () => {
    expect(() => verify({ attempt: 2 }, a)).toThrow("release.redrawn");
    expect(() => verify({ attempt: 2 }, a, b, board[0]!)).toThrow("release.redrawn");
    expect(verify({ attempt: 2 }, a, board[0]!, board[2]!).attempt).toBe(2);
    expect(() => verify({ attempt: 2 }, a, board[0]!, board[2]!, testPerson("board-4"))).toThrow("release.signers");
  });

  test("lists label posts in one order, none twice", () => {
    const [one, two] = testClaim().labels as [Uint8Array, Uint8Array];
    expect(() => verify({ labels: [two, one] }, a)).toThrow("release.malformed");
    expect(() => verify({ labels: [one, one] }, a)).toThrow("release.malformed");
  });

  test.each<[string, string, string]>([
    ["another kind", "release-claim", "release-plan"],
    ["a third attempt", '"attempt":1', '"attempt":3'],
    ["one commitment", /"commits":\["[0-9a-f]{64}",/.exec(claimText(testClaim()))![0], '"commits":['],
    ["a space", '"period":', '"period": '],
  ])("is refused with %s, though an officer signed it", (_what, from, to) => {
    const text = claimText(testClaim());
    expect(text).toContain(from);
    expect(() => verifyClaim(signedBy(text.replace(from, to), a), instance, signers)).toThrow("release.malformed");
  });

  test("is another instance's nowhere", () => {
    expect(() => verifyClaim(signedBy(claimText(testClaim()), a), "other-line", signers)).toThrow("release.instance");
  });
});
