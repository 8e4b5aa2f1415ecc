import type { DeskId } from "../base/brand.ts";
import type { UnixDay, UnixMs } from "../base/clock.ts";
import type { NoteVerifier } from "../envelope/note.ts";
import type { Recipient } from "../envelope/recipient.ts";

/** What a person of the roster may do; nobody both reviews and releases (envelope.md, Roster). */
export type Role = "review" | "lead" | "release";

export interface Reviewer {
  readonly id: string;
  readonly name: string;
  readonly organisation: string;
  /** At most 16 GSM-7 septets, for a phone's screen. */
  readonly organisationShort: string;
  /** P-codes this person lives or works in. */
  readonly places: readonly string[];
  readonly languages: readonly string[];
  readonly recipient: Recipient;
  readonly verifier: NoteVerifier;
  readonly roles: readonly Role[];
  /** First and last day of service, inclusive. */
  readonly from: UnixDay;
  readonly until: UnixDay;
}

export interface Desk {
  readonly id: DeskId;
  readonly name: string;
  readonly places: readonly string[];
  readonly reviewers: readonly string[];
  /** How many reviewers approve what leaves by SMS. */
  readonly approvals: number;
}

/** The contents of a roster note, whoever signed it. */
export interface RosterBody {
  readonly instance: string;
  readonly serial: number;
  /** SHA-256 of the note before, 32 bytes; zeros in the first. */
  readonly previous: Uint8Array;
  readonly issuedMs: UnixMs;
  readonly expiresMs: UnixMs;
  readonly reviewers: readonly Reviewer[];
  readonly desks: readonly Desk[];
  readonly oprf: { readonly current: Uint8Array; readonly previous: Uint8Array | null };
  readonly relay: NoteVerifier;
  readonly checkpoint: NoteVerifier;
}

declare const verified: unique symbol;
/** A roster that k board members signed and that passed every rule: only `verify.ts` makes one. */
export type Roster = RosterBody & {
  readonly [verified]: true;
  /** SHA-256 of the whole note, 32 bytes. */
  readonly noteHash: Uint8Array;
};

/** A roster note as it came over the wire or off a disk: `verifyRoster` is the only way over. */
export type UnverifiedRoster = Uint8Array;

/** The only thing trusted without proof (envelope.md, Roster). */
export interface Anchors {
  readonly instance: string;
  readonly board: readonly {
    readonly id: string;
    readonly name: string;
    readonly verifier: NoteVerifier;
    readonly recipient: Recipient;
  }[];
  /** k of the board's n signatures admit a roster. */
  readonly threshold: number;
  /** The smallest serial accepted. */
  readonly serial: number;
}

export const rosterKind = "gundo/roster/v1";

/** The desk with this id, or null. */
export function findDesk(roster: RosterBody, id: DeskId): Desk | null {
  return roster.desks.find((desk) => desk.id === id) ?? null;
}

/** The person with this id, or null. */
export function findReviewer(roster: RosterBody, id: string): Reviewer | null {
  return roster.reviewers.find((reviewer) => reviewer.id === id) ?? null;
}

/** The desk's reviewers in roster order: stanza i of every file of the desk is theirs[i]. */
export function deskReviewers(roster: RosterBody, desk: Desk): readonly Reviewer[] {
  return roster.reviewers.filter((reviewer) => desk.reviewers.includes(reviewer.id));
}

/** Whether this person may read for a desk today. */
export function mayReview(reviewer: Reviewer, today: UnixDay): boolean {
  return !reviewer.roles.includes("release") && reviewer.from <= today && today <= reviewer.until;
}

/** The person with this id if they are in service today, whatever their role, or null. */
export function findServing(roster: RosterBody, id: string, today: UnixDay): Reviewer | null {
  const person = findReviewer(roster, id);
  return person !== null && person.from <= today && today <= person.until ? person : null;
}
