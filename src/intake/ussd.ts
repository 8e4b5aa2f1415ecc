import { Fault } from "../base/fault.ts";
import { french } from "../dialogue/fr.ts";
import type { Settings } from "../dialogue/settings.ts";
import type { Draft as Told } from "../dialogue/step.ts";
import { draftOf, fold, forgottenScreen, notSentScreen, thanksScreen } from "../dialogue/ussd.ts";
import type { InboundUssdEnd, InboundUssdTurn } from "../gateway/inbound.ts";
import { parseReceipt } from "../mailbox/receipt.ts";
import { capsuleFor } from "./capsule.ts";
import type { Acceptance, Mailboxes } from "./core.ts";
import { phoneDesk, sealDraft, sealForget, type Edge } from "./edge.ts";
import type { Receipts } from "./receipts.ts";
import { seenHashes } from "./seen.ts";
import type { MadeReceipt, UssdSession, UssdSessions } from "./ussd-sessions.ts";

/** An edge that talks to phones. */
export interface PhoneEdge extends Edge {
  readonly mailboxes: Mailboxes;
  readonly settings: () => Settings;
  readonly sessions: UssdSessions;
  readonly receipts: Receipts;
}

/** All answers of the longest session fit many times over; the fold's work grows with them (dialogue, README). */
const mostTextUnits = 8192;
// A turn must be answered within 2 s (phones.md, Limits): a receipt that is not there by then is not waited for.
const receiptWaitMs = 1_500;
// No answers exist yet in this version: every box is empty, and the screen for that is the one for a wrong code too.
const nothingToRead = { kind: "nothing" } as const;

/**
 * One turn: the screen, beginning with `CON ` or `END `, whatever was typed. A report is stored before its thanks are
 * shown; when it cannot be, the screen says that it was not sent.
 */
export async function takeTurn(edge: PhoneEdge, turn: InboundUssdTurn): Promise<string> {
  const settings = edge.settings();
  if (turn.text.length > mostTextUnits) return startAgainScreen();
  const { inputs, session } = edge.sessions.turn(turn.providerId, turn.text);
  const outcome = fold(settings, inputs, { guessed: session.turn.guessed, reading: nothingToRead });
  if (outcome.kind === "report") return (session.sent ??= send(edge, settings, turn, session, outcome.draft));
  if (outcome.kind === "forget") return (session.sent ??= forget(edge, settings, turn, session, outcome));
  // A reading is always given, so the dialogue never asks for one.
  if (outcome.kind === "needs") throw new Fault("bug");
  if (outcome.kind === "screen" && outcome.receiptWanted) session.receipt ??= beginReceipt(edge, turn.providerId);
  return outcome.screen;
}

/** What a phone is shown when nothing can be made of its turn. */
export function startAgainScreen(): string {
  return `END ${french.startAgain}`;
}

/**
 * The end of a session. One that was cut after some words is sent, with the exclusions that were asked before them; one
 * that ended by itself was sent already, and `seen` knows it. Rejects as `Core.accept` does.
 */
export async function takeEnd(edge: PhoneEdge, end: InboundUssdEnd): Promise<void> {
  if (end.text.length > mostTextUnits) return;
  const { inputs, session } = edge.sessions.turn(end.providerId, end.text);
  const cut = draftOf(edge.settings(), inputs, { guessed: session.turn.guessed, reading: nothingToRead });
  const unsent = session.sent === null && edge.sources.allows(end.from);
  if (cut.kind === "draft" && unsent) await store(edge, end, cut.draft, null);
  edge.sessions.end(end.providerId);
}

function beginReceipt(edge: PhoneEdge, sessionId: string): Promise<MadeReceipt | null> {
  // A report without a receipt is better than none: the thanks then come without a number.
  return edge.receipts.forSession(sessionId).catch(() => null);
}

/** The closing screen; a failure is not kept, so that the provider's repeat tries again. */
async function send(
  edge: PhoneEdge,
  settings: Settings,
  turn: InboundUssdTurn,
  session: UssdSession,
  draft: Told,
): Promise<string> {
  if (!edge.sources.allows(turn.from)) return notSentScreen(settings, draft.language);
  const made = draft.thread === null ? await within(receiptWaitMs, session.receipt) : null;
  try {
    const outcome = await store(edge, turn, draft, made);
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
  made: MadeReceipt | null,
): Promise<Acceptance> {
  const thread = told.thread === null ? null : parseReceipt(told.thread);
  const capsule = told.smsAnswer ? capsuleFor(edge, from.from, from.gateway) : null;
  const posting = sealDraft(edge, phoneDesk(edge.roster()).id, {
    channel: "ussd",
    language: told.language,
    text: told.text,
    answers: told.answers,
    sourceTag: edge.sources.tag(from.from),
    exclude: told.exclude,
    attachments: [],
    ...(made === null ? {} : { mailbox: made.mailbox }),
    ...(capsule === null ? {} : { capsule }),
    ...(thread === null ? {} : { thread: await edge.receipts.mailboxId(thread) }),
  });
  const seen = seenHashes(edge.seenKeys, from.gateway, from.providerId);
  const outcome = await edge.core.accept({ ...posting, seen });
  if (outcome === "stored") edge.sources.count(from.from);
  return outcome;
}

interface Forgetting {
  readonly language: Told["language"];
  readonly receipt: string;
  readonly exclude: Told["exclude"];
}

/** Asks the desk, sealed, to close what these digits belong to; the screen is the same when there was nothing. */
async function forget(
  edge: PhoneEdge,
  settings: Settings,
  turn: InboundUssdTurn,
  session: UssdSession,
  { language, receipt, exclude }: Forgetting,
): Promise<string> {
  const parsed = parseReceipt(receipt);
  if (parsed === null) throw new Fault("bug");
  if (!edge.sources.allows(turn.from)) return notSentScreen(settings, language);
  const posting = sealForget(edge, phoneDesk(edge.roster()).id, exclude, await edge.receipts.mailboxId(parsed));
  try {
    await edge.core.accept({ ...posting, seen: seenHashes(edge.seenKeys, turn.gateway, turn.providerId) });
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

/** The value, or null when there is none or it takes longer. */
async function within<T>(ms: number, value: Promise<T | null> | null): Promise<T | null> {
  if (value === null) return null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
}
