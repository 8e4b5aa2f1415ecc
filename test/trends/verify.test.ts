import { describe, expect, test } from "vitest";
import { fromUtf8, utf8 } from "../../src/base/bytes.ts";
import type { FaultCode } from "../../src/base/fault.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { erratumText } from "../../src/trends/erratum.ts";
import { planKind } from "../../src/trends/note.ts";
import { parsePeriod } from "../../src/trends/period.ts";
import { planText, type Plan } from "../../src/trends/plan.ts";
import { seenText } from "../../src/trends/seen.ts";
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
  nothingBefore,
  officers,
  signedBy,
  testQuarter,
  testQuarters,
  testTrust,
  type Otherwise,
  type Quarter,
} from "../support/releases.ts";
import { malianKeySpace } from "../support/trends.ts";

const eight = testQuarters(8);
const verify = (files: ReadonlyMap<string, Uint8Array>): ReleasesVerdict => verifyReleases(files, testTrust());
const refused = (code: FaultCode, path: string): ReleasesVerdict => ({ ok: false, code, path });
/** Eight quarters of which one cheats before it signs; those after it follow honestly on what it signed. */
const whenOne = (index: number, otherwise: Otherwise): ReleasesVerdict =>
  verify(filesIn(testQuarters(index + 2, (one) => (one === index ? otherwise : {}))));
const [a, b] = officers as [(typeof officers)[number], (typeof officers)[number]];
type Change<Name extends keyof Otherwise> = NonNullable<Otherwise[Name]>;

const edited = (path: string, from: string | RegExp, to: string): ReleasesVerdict => {
  const files = filesIn(eight);
  const text = fromUtf8(files.get(path)!)!;
  expect(text).toMatch(from);
  return verify(files.set(path, utf8(text.replace(from, to))));
};

const without = (...paths: readonly RegExp[]): ReleasesVerdict => {
  const all = filesIn(eight);
  const files = new Map([...all].filter(([path]) => !paths.some((one) => one.test(path))));
  expect(files.size).toBeLessThan(all.size);
  return verify(files);
};

const swapped = (one: string, other: string): ReleasesVerdict => {
  const files = filesIn(eight);
  const [first, second] = [files.get(one)!, files.get(other)!];
  return verify(files.set(one, second).set(other, first));
};

/** The second quarter with another plan, which both sign and the core dates. */
const replanned = (change: Partial<Plan>): ReleasesVerdict => {
  const plan = signedBy(planText({ ...eight[1]!.plan.said, ...change }), a, b);
  const text = seenText({
    instance,
    kind: planKind,
    note: sha256(plan),
    hour: hour("2027-03-23T10:00:00Z"),
    audit: hashOf("audit"),
  });
  const files = filesIn(eight).set("2027-Q2/plan.note", plan);
  return verify(files.set("2027-Q2/plan.seen.note", signedBy(text, core)));
};

const nudged: Change<"release"> = (one) => ({
  ...one,
  figures: { ...one.figures, t1: one.figures.t1.map((figure) => figure + 1) },
});

const oneMore: Change<"release"> = (one) => ({
  ...one,
  figures: { ...one.figures, t1: [...one.figures.t1, 4] },
});

const renamed = (version: string): Change<"plan"> => {
  const { taxonomy, geography } = malianKeySpace;
  const categories = taxonomy.categories.map((one) => ({ ...one, name: { fr: "Autre", en: "Other" } }));
  return (plan) => ({ ...plan, keySpace: { taxonomy: { ...taxonomy, version, categories }, geography } });
};

const together = () => officers.map(({ verifier }) => ({ verifier, organisation: "Jigi" }));

const soon = { plan: "2027-02-01T09:00:00Z", commit: "2027-02-01T09:00:00Z", claim: "2027-02-01T09:00:00Z" };

