import { hex } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { strictInteger, strictRecord, strictText } from "../base/strict.ts";
import { sha256 } from "../envelope/hash.ts";
import type { NoteVerifier } from "../envelope/note.ts";
import { canonical, commitKind, mostAttempts, noteTextOf, officerPattern, readSigned, strictHash } from "./note.ts";
import { parsePeriod, type Period } from "./period.ts";

/** One officer's promise of the seed they hold, before anybody knows what will be counted (trends.md, Who computes). */
export interface Commit {
  readonly instance: string;
  readonly period: Period;
  /** 1; 2 for a second draw, whose seeds are new ones. */
  readonly attempt: number;
  readonly officer: string;
  /** SHA-256 of the plan note, 32 bytes. */
  readonly plan: Uint8Array;
  /** `seedHash` of the seed, 32 bytes. */
  readonly seed: Uint8Array;
}

/** SHA-256 of a seed of 32 random bytes. */
export function seedHash(seed: Uint8Array): Uint8Array {
  return sha256(seed);
}

export function commitText({ instance, period, attempt, officer, plan, seed }: Commit): string {
  return noteTextOf(commitKind, instance, { period, attempt, officer, plan: hex(plan), seed: hex(seed) });
}

/**
 * The commitment that its officer signed, and nobody else.
 *
 * @throws Fault as `readSigned`; `release.signers` when somebody else signed it.
 */
export function verifyCommit(note: Uint8Array, instance: string, officers: readonly NoteVerifier[]): Commit {
  const { text, value, signers } = readSigned(note, commitKind, instance, officers);
  const commit = canonical(commitOf(value, instance), text, commitText);
  if (signers.length !== 1 || signers[0] !== commit.officer) throw new Fault("release.signers");
  return commit;
}

function commitOf(value: unknown, instance: string): Commit | null {
  const record = strictRecord(value, ["period", "attempt", "officer", "plan", "seed"]);
  const period = parsePeriod(record?.["period"]);
  const attempt = strictInteger(record?.["attempt"], 1, mostAttempts);
  const officer = strictText(record?.["officer"], officerPattern);
  const plan = strictHash(record?.["plan"]);
  const seed = strictHash(record?.["seed"]);
  if (period === null || attempt === null || officer === null || plan === null || seed === null) return null;
  return { instance, period, attempt, officer, plan, seed };
}
