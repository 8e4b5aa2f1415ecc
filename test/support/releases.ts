import { utf8 } from "../../src/base/bytes.ts";
import {
  addDays,
  fromIsoDay,
  fromIsoInstant,
  hourOf,
  isoDay,
  type UnixHour,
  type UnixMs,
} from "../../src/base/clock.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { addSignature, signNote } from "../../src/envelope/note-sign.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import type { Anchors } from "../../src/roster/roster.ts";
import { claimText, type Claim } from "../../src/trends/claim.ts";
import { commitText, seedHash, type Commit } from "../../src/trends/commit.ts";
import { releaseOf, type FormerRelease } from "../../src/trends/follows.ts";
import { epsilons } from "../../src/trends/key-space.ts";
import { attemptName, claimKind, commitKind, noted, planKind, type Noted } from "../../src/trends/note.ts";
import { firstDay, lastDay, parsePeriod, periodAfter, type Period } from "../../src/trends/period.ts";
import { planText, type Plan } from "../../src/trends/plan.ts";
import { filesOf } from "../../src/trends/publish/publish.ts";
import { contentOf, releaseText, type Release } from "../../src/trends/release-note.ts";
import { draw } from "../../src/trends/release.ts";
import type { LabelItem } from "../../src/trends/row.ts";
import { seenText, type Seen } from "../../src/trends/seen.ts";
import type { ReleaseTrust } from "../../src/trends/verify.ts";
import { HandClock, signedBy as signedRoster, testBoard, testPerson, type TestPerson } from "./board.ts";
import { malianKeySpace } from "./trends.ts";

/** Who signs releases: two officers in order of their ids, the core, a board of three of whom two authorise. */
export const officers = ["officer-a", "officer-b"].map(testPerson);
export const core = testPerson("test-line");
const home = testBoard(new HandClock("2026-12-01T00:00:00Z"));
export const { board } = home;
export const instance = "test-line";
export const verifiersOf = (people: readonly TestPerson[]) => people.map(({ verifier }) => verifier);

/** The text as a note that all of these signed. */
export function signedBy(text: string, ...people: readonly TestPerson[]): Uint8Array {
  const [first, ...others] = people;
  const note = signNote(text, first!.id, first!.signing);
  return others.reduce((signed, { id, signing }) => addSignature(signed, id, signing), note);
}

/** 32 bytes that stand for something named. */
export const hashOf = (what: string): Uint8Array => sha256(utf8(what));
export const at = (iso: string): UnixMs => fromIsoInstant(iso)!;
export const hour = (iso: string): UnixHour => hourOf(at(iso));

/** The first plan of an instance in Mali. */
export function testPlan(rest: Partial<Plan> = {}): Plan {
  return {
    instance,
    period: parsePeriod("2027-Q1")!,
    publishesMs: at("2027-05-03T08:00:00Z"),
    previous: new Uint8Array(32),
    officers: officers.map(({ id }) => id),
    epsilon: epsilons,
    budget: { numerator: 1, denominator: 1 },
    keySpace: malianKeySpace,
    ...rest,
  };
}

export function testCommit(rest: Partial<Commit> = {}): Commit {
  return {
    instance,
    period: testPlan().period,
    attempt: 1,
    officer: officers[0]!.id,
    plan: sha256(signedBy(planText(testPlan()), ...officers)),
    seed: hashOf("seed"),
    ...rest,
  };
}

export function testClaim(rest: Partial<Claim> = {}): Claim {
  return {
    instance,
    period: testPlan().period,
    attempt: 1,
    plan: testCommit().plan,
    commits: [hashOf("commit a"), hashOf("commit b")],
    labels: [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)],
    ...rest,
  };
}

/** What one quarter leaves to the next. */
export interface Before {
  readonly plan: Uint8Array;
  readonly former: FormerRelease | null;
}
export const nothingBefore: Before = { plan: new Uint8Array(32), former: null };

