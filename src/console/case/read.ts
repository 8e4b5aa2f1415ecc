import type { CaseEventHash, Door } from "../../base/brand.ts";
import { base64url } from "../../base/bytes.ts";
import { codeOf, Fault } from "../../base/fault.ts";
import { parseJson, strictBytes, strictInteger, strictList, strictRecord, strictText } from "../../base/strict.ts";
import { hashDoor } from "../../envelope/door.ts";
import type { ReadCase } from "../../roster/case-write.ts";
import { remembering } from "../../roster/case-memory.ts";
import { readCase, type CaseRecord } from "../../roster/case.ts";
import { predecessors } from "../../roster/chain.ts";
import { deskReviewers, type Roster, type RosterBody } from "../../roster/roster.ts";
import type { Session } from "../console.ts";
import type { SealedFile } from "../openers/orders.ts";
import type { ConsoleConversation } from "./conversation.ts";

/**
 * Fetches, opens and folds the case of a conversation; one that nobody began is waiting. Former rosters are fetched only
 * when an event's author or key is not today's.
 */
export async function readCaseOf(session: Session, { first }: ConsoleConversation): Promise<ReadCase> {
  const { door } = first.message.report;
  const { roster, keys } = session;
  const seen = session.cases.recall(door);
  const sealed = await fetchCase(session, door);
  const firstTry = deskReviewers(roster, first.desk).findIndex(({ id }) => id === keys.id);
  const opened = await session.openers.open(sealed.files, keys, firstTry);
  const bodies = opened.map(({ frame }) => (frame?.kind === "caseEvent" ? frame.body : null));
  const record: CaseRecord = { bodies, first: Number(sealed.files[0]?.id ?? 1), head: sealed.head };
  const of = { doorHash: hashDoor(door), desk: first.desk.id };
  const known = readCase(record, [roster], of);
  const isForeign = known.problems.some(({ problem }) => problem === "author" || problem === "signature");
  const rosters = isForeign ? [roster, ...(await formerRosters(session, roster))] : [roster];
  const read = { record, rosters, known: isForeign ? readCase(record, rosters, of) : known };
  return remembering(session.cases, door, keys.id, read, seen);
}

interface SealedCase {
  /** Named by their numbers in the case. */
  readonly files: readonly SealedFile[];
  readonly head: CaseEventHash | null;
}

/** Empty when nobody has begun the case. One that moves on while it is read is read to the newer head. */
async function fetchCase(session: Session, door: Door): Promise<SealedCase> {
  const files: SealedFile[] = [];
  let head: CaseEventHash | null = null;
  for (let after: number | null = 0; after !== null;) {
    const response = await eventsAfter(session, door, after);
    if (response === null) return { files: [], head: null };
    head = headIn(response);
    const page = strictRecord(parseJson(await response.text()), ["events", "next"]);
    const events = strictList(page?.["events"], readEvent);
    if (events === null || head === null) throw new Fault("request.malformed");
    files.push(...events);
    after = page?.["next"] === null ? null : strictInteger(page?.["next"], after + 1, 2 ** 31);
  }
  return { files, head };
}

async function eventsAfter({ api }: Session, door: Door, after: number): Promise<Response | null> {
  try {
    return await api.request(`/api/case/events?after=${after}`, { headers: { "gundo-door": base64url(door) } });
  } catch (error) {
    if (codeOf(error) === "case.unknown") return null;
    throw error;
  }
}

function headIn(response: Response): CaseEventHash | null {
  const quoted = /^"(.{43})"$/.exec(response.headers.get("etag") ?? "")?.[1];
  return strictBytes(quoted, 32) as CaseEventHash | null;
}

function readEvent(value: unknown): SealedFile | null {
  const event = strictRecord(value, ["seq", "sealed"]);
  const seq = strictInteger(event?.["seq"], 1, 2 ** 31);
  const sealed = strictText(event?.["sealed"], /^/);
  return seq === null || sealed === null ? null : { id: String(seq), sealed };
}

// Two years of a roster renewed each month.
const mostFormer = 24;

/** Newest first, each the very one that the next names. */
export async function formerRosters({ api }: Session, roster: Roster): Promise<readonly RosterBody[]> {
  const notes = new Map<number, Uint8Array>();
  for (let serial = roster.serial - 1; serial > 0 && notes.size < mostFormer; serial--) {
    const note = await api.publicBytes(`/keys/roster/${serial}.note`);
    if (note === null) break;
    notes.set(serial, note);
  }
  return [...predecessors(roster, (serial) => notes.get(serial) ?? null)];
}
