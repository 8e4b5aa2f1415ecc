import { Fault } from "../base/fault.ts";
import { french } from "../dialogue/fr.ts";
import type { Settings } from "../dialogue/settings.ts";
import type { Draft as Told } from "../dialogue/step.ts";
import {
  draftOf,
  fold,
  forgottenScreen,
  notSentScreen,
  thanksScreen,
  type Cut,
  type Outcome,
} from "../dialogue/ussd.ts";
import type { InboundUssdEnd, InboundUssdTurn } from "../gateway/inbound.ts";
import { capsuleFor } from "./capsule.ts";
import { findDesk, type Desk } from "../roster/roster.ts";
import type { Acceptance, Mailboxes } from "./core.ts";
import { phoneDesk, sealDraft, sealForget, type Edge } from "./edge.ts";
import type { Found } from "./found.ts";
import type { Readings } from "./readings.ts";
import type { Receipts } from "./receipts.ts";
import { seenHashes } from "./seen.ts";
import { within } from "./steady.ts";
import { endsAtDigits, readingOf, readTyped } from "./ussd-reading.ts";
import type { MadeReceipt, UssdSession, UssdSessions } from "./ussd-sessions.ts";

/** An edge that talks to phones. */
export interface PhoneEdge extends Edge {
  readonly mailboxes: Mailboxes;
  readonly settings: () => Settings;
  readonly sessions: UssdSessions;
  readonly receipts: Receipts;
  readonly readings: Readings;
}

/** All answers of the longest session fit many times over; the fold's work grows with them (dialogue, README). */
const mostTextUnits = 8192;
// A turn must be answered within 2 s (phones.md, Limits): a receipt that is not there by then is not waited for.
const receiptWaitMs = 1_500;

/**
 * One turn: the screen, beginning with `CON ` or `END `, whatever was typed. A report is stored before its thanks are
 * shown; when it cannot be, the screen says that it was not sent.
 */
export async function takeTurn(edge: PhoneEdge, turn: InboundUssdTurn): Promise<string> {
  const settings = edge.settings();
  if (turn.text.length > mostTextUnits) return startAgainScreen();
  const { inputs, session } = edge.sessions.turn(turn.providerId, turn.text);
  const known = { guessed: session.turn.guessed };
  const turning = { edge, settings, turn, session, found: null };
  const first = fold(settings, inputs, known);
  if (first.kind !== "needs") return screenOf(turning, first);
  const read = await readTyped({ ...edge, settings, session, from: turn.from, inputs, ...first.need });
  if (read.kind === "lost") return startAgainScreen();
  const outcome = fold(settings, inputs, { ...known, reading: readingOf(read) });
  return screenOf({ ...turning, found: read.kind === "found" ? read.found : null }, outcome);
}

/** One turn under way. */
interface Turning {
  readonly edge: PhoneEdge;
  readonly settings: Settings;
  readonly turn: InboundUssdTurn;
  readonly session: UssdSession;
  /** What the digits that were typed opened; null when none were, or they could not be read now. */
  readonly found: Found | null;
}

function screenOf(turning: Turning, outcome: Outcome): string | Promise<string> {
  const { edge, session, turn } = turning;
  if (outcome.kind === "report") return (session.sent ??= send(turning, outcome.draft));
  if (outcome.kind === "forget") return (session.sent ??= forget(turning, outcome));
  // The reading was given, so the dialogue asks for none.
  if (outcome.kind === "needs") throw new Fault("bug");
  if (outcome.kind === "screen" && outcome.receiptWanted)
    session.receipt ??= beginReceipt(edge, session, turn.providerId);
  return outcome.screen;
}

/** What a phone is shown when nothing can be made of its turn. */
export function startAgainScreen(): string {
  return `END ${french.startAgain}`;
}

/**
 * The end of a session. One that was cut after some words is sent, with the exclusions that were asked before them or that
 * the answer repeated; one that ended by itself was sent already, and `seen` knows it. Rejects as `Core.accept` does, and
 * with `limit.reached` when that answer cannot be read now.
 */
export async function takeEnd(edge: PhoneEdge, end: InboundUssdEnd): Promise<void> {
  if (end.text.length > mostTextUnits) return;
  const { inputs, session } = edge.sessions.turn(end.providerId, end.text);
  const { cut, found } = await cutOf(edge, end, session, inputs);
  const unsent = session.sent === null && edge.sources.allows(end.from);
  if (cut.kind === "draft" && unsent) await store(edge, end, cut.draft, { found, made: null });
  edge.sessions.end(end.providerId);
}

