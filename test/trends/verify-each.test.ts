import { describe, expect, test } from "vitest";
import type { FaultCode } from "../../src/base/fault.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { erratumText } from "../../src/trends/erratum.ts";
import { claimKind, commitKind } from "../../src/trends/note.ts";
import { parsePeriod } from "../../src/trends/period.ts";
import type { Plan } from "../../src/trends/plan.ts";
import { seenText, type Seen } from "../../src/trends/seen.ts";
import { verifyReleases, type ReleasesVerdict } from "../../src/trends/verify.ts";
import { testPerson } from "../support/board.ts";
import {
  at,
  board,
  core,
  filesIn,
  hashOf,
  hour,
  instance,
  officers,
  signedBy,
  testQuarters,
  testTrust,
  type Otherwise,
} from "../support/releases.ts";
import { malianKeySpace } from "../support/trends.ts";

// Where several checks refuse one forgery, each of them is met here by one that the others let pass.

const [a, b] = officers as [(typeof officers)[number], (typeof officers)[number]];
const c = testPerson("officer-c");
const later = parsePeriod("2027-Q2")!;
const three = testQuarters(3);
const withThird = testTrust({
  officers: (from, until) => [...testTrust().officers(from, until), { verifier: c.verifier, organisation: "Jigi" }],
});

const verify = (files: ReadonlyMap<string, Uint8Array>, trust = testTrust()): ReleasesVerdict =>
  verifyReleases(files, trust);
const refused = (code: FaultCode, path: string): ReleasesVerdict => ({ ok: false, code, path });
/** The first quarter of an instance, in which somebody cheats before they sign. */
const first = (otherwise: Otherwise): Map<string, Uint8Array> => filesIn(testQuarters(1, () => otherwise));
/** The third of three, likewise; the second too where it is named. */
const third = (otherwise: Otherwise, second: Otherwise = {}): ReleasesVerdict =>
  verify(filesIn(testQuarters(3, (index) => [{}, second, otherwise][index]!)));
/** The files, of which the core says that it first saw this one in another hour, or as something else. */
const seenAs = (files: Map<string, Uint8Array>, path: string, said: Pick<Seen, "kind" | "hour">) => {
  const text = seenText({ instance, ...said, note: sha256(files.get(`${path}.note`)!), audit: hashOf("audit") });
  return files.set(`${path}.seen.note`, signedBy(text, core));
};
/** 32 bytes of no note, of which one is zero: not the zeros that stand for none. */
const unknown = hashOf("a note that was taken away").with(3, 0);

const demo = (iso: string, otherwise: Partial<Otherwise> = {}) =>
  first({ instance: "demo-line", seen: { plan: iso, commit: iso, claim: iso }, ...otherwise });
const followsPlan = (previous: Uint8Array) => third({ plan: (one) => ({ ...one, previous }) });
const followsRelease = (previous: Uint8Array) => third({ release: (one) => ({ ...one, previous }) });
const early = (path: string, kind: Seen["kind"], iso: string) =>
  verify(seenAs(first({ attempts: 2 }), path, { kind, hour: hour(iso) }));
const again = (seedOf: NonNullable<Otherwise["seedOf"]>) => verify(first({ attempts: 2, seedOf }));

/** What an officer's seed is made from: the second time it is the other's of the first. */
const swapped = (officer: string, attempt: number): string =>
  attempt === 1 ? officer : officers.find(({ id }) => id !== officer)!.id;