const demo = (seen: Change<"seen">): ReleasesVerdict => {
  const otherwise: Otherwise = {
    instance: "demo-line",
    seen,
    plan: (one) => ({ ...one, publishesMs: at("2027-02-01T10:17:23Z") }),
  };
  const now = at("2027-02-02T00:00:00Z");
  return verifyReleases(filesIn(testQuarters(1, () => otherwise)), testTrust({ instance: "demo-line", nowMs: now }));
};

describe("eight quarters", () => {
  test("are accepted, with nothing but the files and what is trusted", () => {
    const verdict = verify(filesIn(eight));
    expect(verdict).toMatchObject({ ok: true, warnings: [] });
    if (!verdict.ok) return;
    expect(verdict.periods.map(({ plan }) => plan.said.period)).toEqual([
      "2027-Q1",
      "2027-Q2",
      "2027-Q3",
      "2027-Q4",
      "2028-Q1",
      "2028-Q2",
      "2028-Q3",
      "2028-Q4",
    ]);
    expect(verdict.periods.at(-1)!.release!.said.ledger.map(({ total }) => total.numerator)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8,
    ]);
  });

  test("in whatever order the files come", () => {
    expect(verify(new Map([...filesIn(eight)].toReversed()))).toMatchObject({ ok: true, warnings: [] });
  });

  test("of which one was not released: said so, and the next follows on the last that was", () => {
    const [first, second] = eight as [Quarter, Quarter];
    const files = filesIn([first, second]);
    for (const path of second.files.keys())
      if (!/\/(plan|commit-officer-[ab])(\.seen)?\.note$/.test(path)) files.delete(path);
    const third = testQuarter(parsePeriod("2027-Q3")!, { plan: second.before.plan, former: first.before.former });
    const verdict = verifyReleases(
      new Map([...files, ...third.files]),
      testTrust({ nowMs: at("2027-12-01T00:00:00Z") }),
    );
    expect(verdict).toMatchObject({
      ok: true,
      warnings: [
        { warning: "unreleased", period: "2027-Q2" },
        { warning: "unplanned", period: "2027-Q4" },
      ],
    });
  });

  test("a second draw that the board allowed spends again", () => {
    const verdict = whenOne(1, { attempts: 2 });
    expect(verdict).toMatchObject({ ok: true });
    if (!verdict.ok) return;
    const [, second, third] = verdict.periods;
    expect([second!.claims, second!.release!.said.attempt]).toEqual([2, 2]);
    expect(second!.release!.said.ledger[1]).toMatchObject({ attempts: 2, sum: { numerator: 2, denominator: 1 } });
    expect(third!.release!.said.ledger[2]!.total).toEqual({ numerator: 4, denominator: 1 });
  });

  test("errata say words about a release that stays", () => {
    const files = filesIn(eight);
    const { hash, said } = eight[2]!.release;
    const words = { fr: "Un bureau n'a rien envoyé.", en: "One desk sent nothing." };
    const erratum = (number: number, release = hash) =>
      signedBy(erratumText({ instance, period: said.period, number, release, words }), a, b);
    files.set("2027-Q3/erratum-1.note", erratum(1)).set("2027-Q3/erratum-2.note", erratum(2));
    expect(verify(files)).toMatchObject({ ok: true });
    files.set("2027-Q3/erratum-2.note", erratum(1));
    expect(verify(files)).toEqual(refused("release.chain", "2027-Q3/erratum-2.note"));
    files.set("2027-Q3/erratum-2.note", erratum(2, hashOf("another release")));
    expect(verify(files)).toEqual(refused("release.chain", "2027-Q3/erratum-2.note"));
    files.set("2027-Q3/erratum-2.note", signedBy(erratumText({ ...said, number: 2, release: hash, words }), a));
    expect(verify(files)).toEqual(refused("release.signers", "2027-Q3/erratum-2.note"));
    files.delete("2027-Q3/erratum-1.note");
    expect(verify(files)).toEqual(refused("release.unknown", "2027-Q3/erratum-2.note"));
  });
});

