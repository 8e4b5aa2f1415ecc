import { codeOf, Fault } from "../../base/fault.ts";
import { decodeFrame } from "../../envelope/frame.ts";
import { hashDoor } from "../../envelope/door.ts";
import { open } from "../../envelope/open.ts";
import type { Sealed } from "../../base/brand.ts";
import { fromBase64 } from "../../base/bytes.ts";
import type { ReadCase } from "../../roster/case-write.ts";
import { fetchCase, type SealedEvent } from "../../roster/case-fetch.ts";
import { remembering } from "../../roster/case-memory.ts";
import { readCase, type CaseRecord } from "../../roster/case.ts";
import { formerRosters as formerOf } from "../../roster/chain.ts";
import type { RosterBody } from "../../roster/roster.ts";
import { deskReviewers } from "../../roster/roster.ts";
import type { Reader } from "../reader.ts";
import type { DeskConversation } from "./desk.ts";

/**
 * Fetches and folds the case of a conversation; one that nobody began is waiting. Former rosters are fetched only when
 * an event's author is not in today's. What this reader saw of it last is remembered.
 */
export async function readCaseOf(reader: Reader, { first }: DeskConversation): Promise<ReadCase> {
  const { door } = first.message.report;
  const sealed = await fetchCase(reader.client, door);
  const index = deskReviewers(reader.roster, first.desk).findIndex(({ id }) => id === reader.keys.id);
  const record: CaseRecord = {
    bodies: sealed?.events.map((event) => bodyIn(reader, event, index)) ?? [],
    first: sealed?.events[0]?.seq ?? 1,
    head: sealed?.head ?? null,
  };
  const of = { doorHash: hashDoor(door), desk: first.desk.id };
  const known = readCase(record, [reader.roster], of);
  const isForeign = known.problems.some(({ problem }) => problem === "author" || problem === "signature");
  const rosters = isForeign ? [reader.roster, ...(await formerRosters(reader))] : [reader.roster];
  const read = { record, rosters, known: isForeign ? readCase(record, rosters, of) : known };
  return remembering(reader.cases, door, reader.keys.id, read);
}

function bodyIn(reader: Reader, event: SealedEvent, index: number): Uint8Array | null {
  const sealed = fromBase64(event.sealed) as Uint8Array | null;
  if (sealed === null) throw new Fault("request.malformed");
  try {
    const { kind, body } = decodeFrame(open(sealed as Sealed, reader.keys.identity, reader.decapsulator, index));
    return kind === "caseEvent" ? body : null;
  } catch (error) {
    if (["envelope.unopenable", "envelope.frame"].includes(codeOf(error))) return null;
    throw error;
  }
}

/** Newest first; those of a former board too, which their successors vouch for. */
export function formerRosters({ client, roster }: Reader): Promise<readonly RosterBody[]> {
  return formerOf(roster, (serial) => client.formerNote(serial));
}