/** What a test does otherwise than honest people, each before it is signed. */
export interface Otherwise {
  readonly instance?: string;
  readonly plan?: (plan: Plan) => Plan;
  readonly commit?: (commit: Commit) => Commit;
  readonly claim?: (claim: Claim) => Claim;
  readonly release?: (release: Release) => Release;
  /** Hours in which the core sees the notes. */
  readonly seen?: Partial<ReturnType<typeof honestDays>>;
  readonly planSigners?: readonly TestPerson[];
  /** Of the last claim. */
  readonly claimSigners?: readonly TestPerson[];
  readonly releaseSigners?: readonly TestPerson[];
  /** What a seed is made from. */
  readonly seedOf?: (officer: string, attempt: number) => string;
  /** Drawn twice: the first claim came to nothing, and the board allowed another. */
  readonly attempts?: number;
}

export interface Quarter {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly before: Before;
  readonly plan: Noted<Plan>;
  readonly release: Noted<Release>;
}

/** Dates of an honest quarter: each step on a day that it may have. */
const honestDays = (period: Period) => ({
  plan: `${isoDay(addDays(firstDay(period), -9))}T10:00:00Z`,
  commit: `${isoDay(addDays(lastDay(period), -3))}T10:00:00Z`,
  claim: `${isoDay(addDays(lastDay(period), 16))}T10:00:00Z`,
});

/** A quarter from its plan to its files, signed with real keys and drawn by the real mechanism. */
export function testQuarter(period: Period, before: Before, otherwise: Otherwise = {}): Quarter {
  const files = new Map<string, Uint8Array>();
  const put = (name: string, note: Uint8Array): Uint8Array => {
    files.set(`${period}/${name}`, note);
    return note;
  };
  const days = { ...honestDays(period), ...otherwise.seen };
  const own = { instance: otherwise.instance ?? instance, period };
  const putSeen = (name: string, kind: Seen["kind"], note: Uint8Array, iso: string): Uint8Array => {
    const text = seenText({ ...own, kind, note: sha256(note), hour: hour(iso), audit: hashOf(`audit ${iso}`) });
    put(`${name}.seen.note`, signedBy(text, core));
    return put(`${name}.note`, note);
  };
  const publishesMs = at(`${isoDay(addDays(lastDay(period), 33))}T08:00:00Z`);
  const planned = testPlan({ ...own, publishesMs, previous: before.plan });
  const said = otherwise.plan?.(planned) ?? planned;
  const planNote = signedBy(planText(said), ...(otherwise.planSigners ?? officers));
  const plan = noted(putSeen("plan", planKind, planNote, days.plan), said);

  const claimed = Array.from({ length: otherwise.attempts ?? 1 }, (_, index) => {
    const attempt = index + 1;
    const seeds = officers.map(({ id }) => hashOf(otherwise.seedOf?.(id, attempt) ?? `${period} ${attempt} ${id}`));
    const commits = officers.map((officer, which) => {
      const honest = testCommit({
        ...own,
        attempt,
        officer: officer.id,
        plan: plan.hash,
        seed: seedHash(seeds[which]!),
      });
      const commit = otherwise.commit?.(honest) ?? honest;
      const note = signedBy(commitText(commit), officer);
      const name = attemptName(`commit-${officer.id}`, attempt);
      return noted(putSeen(name, commitKind, note, attempt === 1 ? days.commit : days.claim), commit);
    });
    const honest = testClaim({ ...own, attempt, plan: plan.hash, commits: commits.map(({ hash }) => hash) });
    const claim = otherwise.claim?.(honest) ?? honest;
    const honestSigners = [officers[0]!, ...(attempt === 1 ? [] : board.slice(1))];
    const signers = (attempt === (otherwise.attempts ?? 1) ? otherwise.claimSigners : null) ?? honestSigners;
    const note = signedBy(claimText(claim), ...signers);
    return { seeds, commits, claim: noted(putSeen(attemptName("claim", attempt), claimKind, note, days.claim), claim) };
  });

  const { seeds, commits, claim } = claimed.at(-1)!;
  const attempt = claimed.length;
  const { content } = draw({
    plan,
    // What a test spoilt is drawn from all the same: whoever cheats does.
    claim: { ...claim, said: { ...claim.said, attempt, plan: plan.hash, commits: commits.map(({ hash }) => hash) } },
    commits: commits.map(({ said: promised, hash }) => ({ said: { ...promised, attempt }, hash })),
    seeds,
    items: testItems(period),
  });
  const grounds = {
    plan: plan.hash,
    commits: commits.map(({ hash }) => hash),
    claim: claim.hash,
    attempt,
  };
  const honest = releaseOf(said, content.figures, grounds, before.former);
  const release = otherwise.release?.(honest) ?? honest;
  const note = put("release.note", signedBy(releaseText(release), ...(otherwise.releaseSigners ?? officers)));
  for (const { name, bytes } of filesOf(contentOf(said, release))) put(name, bytes);
  const signed = noted(note, release);
  return {
    files,
    plan,
    release: signed,
    before: { plan: plan.hash, former: { hash: signed.hash, ledger: release.ledger } },
  };
}