describe("one thing wrong, and every other right", () => {
  test.each<[string, Otherwise, FaultCode, string]>([
    [
      "a commitment of another quarter",
      { commit: (one) => ({ ...one, period: later }) },
      "release.chain",
      "commit-officer-a",
    ],
    [
      "a commitment to a second draw in a first one's place",
      { commit: (one) => ({ ...one, attempt: 2 }) },
      "release.chain",
      "commit-officer-a",
    ],
    [
      "a commitment under another plan",
      { commit: (one) => ({ ...one, plan: unknown }) },
      "release.chain",
      "commit-officer-a",
    ],
    ["a claim of another quarter", { claim: (one) => ({ ...one, period: later }) }, "release.chain", "claim"],
    [
      "a second claim in the first one's place, though the board signed it",
      { claim: (one) => ({ ...one, attempt: 2 }), claimSigners: [a, ...board.slice(1)] },
      "release.chain",
      "claim",
    ],
    ["a claim under another plan", { claim: (one) => ({ ...one, plan: unknown }) }, "release.chain", "claim"],
    [
      "a claim of one commitment that is there and one that is not",
      { claim: (one) => ({ ...one, commits: one.commits.with(1, unknown) }) },
      "release.commitment",
      "claim",
    ],
    ["a release of another quarter", { release: (one) => ({ ...one, period: later }) }, "release.chain", "release"],
    ["a release under another plan", { release: (one) => ({ ...one, plan: unknown }) }, "release.chain", "release"],
    [
      "a release that says it is the second draw",
      { release: (one) => ({ ...one, attempt: 2 }) },
      "release.redrawn",
      "release",
    ],
    ["a release of another claim", { release: (one) => ({ ...one, claim: unknown }) }, "release.redrawn", "release"],
    [
      "a release of one commitment that is there and one that is not",
      { release: (one) => ({ ...one, commits: one.commits.with(1, unknown) }) },
      "release.commitment",
      "release",
    ],
    [
      "a finer interval in the second table alone",
      { release: (one) => ({ ...one, margins: { ...one.margins, t2: 1 } }) },
      "release.margins",
      "release",
    ],
  ])("%s", (_what, otherwise, code, name) => {
    expect(verify(first(otherwise))).toEqual(refused(code, `2027-Q1/${name}.note`));
  });

  test("a plan, or a release, that follows one which is known but not the last, or one that nobody has", () => {
    const [{ plan, release }] = [three[0]!];
    expect(followsPlan(plan.hash)).toEqual(refused("release.chain", "2027-Q3/plan.note"));
    expect(followsPlan(unknown)).toEqual(refused("release.gap", "2027-Q3/plan.note"));
    expect(followsRelease(release.hash)).toEqual(refused("release.chain", "2027-Q3/release.note"));
    expect(followsRelease(unknown)).toEqual(refused("release.gap", "2027-Q3/release.note"));
  });

  test("a version of places, or one of categories since the last but one, that means something else now", () => {
    const { taxonomy, geography } = malianKeySpace;
    const regions = geography.regions.map((one) => ({ ...one, name: `${one.name} and more` }));
    const moved = (plan: Plan): Plan => ({ ...plan, keySpace: { taxonomy, geography: { ...geography, regions } } });
    expect(third({ plan: moved })).toEqual(refused("release.keySpace", "2027-Q3/plan.note"));
    const categories = taxonomy.categories.map((one) => ({ ...one, name: { fr: "Autre", en: "Other" } }));
    const counted = (by: KeySpaceTaxonomy) => (plan: Plan) => ({ ...plan, keySpace: { taxonomy: by, geography } });
    const between = { plan: counted({ ...taxonomy, version: "later-1" }) };
    expect(third({ plan: counted({ ...taxonomy, categories }) }, between)).toEqual(
      refused("release.keySpace", "2027-Q3/plan.note"),
    );
  });

  test("a note that the core saw as one of another kind", () => {
    const files = seenAs(filesIn(three), "2027-Q1/plan", { kind: commitKind, hour: hour("2026-12-23T10:00:00Z") });
    expect(verify(files)).toEqual(refused("release.chain", "2027-Q1/plan.seen.note"));
  });

  test("an erratum of another quarter", () => {
    const { hash } = three[0]!.release;
    const words = { fr: "Un bureau n'a rien envoyé.", en: "One desk sent nothing." };
    const note = signedBy(erratumText({ instance, period: later, number: 1, release: hash, words }), a, b);
    expect(verify(filesIn(three).set("2027-Q1/erratum-1.note", note))).toEqual(
      refused("release.chain", "2027-Q1/erratum-1.note"),
    );
  });
});

type KeySpaceTaxonomy = typeof malianKeySpace.taxonomy;

