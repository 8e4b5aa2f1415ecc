import type { ReportId } from "../../base/brand.ts";
import { hex } from "../../base/bytes.ts";
import { dayOf, type UnixDay } from "../../base/clock.ts";
import { codeOf, Fault } from "../../base/fault.ts";
import type { CaseAct } from "../../envelope/case-act.ts";
import { remembering } from "../../roster/case-memory.ts";
import type { ReadCase } from "../../roster/case-write.ts";
import { actsDue, eventHeaders, writeEvent } from "../../roster/case-write.ts";
import type { Console, Session } from "../console.ts";
import { refreshFacts } from "../inbox/load.ts";
import { conversationsIn, conversationWith, type ConsoleConversation } from "./conversation.ts";
import type { Letter } from "./letters.ts";
import { readCaseOf } from "./read.ts";
import { caseRefusalOf } from "./refusals.ts";
import type { Notice, Panel, ShownCase } from "./shown.ts";

/** Fetches the case a report belongs to and shows it; when it is on screen already, what is new in it. */
export async function openCase(gundo: Console, id: ReportId): Promise<void> {
  const { store, session } = gundo;
  const conversation = conversationOf(gundo, id);
  if (session === null || conversation === null) return;
  if (store.get().shown?.id !== id)
    store.update((state) => ({ ...state, shown: { id, read: null, panel: null, busy: false, notice: null } }));
  try {
    const read = await readCaseOf(session, conversation);
    change(gundo, session, id, (shown) => (isOlder(read, shown) ? shown : { ...shown, read }));
  } catch (error) {
    refuse(gundo, session, id, error);
  }
}

/** What was fetched while something was posted may lack it; what lacks more than that is shown, and named. */
function isOlder({ record, known }: ReadCase, { read, busy }: ShownCase): boolean {
  const isRolledBack = known.problems.some(({ problem }) => problem === "rolledBack");
  return busy || (!isRolledBack && read !== null && read.record.bodies.length > record.bodies.length);
}

/** The conversation of a report on screen. */
function conversationOf({ store, session }: Console, id: ReportId): ConsoleConversation | null {
  return session === null ? null : conversationWith(conversationsIn(store.get().items, session.roster), id);
}

export function openPanel({ store }: Console, panel: Panel | null): void {
  store.update((state) =>
    state.shown === null ? state : { ...state, shown: { ...state.shown, panel, notice: null } },
  );
}

const asides = new WeakMap<Session, Set<string>>();

/** Whether this reviewer left the case in this session; in the next the server knows of no case, and neither do they. */
export function hasSteppedAside({ session }: Console, { first }: ConsoleConversation): boolean {
  return session !== null && asides.get(session)?.has(hex(first.message.report.door)) === true;
}

function stepAside(session: Session, { first }: ConsoleConversation): void {
  const left = asides.get(session) ?? new Set();
  asides.set(session, left.add(hex(first.message.report.door)));
}

/** What an act is made from. */
export interface AtCase {
  readonly session: Session;
  readonly conversation: ConsoleConversation;
  readonly read: ReadCase;
  readonly today: UnixDay;
}

/** An act, and what leaves for the informant once it is in the case. */
export interface Deed {
  readonly act: CaseAct;
  readonly letters?: (after: ReadCase) => readonly Letter[];
}

/**
 * Posts what `deed` makes of the case on screen. Of two reviewers who post at once one is refused, and sees what the
 * other did instead; nothing leaves for the informant then.
 */
export async function perform(gundo: Console, deed: (at: AtCase) => Deed | Promise<Deed>): Promise<boolean> {
  const { store, session, clock } = gundo;
  const { shown } = store.get();
  if (session === null || shown === null || shown.read === null || shown.busy) return false;
  const { id, read } = shown;
  const conversation = conversationOf(gundo, id);
  if (conversation === null) return false;
  change(gundo, session, id, (before) => ({ ...before, busy: true, notice: null }));
  try {
    const at = { session, conversation, read, today: dayOf(clock.nowMs()) };
    const { act, letters } = await deed(at);
    await post(gundo, at, act, letters);
    return true;
  } catch (error) {
    if (codeOf(error) === "case.conflict") await showNewer(gundo, session, id, conversation);
    else refuse(gundo, session, id, error);
    return false;
  }
}

async function post(gundo: Console, at: AtCase, act: CaseAct, letters: Deed["letters"]): Promise<void> {
  const { session, conversation, read, today } = at;
  const { roster, keys } = session;
  const writer = { roster, keys, today, chance: gundo.chance };
  const { id } = gundo.store.get().shown!;
  let now = read;
  for (const due of actsDue(conversation, read, act)) {
    const written = writeEvent(writer, conversation, now, due);
    await postEvent(session, written.post);
    now = written.after;
  }
  remembering(session.cases, conversation.first.message.report.door, keys.id, now);
  if (act.kind === "aside") stepAside(session, conversation);
  for (const letter of letters?.(now) ?? []) gundo.leaving.add(letter);
  const notice: Notice = { notice: "done", kind: act.kind };
  change(gundo, session, id, (before) => ({ ...before, read: now, panel: null, busy: false, notice }));
  await refreshFacts(gundo, session);
}

/** Rejects with `case.conflict` when somebody else was first, `case.unknown`, `envelope.shape`. */
export async function postEvent({ api }: Session, event: Parameters<typeof eventHeaders>[0]): Promise<void> {
  const headers = eventHeaders(event);
  const response = await api.request("/api/case/events", {
    method: "POST",
    headers,
    body: new Uint8Array(event.sealed),
  });
  if (response.status === 409) throw new Fault("case.conflict");
}

async function showNewer(
  gundo: Console,
  session: Session,
  id: ReportId,
  conversation: ConsoleConversation,
): Promise<void> {
  try {
    const read = await readCaseOf(session, conversation);
    const newer = read.known.timeline.at(-1)?.event ?? null;
    // The form stays open, with what was typed: whoever reads what is new may press again.
    change(gundo, session, id, (shown) => ({ ...shown, read, busy: false, notice: { notice: "conflict", newer } }));
  } catch (error) {
    refuse(gundo, session, id, error);
  }
}

function refuse(gundo: Console, session: Session, id: ReportId, error: unknown): void {
  const notice: Notice = { notice: "refused", refusal: caseRefusalOf(error) };
  change(gundo, session, id, (shown) => ({ ...shown, busy: false, notice }));
}

/** Only while this case is on screen, and nobody locked meanwhile. */
function change(gundo: Console, session: Session, id: ReportId, how: (before: ShownCase) => ShownCase): void {
  if (session.ends.signal.aborted) return;
  gundo.store.update((state) => (state.shown?.id === id ? { ...state, shown: how(state.shown) } : state));
}
