import type { Clock, UnixMs } from "../base/clock.ts";
import { splitTurn, type NoNote, type Turn, type TurnNote } from "../dialogue/inputs.ts";
import type { Found } from "./found.ts";
import type { Mailbox } from "../mailbox/mailbox.ts";
import type { Receipt } from "../mailbox/receipt.ts";

/** A receipt with the mailbox it opens. */
export interface MadeReceipt {
  readonly receipt: Receipt;
  readonly mailbox: Pick<Mailbox, "id" | "recipient">;
}

/** What this process remembers of a session for a few minutes: where answers end, never a word of them. */
export interface UssdSession {
  turn: TurnNote;
  /** Begun with the first words, so that no turn waits for it. */
  receipt: Promise<MadeReceipt | null> | null;
  /** From now on a receipt would come too late: its report is on its way, or the caller hung up. */
  receiptMissed: boolean;
  /** What the digits typed in this session opened: read once, overwritten when the session ends. */
  reading: SessionReading | null;
  /** The closing screen of a report this process sealed: the same for every repeat of the last turn. */
  sent: Promise<string> | null;
}

interface SessionReading {
  /** The digits' UTF-8, to tell others typed in their place. */
  readonly digits: Uint8Array;
  readonly found: Promise<Found | null>;
}

export interface UssdSessions {
  /** The answers so far, with the session's memory brought up to this turn. */
  turn(sessionId: string, text: string): { readonly inputs: Turn["inputs"]; readonly session: UssdSession };
  end(sessionId: string): void;
}

/** No session lives longer than this; Kenya's limit is 180 s. */
const sessionMs = 300_000;
// Under a flood the oldest go: the dialogue works without a note, only less surely.
const mostSessions = 50_000;

interface Kept {
  readonly session: UssdSession;
  readonly lastMs: UnixMs;
}

export function openUssdSessions(clock: Clock): UssdSessions {
  const kept = new Map<string, Kept>();
  const startedMs = clock.nowMs();
  const without = (): NoNote => (clock.nowMs() - startedMs > sessionMs ? "first" : "lost");
  return {
    turn: (sessionId, text) => {
      forgetOld(kept, clock.nowMs());
      const before = kept.get(sessionId)?.session;
      const { inputs, note } = splitTurn(before?.turn ?? (text === "" ? "first" : without()), text);
      const session = before ?? { turn: note, receipt: null, receiptMissed: false, reading: null, sent: null };
      session.turn = note;
      kept.delete(sessionId);
      kept.set(sessionId, { session, lastMs: clock.nowMs() });
      return { inputs, session };
    },
    end: (sessionId) => drop(kept, sessionId),
  };
}

function drop(kept: Map<string, Kept>, sessionId: string): void {
  const session = kept.get(sessionId)?.session;
  if (session !== undefined) {
    session.receiptMissed = true;
    forgetReading(session);
  }
  kept.delete(sessionId);
}

/** Overwrites what was read, once it has been. */
export function forgetReading(session: UssdSession): void {
  const { reading } = session;
  session.reading = null;
  reading?.digits.fill(0);
  // Its failure is told to whoever asked for it.
  void reading?.found.then(
    (found) => found?.wipe(),
    () => undefined,
  );
}

/** The map is in order of last use, so the old ones come first. */
function forgetOld(kept: Map<string, Kept>, nowMs: UnixMs): void {
  for (const [sessionId, { lastMs }] of kept) {
    if (nowMs - lastMs <= sessionMs && kept.size < mostSessions) return;
    drop(kept, sessionId);
  }
}
