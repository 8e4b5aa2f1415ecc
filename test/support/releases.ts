import type { UnixHour, UnixMs } from "../../src/base/clock.ts";
import { fromIsoInstant, hourOf } from "../../src/base/clock.ts";
import { addSignature, signNote } from "../../src/envelope/note-sign.ts";
import type { Claim } from "../../src/trends/claim.ts";
import type { Commit } from "../../src/trends/commit.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { utf8 } from "../../src/base/bytes.ts";
import { epsilons } from "../../src/trends/key-space.ts";
import { parsePeriod } from "../../src/trends/period.ts";
import { planText, type Plan } from "../../src/trends/plan.ts";
import { testPerson, type TestPerson } from "./board.ts";
import { malianKeySpace } from "./trends.ts";

/** Who signs releases: two officers in order of their ids, the core, a board of three of whom two authorise. */
export const officers = ["officer-a", "officer-b"].map(testPerson);
export const core = testPerson("test-line");
export const board = ["board-1", "board-2", "board-3"].map(testPerson);
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
