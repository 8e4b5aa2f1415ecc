import { describe, expect, test } from "vitest";
import { claimText, verifyClaim } from "../../src/trends/claim.ts";
import { commitText, verifyCommit } from "../../src/trends/commit.ts";
import { erratumText, verifyErratum } from "../../src/trends/erratum.ts";
import { releaseOf } from "../../src/trends/follows.ts";
import { planKind } from "../../src/trends/note.ts";
import { keptPlan, planText } from "../../src/trends/plan.ts";
import { keptRelease, releaseText } from "../../src/trends/release-note.ts";
import { seenText, verifySeen, type Seen } from "../../src/trends/seen.ts";
import {
  board,
  core,
  hashOf,
  hour,
  instance,
  officers,
  signedBy,
  testClaim,
  testCommit,
  testPlan,
  verifiersOf,
} from "../support/releases.ts";
import { fieldsReplaced } from "../support/replaced.ts";
import { malianRelease } from "../support/trends.ts";

const verifiers = verifiersOf(officers);
const [a, b] = officers as [(typeof officers)[number], (typeof officers)[number]];
const plan = testPlan();
const grounds = { plan: hashOf("plan"), commits: testClaim().commits, claim: hashOf("claim"), attempt: 1 };
const claimSigners = { officers: verifiers, board: { verifiers: verifiersOf(board), threshold: 2 } };
const words = { fr: "Rien.", en: "Nothing." };
const erratum = { instance, period: plan.period, number: 1, release: hashOf("release"), words };
const seen: Seen = {
  instance,
  kind: planKind,
  note: hashOf("plan"),
  hour: hour("2026-12-20T10:00:00Z"),
  audit: hashOf("row"),
};
type Read = (text: string) => unknown;

describe("every field of a note, though whoever must sign it did", () => {
  test.each<[string, string, Read]>([
    ["plan", planText(plan), (text) => keptPlan(signedBy(text, a), instance)],
    ["commitment", commitText(testCommit()), (text) => verifyCommit(signedBy(text, a), instance, verifiers)],
    ["claim", claimText(testClaim()), (text) => verifyClaim(signedBy(text, a), instance, claimSigners)],
    [
      "release",
      releaseText(releaseOf(plan, malianRelease().figures, grounds, null)),
      (text) => keptRelease(signedBy(text, a), instance),
    ],
    ["seen note", seenText(seen), (text) => verifySeen(signedBy(text, core), instance, () => [core.verifier])],
    ["erratum", erratumText(erratum), (text) => verifyErratum(signedBy(text, a, b), instance, verifiers)],
  ])("%s: missing, of another kind, or in a list, it is refused", (_what, text, read) => {
    expect(() => read(text)).not.toThrow();
    const [kind, line, json] = text.split("\n") as [string, string, string];
    for (const [path, other] of fieldsReplaced(json))
      expect(() => read(`${kind}\n${line}\n${other}\n`), path).toThrow("release.malformed");
  });

  test.each([
    ["more", /"plan":"/, '"plan":"00'],
    ["more at its end", /("plan":"[0-9a-f]{64})/, "$100"],
  ])("a hash with a byte %s is none", (_what, from, to) => {
    const text = commitText(testCommit());
    expect(text).toMatch(from);
    expect(() => verifyCommit(signedBy(text.replace(from, to), a), instance, verifiers)).toThrow("release.malformed");
  });
});
