import { describe, expect, test } from "vitest";
import type { UnixHour } from "../../src/base/clock.ts";
import { commitKind, planKind } from "../../src/trends/note.ts";
import { seenText, verifySeen, type Seen } from "../../src/trends/seen.ts";
import { testPerson } from "../support/board.ts";
import { core, hashOf, hour, instance, officers, signedBy } from "../support/releases.ts";

const seen: Seen = {
  instance,
  kind: planKind,
  note: hashOf("plan"),
  hour: hour("2026-12-20T10:59:59Z"),
  audit: hashOf("the audit's last row"),
};
const checkpoints = () => [core.verifier];

const two = () => [core.verifier, officers[0]!.verifier];

describe("that the core saw a note", () => {
  test("is signed with its checkpoint key, to the hour and no finer", () => {
    expect(verifySeen(signedBy(seenText(seen), core), instance, checkpoints)).toEqual(seen);
    expect(seenText(seen)).toContain('"hour":"2026-12-20T10:00:00Z","audit":"');
  });

  test("is verified with the key of that hour: a later key says nothing of it", () => {
    const asked: UnixHour[] = [];
    const later = testPerson("test-line");
    const keysAt = (at: UnixHour) => {
      asked.push(at);
      return [at < seen.hour ? core.verifier : later.verifier];
    };
    expect(() => verifySeen(signedBy(seenText(seen), core), instance, keysAt)).toThrow("release.signers");
    expect(asked).toEqual([seen.hour]);
  });

  test("is nobody else's to say", () => {
    expect(() => verifySeen(signedBy(seenText(seen), officers[0]!), instance, checkpoints)).toThrow("release.signers");
    expect(() => verifySeen(signedBy(seenText(seen), core, officers[0]!), instance, checkpoints)).toThrow(
      "release.signers",
    );
    expect(() => verifySeen(signedBy(seenText(seen), core), "other-line", checkpoints)).toThrow("release.instance");
    // Two keys of one hour: with the one line or with both it would be another note of another hash.
    expect(() => verifySeen(signedBy(seenText(seen), core, officers[0]!), instance, two)).toThrow("release.signers");
  });

  test.each<[string, (text: string) => string]>([
    ["an instant within the hour", (text) => text.replace("10:00:00Z", "10:00:01Z")],
    ["a kind that has no date", (text) => text.replace("release-plan", "release")],
    ["no hash", (text) => text.replace(/[0-9a-f]{64}/, "")],
    ["no audit", (text) => text.replace(/,"audit":"[0-9a-f]{64}"/, "")],
    ["a short hash of the audit", (text) => text.replace(/[0-9a-f]"\}/, '"}')],
    ["another kind of note", (text) => text.replace("release-seen", "release-plan")],
    ["no JSON", (text) => text.replace("{", "")],
  ])("is refused with %s, though the core signed it", (_what, change) => {
    const note = signedBy(change(seenText(seen)), core);
    expect(() => verifySeen(note, instance, checkpoints)).toThrow("release.malformed");
  });

  test("names the kind: seen as a commitment is not seen as a plan", () => {
    expect(verifySeen(signedBy(seenText({ ...seen, kind: commitKind }), core), instance, checkpoints).kind).toBe(
      commitKind,
    );
  });
});
