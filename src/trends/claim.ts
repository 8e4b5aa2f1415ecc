import { hex } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { strictInteger, strictList, strictRecord } from "../base/strict.ts";
import { readNote } from "../envelope/note-text.ts";
import { verifyNote, type NoteVerifier } from "../envelope/note.ts";
import { canonical, claimKind, mostAttempts, noteTextOf, strictHash, valueIn } from "./note.ts";
import { parsePeriod, type Period } from "./period.ts";

/** What a draw is made from, fixed before a seed is shown to anybody: its hash salts every coin (trends.md, Who computes). */
export interface Claim {
  readonly instance: string;
  readonly period: Period;
  /** 1; a second draw is authorised by the board and spends ε again. */
  readonly attempt: number;
  /** SHA-256 of the plan note, 32 bytes. */
  readonly plan: Uint8Array;
  /** SHA-256 of both commit notes, in the order of the plan's officers. */
  readonly commits: readonly Uint8Array[];
  /** SHA-256 of each label post as it lies on the core, in ascending order. */
  readonly labels: readonly Uint8Array[];
}

/** Who may sign claims: any one officer, and for a second draw `threshold` of the board besides. */
export interface ClaimSigners {
  readonly officers: readonly NoteVerifier[];
  readonly board: { readonly verifiers: readonly NoteVerifier[]; readonly threshold: number };
}

export function claimText({ instance, period, attempt, plan, commits, labels }: Claim): string {
  return noteTextOf(claimKind, instance, {
    period,
    attempt,
    plan: hex(plan),
    commits: commits.map(hex),
    labels: labels.map(hex),
  });
}

/**
 * The claim that an officer signed, a second one with the board.
 *
 * @throws Fault `note.malformed`, `note.signature`, `release.signers`, `release.malformed`, `release.instance`;
 * `release.redrawn` for a second one without the board.
 */
export function verifyClaim(note: Uint8Array, instance: string, { officers, board }: ClaimSigners): Claim {
  const { text, signers } = verifyNote(note, officers);
  const claim = canonical(claimOf(valueIn(text, claimKind, instance), instance), text, claimText);
  // A first claim needs no board: its names there would only be lines that nobody checks.
  const authorised = claim.attempt === 1 ? [] : verifyNote(note, board.verifiers).signers;
  if (claim.attempt > 1 && authorised.length < board.threshold) throw new Fault("release.redrawn");
  const known = signers.length + authorised.length === readNote(note).lines.length;
  if (signers.length === 0 || !known) throw new Fault("release.signers");
  return claim;
}

function claimOf(value: unknown, instance: string): Claim | null {
  const record = strictRecord(value, ["period", "attempt", "plan", "commits", "labels"]);
  const period = parsePeriod(record?.["period"]);
  const attempt = strictInteger(record?.["attempt"], 1, mostAttempts);
  const plan = strictHash(record?.["plan"]);
  const commits = strictList(record?.["commits"], strictHash);
  const labels = strictList(record?.["labels"], strictHash);
  if (period === null || attempt === null || plan === null || commits?.length !== 2 || labels === null) return null;
  return isAscending(labels) ? { instance, period, attempt, plan, commits, labels } : null;
}

/** One order, none twice: a list that could be written in two ways would be two salts to choose from. */
function isAscending(hashes: readonly Uint8Array[]): boolean {
  const texts = hashes.map(hex);
  return texts.every((text, index) => index === 0 || texts[index - 1]! < text);
}
