import { hashDoor } from "../../envelope/door.ts";
import type { ReadCase } from "../../roster/case-write.ts";
import { fetchCase } from "../../roster/case-fetch.ts";
import { remembering } from "../../roster/case-memory.ts";
import { readCase, type CaseRecord } from "../../roster/case.ts";
import { formerRosters as formerOf } from "../../roster/chain.ts";
import { deskReviewers, type Roster, type RosterBody } from "../../roster/roster.ts";
import type { Session } from "../console.ts";
import type { ConsoleConversation } from "./conversation.ts";

/**
 * Fetches, opens and folds the case of a conversation; one that nobody began is waiting. Former rosters are fetched only
 * when an event's author or key is not today's.
 */
export async function readCaseOf(session: Session, { first }: ConsoleConversation): Promise<ReadCase> {
  const { door } = first.message.report;
  const { roster, keys } = session;
  const seen = session.cases.recall(door);
  const sealed = await fetchCase(session.api, door);
  const firstTry = deskReviewers(roster, first.desk).findIndex(({ id }) => id === keys.id);
  const files = sealed?.events.map(({ seq, sealed: file }) => ({ id: String(seq), sealed: file })) ?? [];
  const opened = await session.openers.open(files, keys, firstTry);
  const bodies = opened.map(({ frame }) => (frame?.kind === "caseEvent" ? frame.body : null));
  const record: CaseRecord = { bodies, first: sealed?.events[0]?.seq ?? 1, head: sealed?.head ?? null };
  const of = { doorHash: hashDoor(door), desk: first.desk.id };
  const known = readCase(record, [roster], of);
  const isForeign = known.problems.some(({ problem }) => problem === "author" || problem === "signature");
  const rosters = isForeign ? [roster, ...(await formerRosters(session, roster))] : [roster];
  const read = { record, rosters, known: isForeign ? readCase(record, rosters, of) : known };
  return remembering(session.cases, door, keys.id, read, seen);
}

/** Newest first; those of a former board too, which their successors vouch for. */
export function formerRosters({ api }: Session, roster: Roster): Promise<readonly RosterBody[]> {
  return formerOf(roster, (serial) => api.publicBytes(`/keys/roster/${serial}.note`));
}
