import { sha256 } from "../envelope/hash.ts";
import { equal } from "../base/bytes.ts";
import { msPerDay, type UnixMs } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { verifyNote } from "../envelope/note.ts";
import { parseRosterText } from "./parse.ts";
import { checkRules } from "./rules.ts";
import type { Anchors, Roster, RosterBody, UnverifiedRoster } from "./roster.ts";

/** The highest roster this party has ever accepted; kept by server, console and CLI, pinned in page and Worker. */
export interface RosterMemory {
  readonly serial: number;
  readonly noteHash: Uint8Array;
}

export interface VerifiedRoster {
  readonly roster: Roster;
  /** True once it has expired, within the 30 days of grace: go on, and warn loudly. */
  readonly stale: boolean;
}

/** The part of the anchors that a verdict hangs on: the page carries no more of them. */
export type TrustedBoard = Pick<Anchors, "instance" | "threshold" | "serial"> & {
  readonly board: readonly Pick<Anchors["board"][number], "verifier">[];
};

/** How long an expired roster is still sealed to, with a loud warning (envelope.md, Roster). */
export const graceDays = 30;

/**
 * Checks a roster note in the order of envelope.md: k distinct board signatures over the exact bytes, then its form and
 * rules, then instance, serial and link against memory, then freshness.
 *
 * Throws `note.malformed`, `note.signature`, `roster.signers`, `roster.malformed`, one of the `roster.*` rules,
 * `roster.instance`, `roster.serial`, `roster.link`, `roster.expired`.
 */
export function verifyRoster(
  anchors: TrustedBoard,
  note: UnverifiedRoster,
  memory: RosterMemory | null,
  nowMs: UnixMs,
): VerifiedRoster {
  const roster = verifySigned(anchors, note);
  checkMemory(roster, memory);
  return { roster, stale: checkFreshness(roster, nowMs) };
}

/** Everything but memory and freshness: for former notes, whose stanza counts `accept` still takes. */
export function verifySigned(anchors: TrustedBoard, note: UnverifiedRoster): Roster {
  const { text, signers } = verifyNote(
    note,
    anchors.board.map((member) => member.verifier),
  );
  if (signers.length < anchors.threshold) throw new Fault("roster.signers");
  const body = parseRosterText(text);
  checkRules(body);
  if (body.instance !== anchors.instance) throw new Fault("roster.instance");
  if (body.serial < anchors.serial) throw new Fault("roster.serial");
  return { ...body, noteHash: sha256(note) } as Roster;
}

function checkMemory(roster: Roster, memory: RosterMemory | null): void {
  if (memory === null) return;
  if (roster.serial < memory.serial) throw new Fault("roster.serial");
  const linked =
    roster.serial === memory.serial
      ? equal(roster.noteHash, memory.noteHash)
      : roster.serial > memory.serial + 1 || equal(roster.previous, memory.noteHash);
  if (!linked) throw new Fault("roster.link");
}

/** Whether the roster has expired, within the grace. Throws `roster.expired` past it. */
export function checkFreshness(roster: RosterBody, nowMs: UnixMs): boolean {
  if (nowMs >= roster.expiresMs + graceDays * msPerDay) throw new Fault("roster.expired");
  return nowMs >= roster.expiresMs;
}
