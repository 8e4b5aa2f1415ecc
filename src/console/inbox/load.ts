import type { DeskId, ReportId } from "../../base/brand.ts";
import { Fault } from "../../base/fault.ts";
import { decodeForget } from "../../envelope/forget.ts";
import { decodeReport } from "../../envelope/report.ts";
import { deskReviewers, type Desk } from "../../roster/roster.ts";
import type { ListedReport } from "../answers.ts";
import type { Console, Session } from "../console.ts";
import type { OpenedFile } from "../openers/orders.ts";
import { itemOf, doorOf, type Content, type Item } from "./item.ts";

/** Files fetched and opened at a time; the server gives no more. */
const batchFiles = 50;
/** One batch more than there are workers, so that neither waits for the network. */
const batchesAtOnce = 3;
/** Doors asked about at a time; the server takes no more. */
const mostDoors = 500;

/** Files of a session that did not open; they are not asked for again. */
type Unopened = Set<ReportId>;
const unopenedOf = new WeakMap<Session, Unopened>();

interface Wanted {
  readonly desk: DeskId;
  readonly firstTry: number;
  readonly report: ListedReport;
}

/**
 * Lists the reviewer's desks, opens what is new in batches, and asks how far each case has come (web.md, Inbox). Says how
 * far it is on screen. `whole` walks the lists to their end, which also drops what the server no longer has.
 */
export async function loadInbox(gundo: Console, session: Session, whole: boolean): Promise<void> {
  const wanted: Wanted[] = [];
  for (const desk of session.roster.desks)
    if (desk.reviewers.includes(session.keys.id)) wanted.push(...(await newOf(gundo, session, desk, whole)));
  if (wanted.length > 0) await openBatches(gundo, session, wanted);
  await refreshFacts(gundo, session);
}

async function newOf(gundo: Console, session: Session, desk: Desk, whole: boolean): Promise<readonly Wanted[]> {
  const { store } = gundo;
  const listedNow = await walk(gundo, session, desk.id, whole);
  if (whole) dropGone(gundo, desk.id, new Set(listedNow.map(({ id }) => id)));
  const unopened = unopenedIn(session);
  const firstTry = deskReviewers(session.roster, desk).findIndex(({ id }) => id === session.keys.id);
  offerAgain(gundo, listedNow);
  return listedNow
    .filter(({ id }) => !store.get().items.has(id) && !unopened.has(id))
    .map((report) => ({ desk: desk.id, firstTry, report }));
}

/** The list, newest day first: to its end, or until a day before yesterday's newest is reached. */
async function walk(gundo: Console, session: Session, desk: DeskId, whole: boolean): Promise<readonly ListedReport[]> {
  const newest = Math.max(0, ...itemsOf(gundo, desk).map(({ receivedDay }) => receivedDay));
  const until = whole ? -Infinity : newest - 1;
  const reports: ListedReport[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<Session["api"]["list"]>> = await session.api.list(desk, after);
    reports.push(...page.reports);
    after = page.next;
  } while (after !== null && (reports.at(-1)?.receivedDay ?? 0) >= until);
  return reports;
}

function itemsOf({ store }: Console, desk: DeskId): readonly Item[] {
  return [...store.get().items.values()].filter((item) => item.desk === desk);
}

function unopenedIn(session: Session): Unopened {
  const known = unopenedOf.get(session) ?? new Set();
  unopenedOf.set(session, known);
  return known;
}

function dropGone({ store }: Console, desk: DeskId, present: ReadonlySet<ReportId>): void {
  store.update((state) => ({
    ...state,
    items: new Map([...state.items].filter(([id, item]) => item.desk !== desk || present.has(id))),
  }));
}

/** Whom each is offered to changes with the day. */
function offerAgain({ store }: Console, reports: readonly ListedReport[]): void {
  const { items } = store.get();
  const changed = reports.flatMap(({ id, offeredTo }): [ReportId, Item][] => {
    const item = items.get(id);
    return item === undefined || item.offeredTo.join() === offeredTo.join() ? [] : [[id, { ...item, offeredTo }]];
  });
  if (changed.length > 0) store.update((state) => ({ ...state, items: new Map([...state.items, ...changed]) }));
}

async function openBatches(gundo: Console, session: Session, wanted: readonly Wanted[]): Promise<void> {
  const { store } = gundo;
  const batches = batchesOf(wanted);
  let done = 0;
  const show = (): void => store.update((state) => ({ ...state, progress: { done, of: wanted.length } }));
  show();
  const work = async (): Promise<void> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      await openBatch(gundo, session, batch);
      done += batch.length;
      show();
    }
  };
  try {
    await Promise.all(Array.from({ length: batchesAtOnce }, work));
  } finally {
    store.update((state) => ({ ...state, progress: null }));
  }
}

/** Files of one desk each, in the order of the list, so that the newest are read first. */
function batchesOf(wanted: readonly Wanted[]): Wanted[][] {
  const batches: Wanted[][] = [];
  for (const one of wanted) {
    const last = batches.at(-1);
    if (last !== undefined && last.length < batchFiles && last[0]!.desk === one.desk) last.push(one);
    else batches.push([one]);
  }
  return batches;
}

async function openBatch(gundo: Console, session: Session, batch: readonly Wanted[]): Promise<void> {
  const { desk, firstTry } = batch[0]!;
  const ids = batch.map(({ report }) => report.id);
  const files = await session.api.sealed(desk, ids);
  const opened = await session.openers.open(files, session.keys, firstTry);
  // Locked meanwhile: nothing of it may come back on screen.
  if (session.ends.signal.aborted) throw new Fault("session.required");
  const byId = new Map<string, Content>();
  for (const file of opened) {
    const content = contentIn(file);
    if (content !== null) byId.set(file.id, content);
  }
  const unopened = unopenedIn(session);
  const items = batch.flatMap(({ report }) => {
    const content = byId.get(report.id);
    if (content !== undefined) return [itemOf({ ...report, desk, content })];
    unopened.add(report.id);
    return [];
  });
  gundo.store.update((state) => ({
    ...state,
    items: new Map([...state.items, ...items.map((item): [ReportId, Item] => [item.id, item])]),
    unopened: unopened.size,
  }));
}

/** Null for what is no report and no wish: a decoy in all but name. */
function contentIn({ frame }: OpenedFile): Content | null {
  try {
    if (frame?.kind === "report") return { kind: "report", report: decodeReport(frame.body) };
    return frame?.kind === "forget" ? { kind: "forget", forget: decodeForget(frame.body) } : null;
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** How far each case has come, by its door. */
export async function refreshFacts({ store }: Console, session: Session): Promise<void> {
  const items = [...store.get().items.values()];
  for (let start = 0; start < items.length; start += mostDoors) {
    const some = items.slice(start, start + mostDoors);
    const facts = await session.api.states(some.map(({ content }) => doorOf(content)));
    if (session.ends.signal.aborted) return;
    store.update((state) => {
      const changed = new Map(state.items);
      for (const [index, { id }] of some.entries()) {
        const item = changed.get(id);
        if (item !== undefined) changed.set(id, { ...item, facts: facts[index] ?? null });
      }
      return { ...state, items: changed };
    });
  }
}
