import type { CaseEventHash, Door } from "../base/brand.ts";
import { base64url } from "../base/bytes.ts";
import { codeOf, Fault } from "../base/fault.ts";
import { parseJsonBytes, strictBytes, strictInteger, strictList, strictRecord, strictText } from "../base/strict.ts";

/** A way to the core, signed in; rejects with the server's own code. */
export interface CaseWay {
  request(path: string, init?: RequestInit): Promise<Response>;
}

/** An event as the core hands it out: its number in the case, and an age file in base64. */
export interface SealedEvent {
  readonly seq: number;
  readonly sealed: string;
}

/** The sealed events of a case in order, and the hash that the core names as its newest. */
export interface SealedCase {
  readonly events: readonly SealedEvent[];
  readonly head: CaseEventHash;
}

/**
 * The case behind a door (triage.md, The case), or null when nobody began it, or it is none of this reviewer's. One that
 * moves on while it is read is read to the newer head. Rejects with `request.malformed` when the server talks nonsense.
 */
export async function fetchCase(way: CaseWay, door: Door): Promise<SealedCase | null> {
  const events: SealedEvent[] = [];
  let head: CaseEventHash | null = null;
  for (let after: number | null = 0; after !== null;) {
    const response = await eventsAfter(way, door, after);
    if (response === null) return null;
    head = headIn(response);
    const page = strictRecord(parseJsonBytes(new Uint8Array(await response.arrayBuffer())), ["events", "next"]);
    const read = strictList(page?.["events"], readEvent);
    if (read === null) throw new Fault("request.malformed");
    events.push(...read);
    after = page?.["next"] === null ? null : nextIn(page?.["next"], after);
  }
  if (head === null) throw new Fault("request.malformed");
  return { events, head };
}

// Always further on: a server cannot keep a console asking.
function nextIn(next: unknown, after: number): number {
  const further = strictInteger(next, after + 1, mostEvents);
  if (further === null) throw new Fault("request.malformed");
  return further;
}

const mostEvents = 2 ** 31;

async function eventsAfter(way: CaseWay, door: Door, after: number): Promise<Response | null> {
  try {
    return await way.request(`/api/case/events?after=${after}`, { headers: { "gundo-door": base64url(door) } });
  } catch (error) {
    if (codeOf(error) === "case.unknown") return null;
    throw error;
  }
}

/** The entity tag is the hash of the newest event. */
function headIn(response: Response): CaseEventHash | null {
  const quoted = /^"(.{43})"$/.exec(response.headers.get("etag") ?? "")?.[1];
  return strictBytes(quoted, 32) as CaseEventHash | null;
}

function readEvent(value: unknown): SealedEvent | null {
  const event = strictRecord(value, ["seq", "sealed"]);
  const seq = strictInteger(event?.["seq"], 1, mostEvents);
  const sealed = strictText(event?.["sealed"], /^/);
  return seq === null || sealed === null ? null : { seq, sealed };
}
