import { describe, expect, test } from "vitest";
import { fromUtf8, utf8 } from "../../src/base/bytes.ts";
import { keySpaceHash } from "../../src/trends/key-space-text.ts";
import { spend } from "../../src/trends/ledger.ts";
import { contentOf, releaseText, verifyRelease, type Release } from "../../src/trends/release-note.ts";
import { testPerson } from "../support/board.ts";
import { hashOf, instance, officers, signedBy, testClaim, testPlan, verifiersOf } from "../support/releases.ts";
import { malianRelease } from "../support/trends.ts";

const verifiers = verifiersOf(officers);
const plan = testPlan();
const { figures, margins } = malianRelease();
const release: Release = {
  instance,
  period: plan.period,
  attempt: 1,
  publishesMs: plan.publishesMs,
  plan: testClaim().plan,
  commits: testClaim().commits,
  claim: hashOf("claim"),
  previous: new Uint8Array(32),
  keySpace: keySpaceHash(plan.keySpace),
  figures,
  margins,
  ledger: spend([], plan, 1),
  files: [{ name: "t1.csv", sha256: hashOf("t1") }],
};
const signed = (rest: Partial<Release> = {}): Uint8Array => signedBy(releaseText({ ...release, ...rest }), ...officers);

describe("a release note", () => {
  test("says what both officers signed, negative figures too", () => {
    expect(verifyRelease(signed(), instance, verifiers)).toEqual(release);
    expect(Math.min(...release.figures.t1)).toBeLessThan(0);
  });

  test("with its plan gives all that files and pages are made from", () => {
    expect(contentOf(plan, release)).toEqual(malianRelease());
  });

  test("is refused when one officer did not sign, when a figure was changed, in another instance", () => {
    expect(() => verifyRelease(signedBy(releaseText(release), officers[1]!), instance, verifiers)).toThrow(
      "release.signers",
    );
    const third = testPerson("officer-c");
    const three = verifiersOf([...officers, third]);
    expect(() => verifyRelease(signedBy(releaseText(release), ...officers, third), instance, three)).toThrow(
      "release.signers",
    );
    const edited = utf8(fromUtf8(signed())!.replace('"t1":[-9,', '"t1":[-8,'));
    expect(() => verifyRelease(edited, instance, verifiers)).toThrow("note.signature");
    expect(() => verifyRelease(signed(), "other-line", verifiers)).toThrow("release.instance");
  });

  test.each<[string, string, string]>([
    ["a figure that is no integer", '"t1":[-9,', '"t1":[-9.5,'],
    ["a figure of another spelling", '"t1":[-9,', '"t1":[-9e0,'],
    ["minus zero", '"t1":[-9,', '"t1":[-0,'],
    ["a figure past what is exact", '"t1":[-9,', '"t1":[-9007199254740993,'],
    ["a negative margin", '"margins":{"t1":9', '"margins":{"t1":-9'],
    ["a way out of the folder", '"t1.csv"', '"../t1.csv"'],
    ["a third attempt", '"attempt":1,"publishes"', '"attempt":3,"publishes"'],
    ["no kind", "gundo/release/v1", "gundo/release/v2"],
    ["no publication instant", '"publishes":"2027-05-03T08:00:00Z"', '"publishes":"soon"'],
    ["a ledger with a float", '"t1":"7/20"', '"t1":0.35'],
  ])("is refused with %s, though both signed it", (_what, from, to) => {
    const text = releaseText(release);
    expect(text).toContain(from);
    const note = signedBy(text.replace(from, to), ...officers);
    expect(() => verifyRelease(note, instance, verifiers)).toThrow("release.malformed");
  });
});