/** A hundred people who speak in a quarter, one of them twice. */
export function testItems(period: Period): readonly LabelItem[] {
  const categories = malianKeySpace.taxonomy.categories;
  return Array.from({ length: 101 }, (_, index) => ({
    category: categories[index % categories.length]!.code,
    region: malianKeySpace.geography.regions[index % 10]!.code,
    unit: hashOf(`${period} unit ${index % 100}`).slice(0, 16),
    locality: hashOf(`${period} locality ${index % 37}`).slice(0, 16),
  }));
}

/** So many quarters from the first of 2027 on. */
export function testQuarters(count: number, otherwise: (index: number) => Otherwise = () => ({})): readonly Quarter[] {
  const quarters: Quarter[] = [];
  let period = parsePeriod("2027-Q1")!;
  for (let index = 0; index < count; index++, period = periodAfter(period))
    quarters.push(testQuarter(period, quarters.at(-1)?.before ?? nothingBefore, otherwise(index)));
  return quarters;
}

/** The whole directory. */
export function filesIn(quarters: readonly Quarter[]): Map<string, Uint8Array> {
  return new Map(quarters.flatMap(({ files }) => [...files]));
}

/** What somebody believes who has the board's anchors and rosters: these officers and this core, at all times. */
export function testTrust(rest: Partial<ReleaseTrust> = {}): ReleaseTrust {
  const organisations = ["Jigi", "Yeelen"];
  return {
    instance,
    board: { verifiers: verifiersOf(board), threshold: 2 },
    officers: () => officers.map(({ verifier }, index) => ({ verifier, organisation: organisations[index]! })),
    checkpoints: () => [core.verifier],
    nowMs: at("2028-12-31T23:00:00Z"),
    ...rest,
  };
}

/** The anchors of whoever verifies, and the folder of these quarters with the roster that names officers and core. */
export function testFolder(quarters: readonly Quarter[]): {
  readonly anchors: Anchors;
  readonly files: Map<string, Uint8Array>;
} {
  const [former] = home.body.reviewers.slice(-1);
  const people = officers.map(({ id, identity, verifier }, index) => ({
    ...former!,
    id,
    organisation: ["Jigi", "Yeelen"][index]!,
    recipient: recipientOf(identity),
    verifier,
    until: fromIsoDay("2029-12-31")!,
  }));
  const reviewers = [...home.body.reviewers.slice(0, -1), ...people];
  const body = { ...home.body, reviewers, checkpoint: core.verifier, expiresMs: at("2029-12-31T00:00:00Z") };
  const note = signedRoster(board.slice(0, 2), body);
  return { anchors: home.anchors, files: new Map([["rosters/1.note", note], ...filesIn(quarters)]) };
}