describe("a second draw", () => {
  test("is not promised before the first claim, and not claimed before both have promised", () => {
    expect(early("2027-Q1/commit-officer-b-2", commitKind, "2027-04-16T09:00:00Z")).toEqual(
      refused("release.order", "2027-Q1/commit-officer-b-2.seen.note"),
    );
    expect(early("2027-Q1/commit-officer-b-2", commitKind, "2027-04-16T11:00:00Z")).toEqual(
      refused("release.order", "2027-Q1/claim-2.seen.note"),
    );
    expect(early("2027-Q1/claim-2", claimKind, "2027-04-17T09:00:00Z")).toMatchObject({ ok: true });
  });

  test("with one seed of the first, whoever's it was", () => {
    expect(again((officer, attempt) => (officer === b.id ? officer : `${officer} ${attempt}`))).toEqual(
      refused("release.redrawn", "2027-Q1/commit-officer-b-2.note"),
    );
    expect(again(swapped)).toEqual(refused("release.redrawn", "2027-Q1/commit-officer-a-2.note"));
  });
});

describe("an officer of the roster whom the plan does not name", () => {
  test("signs no claim and no release of it", () => {
    expect(verify(first({ claimSigners: [c] }), withThird)).toEqual(refused("release.signers", "2027-Q1/claim.note"));
    expect(verify(first({ releaseSigners: [a, c] }), withThird)).toEqual(
      refused("release.signers", "2027-Q1/release.note"),
    );
  });

  test("may be of the same organisation as one whom it names", () => {
    expect(verify(filesIn(three), withThird)).toMatchObject({ ok: true });
  });

  test("nor does one of the two stand in the other's place", () => {
    const files = first({});
    for (const end of [".note", ".seen.note"])
      files.set(`2027-Q1/commit-officer-a${end}`, files.get(`2027-Q1/commit-officer-b${end}`)!);
    expect(verify(files)).toEqual(refused("release.signers", "2027-Q1/commit-officer-a.note"));
  });
});

describe("what a verdict carries", () => {
  test("every row of the audit that the core spoke of, and where", () => {
    const verdict = verify(first({ attempts: 2 }));
    if (!verdict.ok) throw new Error(verdict.code);
    const planned = hashOf("audit 2026-12-23T10:00:00Z");
    const committed = hashOf("audit 2027-03-28T10:00:00Z");
    const claimed = hashOf("audit 2027-04-16T10:00:00Z");
    expect(verdict.audits).toEqual([
      { path: "2027-Q1/plan.seen.note", hash: planned },
      { path: "2027-Q1/commit-officer-a.seen.note", hash: committed },
      { path: "2027-Q1/commit-officer-b.seen.note", hash: committed },
      { path: "2027-Q1/claim.seen.note", hash: claimed },
      { path: "2027-Q1/commit-officer-a-2.seen.note", hash: claimed },
      { path: "2027-Q1/commit-officer-b-2.seen.note", hash: claimed },
      { path: "2027-Q1/claim-2.seen.note", hash: claimed },
    ]);
  });

  test("nothing about rosters, which are the caller's to check", () => {
    expect(verify(filesIn(three).set("rosters/1.note", hashOf("a roster")))).toMatchObject({ ok: true });
    expect(verify(new Map([["rosters/1.note", hashOf("a roster")]]))).toEqual(refused("release.missing", ""));
  });
});

test("whatever else goes wrong is no verdict on the files", () => {
  const broken = testTrust({ officers: () => [...(undefined as unknown as [])] });
  expect(() => verify(filesIn(three), broken)).toThrow(TypeError);
});

describe("a demo", () => {
  test("is bound by no date long after its quarter either", () => {
    expect(verify(demo("2027-09-20T09:00:00Z"), testTrust({ instance: "demo-line" }))).toMatchObject({ ok: true });
  });

  test("whose instant has passed is missed though its quarter is still to come", () => {
    const publishesMs = at("2026-11-26T15:00:00Z");
    const all = demo("2026-11-26T14:00:00Z", { plan: (one) => ({ ...one, publishesMs }) });
    const files = new Map([...all].filter(([path]) => /\/plan(\.seen)?\.note$/.test(path)));
    expect(verify(files, testTrust({ instance: "demo-line", nowMs: publishesMs }))).toMatchObject({
      ok: true,
      warnings: [{ warning: "demo" }, { warning: "unreleased", period: "2027-Q1" }],
    });
  });
});