interface CutSession {
  readonly cut: Cut;
  readonly found: Found | null;
}

async function cutOf(
  edge: PhoneEdge,
  { from }: InboundUssdEnd,
  session: UssdSession,
  inputs: readonly string[],
): Promise<CutSession> {
  const settings = edge.settings();
  const known = { guessed: session.turn.guessed };
  const first = draftOf(settings, inputs, known);
  if (first.kind !== "needs") return { cut: first, found: null };
  const nothing: CutSession = { cut: { kind: "nothing" }, found: null };
  if (endsAtDigits({ settings, session, inputs })) return nothing;
  const read = await readTyped({ ...edge, settings, session, from, inputs, ...first.need });
  if (read.kind === "lost") return nothing;
  if (read.kind === "later") throw new Fault("limit.reached");
  return { cut: draftOf(settings, inputs, { ...known, reading: readingOf(read) }), found: read.found };
}

function beginReceipt(edge: PhoneEdge, session: UssdSession, sessionId: string): Promise<MadeReceipt | null> {
  // A report without a receipt is better than none: the thanks then come without a number.
  return edge.receipts.forSession(sessionId, () => !session.receiptMissed).catch(() => null);
}

/** The closing screen; a failure is not kept, so that the provider's repeat tries again. */
async function send({ edge, settings, turn, session, found }: Turning, draft: Told): Promise<string> {
  if (!edge.sources.allows(turn.from)) return notSentScreen(settings, draft.language);
  const made = draft.thread === null ? await within(receiptWaitMs, session.receipt) : null;
  session.receiptMissed = true;
  try {
    const outcome = await store(edge, turn, draft, { found, made });
    return thanksScreen(settings, draft, outcome === "stored" && made !== null ? made.receipt : null);
  } catch (error) {
    session.sent = null;
    return notSentUnlessBug(error, settings, draft.language);
  }
}

async function store(
  edge: PhoneEdge,
  from: InboundUssdTurn | InboundUssdEnd,
  told: Told,
  { found, made }: { readonly found: Found | null; readonly made: MadeReceipt | null },
): Promise<Acceptance> {
  const capsule = told.smsAnswer ? capsuleFor(edge, from.from, from.gateway) : null;
  const posting = sealDraft(edge, deskFor(edge, found).id, {
    channel: "ussd",
    language: told.language,
    text: told.text,
    answers: told.answers,
    sourceTag: edge.sources.tag(from.from),
    exclude: told.exclude,
    attachments: [],
    ...(made === null ? {} : { mailbox: made.mailbox }),
    ...(capsule === null ? {} : { capsule }),
    ...(found === null ? {} : { thread: found.thread }),
  });
  const seen = seenHashes(edge.seenKeys, from.gateway, from.providerId);
  const outcome = await edge.core.accept({ ...posting, seen });
  if (outcome === "stored") edge.sources.count(from.from);
  return outcome;
}

/** Who was answered from a desk goes on with it; everybody else speaks to the phones' desk. */
function deskFor(edge: PhoneEdge, found: Found | null): Desk {
  const answering = found?.desk ?? null;
  return (answering === null ? null : findDesk(edge.roster(), answering)) ?? phoneDesk(edge.roster());
}

/**
 * Asks the desk, sealed, to close what these digits belong to, then deletes their mailboxes; the screen is the same when
 * there was nothing. What fails in between is done by the provider's repeat.
 */
async function forget(
  { edge, settings, turn, session, found }: Turning,
  { language, exclude }: { readonly language: Told["language"]; readonly exclude: Told["exclude"] },
): Promise<string> {
  if (found === null) throw new Fault("bug");
  if (!edge.sources.allows(turn.from)) return notSentScreen(settings, language);
  const posting = sealForget(edge, deskFor(edge, found).id, exclude, found.thread);
  try {
    await edge.core.accept({ ...posting, seen: seenHashes(edge.seenKeys, turn.gateway, turn.providerId) });
    await edge.readings.forget(found);
    edge.sources.count(turn.from);
    return forgottenScreen(settings, language);
  } catch (error) {
    session.sent = null;
    return notSentUnlessBug(error, settings, language);
  }
}

function notSentUnlessBug(error: unknown, settings: Settings, language: Told["language"]): string {
  if (!(error instanceof Fault)) throw error;
  return notSentScreen(settings, language);
}
