import { codeOf } from "../../base/fault.ts";
import { decodeFrame } from "../../envelope/frame.ts";
import { hashDoor } from "../../envelope/door.ts";
import { open } from "../../envelope/open.ts";
import type { Sealed } from "../../base/brand.ts";
import { equal } from "../../base/bytes.ts";
import type { ReadCase } from "../../roster/case-write.ts";
import { remembering } from "../../roster/case-memory.ts";
import { readCase, type CaseRecord } from "../../roster/case.ts";
import type { RosterBody } from "../../roster/roster.ts";
import { verifySigned } from "../../roster/verify.ts";
import { deskReviewers } from "../../roster/roster.ts";
import type { Reader } from "../reader.ts";
import type { DeskConversation } from "./desk.ts";
import { fetchCase } from "./requests.ts";

/**
 * Fetches and folds the case of a conversation; one that nobody began is waiting. Former rosters are fetched only when
 * an event's author is not in today's. What this reader saw of it last is remembered.
 */
export async function readCaseOf(reader: Reader, { first }: DeskConversation): Promise<ReadCase> {
  const { door } = first.message.report;
  const sealed = await fetchCase(reader.client, door);
  const index = deskReviewers(reader.roster, first.desk).findIndex(({ id }) => id === reader.keys.id);
  const record: CaseRecord = {
    bodies: sealed?.events.map((event) => bodyIn(reader, event.sealed, index)) ?? [],
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

function bodyIn(reader: Reader, sealed: Sealed, index: number): Uint8Array | null {
  try {
    const { kind, body } = decodeFrame(open(sealed, reader.keys.identity, reader.decapsulator, index));
    return kind === "caseEvent" ? body : null;
  } catch (error) {
    if (["envelope.unopenable", "envelope.frame"].includes(codeOf(error))) return null;
    throw error;
  }
}

/** Newest first, as far back as each is signed by the board and named by the one after it. */
export async function formerRosters({ client, trusted, roster }: Reader): Promise<readonly RosterBody[]> {
  const rosters: RosterBody[] = [];
  let { serial, previous } = roster;
  while (serial > 1) {
    const note = await client.formerNote(serial - 1);
    if (note === null) break;
    const former = rosterIn(trusted.anchors, note);
    if (former === null || !equal(former.noteHash, previous)) break;
    rosters.push(former);
    ({ serial, previous } = former);
  }
  return rosters;
}

// From before a change of board: nobody in the anchors signed it.
function rosterIn(anchors: Reader["trusted"]["anchors"], note: Uint8Array): ReturnType<typeof verifySigned> | null {
  try {
    return verifySigned(anchors, note);
  } catch (error) {
    if (codeOf(error) === "bug") throw error;
    return null;
  }
}