describe("edited by somebody without keys", () => {
  test("a digit of a file", () => {
    expect(edited("2027-Q4/t1.csv", /\d(?=\D*$)/, "x")).toEqual(refused("release.file", "2027-Q4/t1.csv"));
  });

  test("a digit of a signed figure", () => {
    expect(edited("2027-Q4/release.note", /"t1":\[-?\d+/, '"t1":[99991')).toEqual(
      refused("note.signature", "2027-Q4/release.note"),
    );
  });

  test("a whole quarter taken out", () => {
    expect(without(/^2027-Q4\//)).toEqual(refused("release.gap", "2028-Q1/plan.note"));
  });

  test("the first quarters taken out", () => {
    expect(without(/^2027-/)).toEqual(refused("release.gap", "2028-Q1/plan.note"));
  });

  test("a release taken out, its plan left", () => {
    expect(without(/^2027-Q4\/(release|t\d|card|radio|news)/)).toEqual(refused("release.gap", "2028-Q1/release.note"));
  });

  test("the last release taken out cannot be proved, but is warned of once its instant has passed", () => {
    const files = new Map([...filesIn(eight)].filter(([path]) => !/^2028-Q4\/(release\.|(?!.*\.note$))/.test(path)));
    expect(files.size).toBeLessThan(filesIn(eight).size);
    const day = (iso: string) => verifyReleases(files, testTrust({ nowMs: at(iso) }));
    expect(day("2029-02-02T07:59:59Z")).toMatchObject({ ok: true, warnings: [{ period: "2029-Q1" }] });
    expect(day("2029-02-02T08:00:00Z")).toMatchObject({
      ok: true,
      warnings: [{ warning: "unreleased", period: "2028-Q4" }, { warning: "unplanned" }],
    });
  });

  test("a file taken out", () => {
    expect(without(/^2028-Q2\/t2\.json$/)).toEqual(refused("release.missing", "2028-Q2/t2.json"));
    expect(without(/^2028-Q2\/plan\.note$/)).toEqual(refused("release.missing", "2028-Q2/plan.note"));
    expect(without(/^2028-Q2\/plan\.seen\.note$/)).toEqual(refused("release.missing", "2028-Q2/plan.seen.note"));
    expect(without(/^2028-Q2\/claim\.seen\.note$/)).toEqual(refused("release.missing", "2028-Q2/claim.seen.note"));
  });

  test("a commitment taken out, or a claim", () => {
    expect(without(/^2028-Q2\/commit-officer-b\./)).toEqual(
      refused("release.commitment", "2028-Q2/commit-officer-b.note"),
    );
    expect(without(/^2028-Q2\/claim\./)).toEqual(refused("release.commitment", "2028-Q2/release.note"));
  });

  test("releases swapped, or their files, or plans", () => {
    expect(swapped("2027-Q2/release.note", "2027-Q3/release.note")).toEqual(
      refused("release.chain", "2027-Q2/release.note"),
    );
    expect(swapped("2027-Q2/t1.csv", "2027-Q3/t1.csv")).toEqual(refused("release.file", "2027-Q2/t1.csv"));
    expect(swapped("2027-Q2/plan.note", "2027-Q3/plan.note")).toEqual(
      refused("release.chain", "2027-Q2/plan.seen.note"),
    );
    expect(swapped("2027-Q2/commit-officer-a.note", "2027-Q2/commit-officer-b.note")).toEqual(
      refused("release.chain", "2027-Q2/commit-officer-a.seen.note"),
    );
  });

  test("a whole quarter put in another's place, or there a second time", () => {
    const files = filesIn(eight.slice(0, 3));
    for (const [path, bytes] of eight[2]!.files) files.set(path.replace("2027-Q3", "2027-Q4"), bytes);
    expect(verify(files)).toEqual(refused("release.chain", "2027-Q4/plan.note"));
    for (const path of eight[2]!.files.keys()) files.delete(path);
    expect(verify(files)).toEqual(refused("release.chain", "2027-Q4/plan.note"));
  });

  test("a file that nobody knows", () => {
    for (const path of ["2027-Q2/t3.csv", "2027-Q2/claim-2.seen.note", "readme.txt", "2027-Q5/plan.note", "a/b"]) {
      const verdict = verify(filesIn(eight).set(path, utf8("x")));
      expect(verdict).toEqual(refused("release.unknown", path));
    }
  });

  test("a note that is none", () => {
    expect(verify(filesIn(eight).set("2027-Q2/plan.note", utf8("x")))).toEqual(
      refused("release.chain", "2027-Q2/plan.seen.note"),
    );
    expect(verify(filesIn(eight).set("2027-Q2/release.note", utf8("x")))).toEqual(
      refused("note.malformed", "2027-Q2/release.note"),
    );
  });

  test("no file at all", () => {
    expect(verify(new Map())).toEqual(refused("release.missing", ""));
  });
});

describe("signed by officers who cheat", () => {
  test("a plan, a claim or a release that one did not sign", () => {
    expect(whenOne(1, { planSigners: [a] })).toEqual(refused("release.signers", "2027-Q2/plan.note"));
    expect(whenOne(1, { claimSigners: [testPerson("officer-a")] })).toEqual(
      refused("release.signers", "2027-Q2/claim.note"),
    );
    expect(whenOne(1, { releaseSigners: [b] })).toEqual(refused("release.signers", "2027-Q2/release.note"));
    expect(whenOne(1, { releaseSigners: [a, testPerson("officer-b")] })).toEqual(
      refused("release.signers", "2027-Q2/release.note"),
    );
  });

  test("a line more, by which a note could have another hash", () => {
    expect(whenOne(1, { releaseSigners: [a, b, core] })).toEqual(refused("release.signers", "2027-Q2/release.note"));
  });

  test("another figure, with files made from it, or with those that were signed before", () => {
    const cheated = filesIn(testQuarters(2, (index) => (index === 1 ? { release: nudged } : {})));
    expect(verify(cheated)).toEqual(refused("release.file", "2027-Q2/t1.csv"));
    const note = cheated.get("2027-Q2/release.note")!;
    const files = filesIn(eight.slice(0, 2)).set("2027-Q2/release.note", note);
    expect(verify(files)).toEqual(refused("release.file", "2027-Q2/t1.csv"));
  });

  test("a file left out of what they sign", () => {
    expect(whenOne(1, { release: (one) => ({ ...one, files: one.files.slice(1) }) })).toEqual(
      refused("release.file", "2027-Q2/release.note"),
    );
  });

  test("more ε than the budget", () => {
    const epsilon = { ...eight[1]!.plan.said.epsilon, t1: { numerator: 2, denominator: 5 } };
    expect(replanned({ epsilon })).toEqual(refused("release.overspent", "2027-Q2/plan.note"));
  });

  test("a ledger that forgets", () => {
    expect(whenOne(2, { release: (one) => ({ ...one, ledger: one.ledger.slice(1) }) })).toEqual(
      refused("release.ledger", "2027-Q3/release.note"),
    );
    const half = { numerator: 1, denominator: 2 };
    const cheaper: Change<"release"> = (one) => ({
      ...one,
      ledger: one.ledger.map((line) => ({ ...line, sum: half, total: half })),
    });
    expect(whenOne(0, { release: cheaper })).toEqual(refused("release.ledger", "2027-Q1/release.note"));
  });

  test("another instance's plan, claim, commitment or release", () => {
    const other = "other-line";
    expect(whenOne(1, { plan: (one) => ({ ...one, instance: other }) })).toEqual(
      refused("release.instance", "2027-Q2/plan.note"),
    );
    expect(whenOne(1, { commit: (one) => ({ ...one, instance: other }) })).toEqual(
      refused("release.instance", "2027-Q2/commit-officer-a.note"),
    );
    expect(whenOne(1, { claim: (one) => ({ ...one, instance: other }) })).toEqual(
      refused("release.instance", "2027-Q2/claim.note"),
    );
    expect(whenOne(1, { release: (one) => ({ ...one, instance: other }) })).toEqual(
      refused("release.instance", "2027-Q2/release.note"),
    );
  });

  test("counted by something else than the plan says", () => {
    expect(whenOne(1, { release: (one) => ({ ...one, keySpace: hashOf("finer") }) })).toEqual(
      refused("release.keySpace", "2027-Q2/release.note"),
    );
    expect(whenOne(1, { release: oneMore })).toEqual(refused("release.keySpace", "2027-Q2/release.note"));
  });

  test("a version of categories that no longer means what it meant; a new version may", () => {
    expect(whenOne(1, { plan: renamed(malianKeySpace.taxonomy.version) })).toEqual(
      refused("release.keySpace", "2027-Q2/plan.note"),
    );
    expect(whenOne(1, { plan: renamed("later-1") })).toMatchObject({ ok: true });
  });

  test("a finer interval than the noise has, another instant, another release before", () => {
    expect(whenOne(1, { release: (one) => ({ ...one, margins: { ...one.margins, t1: 1 } }) })).toEqual(
      refused("release.margins", "2027-Q2/release.note"),
    );
    expect(whenOne(1, { release: (one) => ({ ...one, publishesMs: at("2027-08-02T09:00:00Z") }) })).toEqual(
      refused("release.calendar", "2027-Q2/release.note"),
    );
    expect(whenOne(2, { release: (one) => ({ ...one, previous: new Uint8Array(32) }) })).toEqual(
      refused("release.chain", "2027-Q3/release.note"),
    );
    expect(whenOne(2, { release: (one) => ({ ...one, previous: hashOf("a nicer one") }) })).toEqual(
      refused("release.gap", "2027-Q3/release.note"),
    );
  });

  test("a plan that publishes too soon, or follows another plan", () => {
    expect(whenOne(1, { plan: (one) => ({ ...one, publishesMs: at("2027-07-20T08:00:00Z") }) })).toEqual(
      refused("release.calendar", "2027-Q2/plan.note"),
    );
    expect(whenOne(2, { plan: (one) => ({ ...one, previous: new Uint8Array(32) }) })).toEqual(
      refused("release.chain", "2027-Q3/plan.note"),
    );
    const again = { period: parsePeriod("2027-Q1")!, publishesMs: at("2027-05-03T08:00:00Z") };
    expect(replanned(again)).toEqual(refused("release.chain", "2027-Q2/plan.note"));
  });
});

describe("drawn again, or promised too late", () => {
  test("a second claim without the board", () => {
    expect(whenOne(1, { attempts: 2, claimSigners: [a, b] })).toEqual(
      refused("release.redrawn", "2027-Q2/claim-2.note"),
    );
    expect(whenOne(1, { attempts: 2, claimSigners: [a, board[0]!] })).toEqual(
      refused("release.redrawn", "2027-Q2/claim-2.note"),
    );
  });

  test("a second claim that is hidden, or a release of the first", () => {
    const twice = testQuarters(1, () => ({ attempts: 2 }));
    const files = filesIn(twice);
    for (const path of files.keys()) if (/claim-2|commit-.*-2/.test(path)) files.delete(path);
    expect(verify(files)).toEqual(refused("release.redrawn", "2027-Q1/release.note"));
    const once = testQuarters(1);
    const first = filesIn(twice).set("2027-Q1/release.note", once[0]!.files.get("2027-Q1/release.note")!);
    expect(verify(first)).toEqual(refused("release.redrawn", "2027-Q1/release.note"));
  });

  test("from another claim than the one the core took", () => {
    const other = testQuarter(parsePeriod("2027-Q1")!, nothingBefore, {
      claim: (one) => ({ ...one, labels: [hashOf("a nicer list")] }),
    });
    const files = filesIn(testQuarters(1)).set("2027-Q1/release.note", other.files.get("2027-Q1/release.note")!);
    expect(verify(files)).toEqual(refused("release.redrawn", "2027-Q1/release.note"));
    files.set("2027-Q1/claim.note", other.files.get("2027-Q1/claim.note")!);
    expect(verify(files)).toEqual(refused("release.chain", "2027-Q1/claim.seen.note"));
  });

  test("with a seed of the first draw again", () => {
    expect(whenOne(1, { attempts: 2, seedOf: (officer) => officer })).toEqual(
      refused("release.redrawn", "2027-Q2/commit-officer-a-2.note"),
    );
  });

  test.each<[string, Change<"seen">, FaultCode, string]>([
    ["a plan of a quarter that has begun", { plan: "2027-04-01T00:00:00Z" }, "release.late", "plan.seen.note"],
    [
      "a commitment after the quarter",
      { commit: "2027-07-01T00:00:00Z" },
      "release.late",
      "commit-officer-a.seen.note",
    ],
    ["a commitment before its plan", { commit: "2027-03-01T00:00:00Z" }, "release.order", "commit-officer-a.seen.note"],
    ["a claim within the quarter", { claim: "2027-06-30T23:00:00Z" }, "release.early", "claim.seen.note"],
    [
      "a claim when the posts were destroyed already",
      { claim: "2027-08-14T00:00:00Z" },
      "release.late",
      "claim.seen.note",
    ],
  ])("%s", (_what, seen, code, file) => {
    expect(whenOne(1, { seen })).toEqual(refused(code, `2027-Q2/${file}`));
  });

  test("to the hour: the last of the quarter will do", () => {
    const seen = { plan: "2027-03-31T23:00:00Z", commit: "2027-06-30T23:00:00Z", claim: "2027-07-01T00:00:00Z" };
    expect(whenOne(1, { seen })).toMatchObject({ ok: true });
  });

  test("a claim of other commitments", () => {
    expect(whenOne(1, { claim: (one) => ({ ...one, commits: one.commits.toReversed() }) })).toEqual(
      refused("release.commitment", "2027-Q2/claim.note"),
    );
    expect(whenOne(1, { release: (one) => ({ ...one, commits: one.commits.toReversed() }) })).toEqual(
      refused("release.commitment", "2027-Q2/release.note"),
    );
  });

  test("a date that the core did not sign", () => {
    const stranger = testPerson("test-line");
    const verdict = verifyReleases(filesIn(testQuarters(1)), testTrust({ checkpoints: () => [stranger.verifier] }));
    expect(verdict).toEqual(refused("release.signers", "2027-Q1/plan.seen.note"));
  });
});

describe("whom the roster knows", () => {
  test("officers of one organisation are not two", () => {
    expect(verifyReleases(filesIn(testQuarters(1)), testTrust({ officers: together }))).toEqual(
      refused("release.officers", "2027-Q1/plan.note"),
    );
  });

  test("is asked for the hours in which notes were seen", () => {
    const asked: (readonly [number, number])[] = [];
    const trust = testTrust();
    const watched = testTrust({
      officers: (from, until) => {
        asked.push([from, until]);
        return trust.officers(from, until);
      },
    });
    expect(verifyReleases(filesIn(testQuarters(1)), watched).ok).toBe(true);
    const plan = at("2026-12-23T10:00:00Z");
    expect(asked[0]).toEqual([plan, plan + 3_600_000]);
    expect(asked.at(-1)![0]).toBe(at("2027-04-16T10:00:00Z"));
  });
});

describe("a demo", () => {
  test("is held to the order of its steps, not to dates, and that is said", () => {
    expect(demo(soon)).toMatchObject({ ok: true, warnings: [{ warning: "demo" }] });
    expect(demo({ ...soon, claim: "2027-02-01T08:00:00Z" })).toEqual(
      refused("release.order", "2027-Q1/claim.seen.note"),
    );
  });

  test("is no production's", () => {
    const verdict = verifyReleases(filesIn(eight), testTrust({ instance: "demo-line" }));
    expect(verdict).toEqual(refused("release.instance", "2027-Q1/plan.seen.note"));
  });
});
