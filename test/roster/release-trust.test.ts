import { describe, expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import { fromIsoDay, fromIsoInstant, type UnixMs } from "../../src/base/clock.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import { rosterTrust, type RosterTrust } from "../../src/roster/release-trust.ts";
import type { Reviewer, RosterBody } from "../../src/roster/roster.ts";
import { HandClock, signedBy, testBoard, testPerson, type TestPerson } from "../support/board.ts";

const at = (iso: string): UnixMs => fromIsoInstant(iso)!;
const test1 = testBoard(new HandClock("2026-12-01T00:00:00Z"));
const [one, two] = ["officer-a", "officer-b"].map(testPerson) as [TestPerson, TestPerson];
const renewed = testPerson("officer-b");
const core = [testPerson("core"), testPerson("core")] as const;

const officer = ({ id, identity, verifier }: TestPerson, until = "2028-12-31"): Reviewer => ({
  ...test1.body.reviewers.at(-1)!,
  id,
  name: id,
  recipient: recipientOf(identity),
  verifier,
  from: fromIsoDay("2026-12-01")!,
  until: fromIsoDay(until)!,
});
const roster = (serial: number, previous: Uint8Array, issued: string, rest: Partial<RosterBody>): Uint8Array =>
  signedBy(test1.board.slice(0, 2), {
    ...test1.body,
    serial,
    previous,
    issuedMs: at(issued),
    expiresMs: at("2029-01-01T00:00:00Z"),
    ...rest,
  });
const reviewers = test1.body.reviewers.slice(0, 5);
const first = roster(1, new Uint8Array(32), "2026-12-01T00:00:00Z", {
  reviewers: [...reviewers, officer(one), officer(two)],
  checkpoint: core[0].verifier,
});
const second = roster(2, sha256(first), "2027-06-01T00:00:00Z", {
  reviewers: [...reviewers, officer(one, "2027-06-30"), officer(renewed)],
  checkpoint: core[1].verifier,
});
const files = (): Map<string, Uint8Array> =>
  new Map([
    ["rosters/1.note", first],
    ["rosters/2.note", second],
    ["2027-Q1/plan.note", utf8("not a roster")],
  ]);
const trustIn = (all: ReadonlyMap<string, Uint8Array>): RosterTrust => {
  const verdict = rosterTrust(test1.anchors, all);
  if (!verdict.ok) throw new Error(`${verdict.code} ${verdict.path}`);
  return verdict.trust;
};
const keysAt = (trust: RosterTrust, iso: string): readonly Uint8Array[] =>
  trust.officers(at(iso), at(iso)).map(({ verifier }) => verifier.publicKey);
const keyOf = ({ verifier }: TestPerson): Uint8Array => verifier.publicKey;

const verdict = (all: ReadonlyMap<string, Uint8Array>) => rosterTrust(test1.anchors, all);

describe("what rosters say of releases", () => {
  const trust = trustIn(files());

  test("the board of the anchors, and its threshold", () => {
    expect(trust.instance).toBe("test-line");
    expect(trust.board.verifiers.map(({ name }) => name)).toEqual(["board-1", "board-2", "board-3"]);
    expect(trust.board.threshold).toBe(2);
  });

  test("officers and the core's key as they were then, and for 30 days the former ones too", () => {
    expect(keysAt(trust, "2027-03-01T00:00:00Z")).toEqual([one, two].map(keyOf));
    expect(keysAt(trust, "2027-06-20T00:00:00Z")).toEqual([one, renewed, one, two].map(keyOf));
    expect(keysAt(trust, "2027-07-02T00:00:00Z")).toEqual([keyOf(renewed)]);
    const core1 = (iso: string) => trust.checkpoints(at(iso), at(iso));
    expect(core1("2027-03-01T00:00:00Z")).toEqual([core[0].verifier]);
    expect(core1("2027-08-01T00:00:00Z")).toEqual([core[1].verifier]);
  });

  test("reviewers are no officers", () => {
    const names = trust.officers(at("2027-03-01T00:00:00Z"), at("2028-03-01T00:00:00Z")).map((x) => x.verifier.name);
    expect(new Set(names)).toEqual(new Set(["officer-a", "officer-b"]));
  });

  test("nothing of days before the first roster that is here", () => {
    expect(() => keysAt(trust, "2026-11-30T00:00:00Z")).toThrow("roster.missing");
    const later = files();
    later.delete("rosters/1.note");
    expect(() => keysAt(trustIn(later), "2027-03-01T00:00:00Z")).toThrow("roster.missing");
    expect(keysAt(trustIn(later), "2027-08-01T00:00:00Z")).toHaveLength(1);
  });
});

describe("rosters that are refused", () => {
  test("none at all, and one that the board did not sign", () => {
    expect(verdict(new Map())).toEqual({ ok: false, code: "roster.missing", path: "rosters/" });
    const alone = signedBy(test1.board.slice(0, 1), test1.body);
    expect(verdict(new Map([["rosters/1.note", alone]]))).toMatchObject({ ok: false, code: "roster.signers" });
  });

  test("one that its successor does not name", () => {
    const fork = roster(1, new Uint8Array(32), "2026-12-02T00:00:00Z", {});
    expect(verdict(files().set("rosters/1.note", fork))).toEqual({
      ok: false,
      code: "roster.link",
      path: "rosters/1.note",
    });
  });

  test.each(["rosters/3.note", "rosters/01.note", "rosters/x", "rosters/1.note/more"])("one at %s", (path) => {
    expect(verdict(files().set(path, first))).toMatchObject({ ok: false, code: "roster.link" });
  });

  test("any byte of any of them changed", () => {
    for (const path of ["rosters/1.note", "rosters/2.note"]) {
      const note = files().get(path)!;
      for (let offset = 0; offset < note.length; offset += 211) {
        const changed = Uint8Array.from(note);
        changed[offset]! ^= 4;
        expect(verdict(files().set(path, changed)).ok).toBe(false);
      }
    }
  });
});
