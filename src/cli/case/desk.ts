import type { ReportId } from "../../base/brand.ts";
import { hex } from "../../base/bytes.ts";
import { fromIsoDay, type UnixDay } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { conversationsOf, doorOf, type Conversation, type Message } from "../../roster/conversation.ts";
import { deskReviewers, type Desk } from "../../roster/roster.ts";
import { desksOf, type Reader } from "../reader.ts";
import { openFile } from "../reports.ts";

/** A message of a desk, however often it was re-sealed: it keeps its door. */
export interface DeskFile {
  /** Names of its copies, the newest first. */
  readonly ids: readonly ReportId[];
  readonly desk: Desk;
  /** Of the oldest copy that is left. */
  readonly receivedDay: UnixDay;
  /** Of the newest: it is listed 180 days. */
  readonly newestDay: UnixDay;
  readonly message: Message;
}

export type DeskConversation = Conversation<DeskFile>;

/** Everything of a desk that opens with this identity, as conversations, the newest first. */
export async function conversationsAt(reader: Reader, desk: Desk): Promise<readonly DeskConversation[]> {
  const index = deskReviewers(reader.roster, desk).findIndex(({ id }) => id === reader.keys.id);
  const byDoor = new Map<string, DeskFile>();
  for await (const { id, receivedDay, sealed } of reader.client.inbox(desk.id)) {
    const message = openFile(sealed, reader.keys.identity, reader.decapsulator, index);
    const day = fromIsoDay(receivedDay);
    if (message === null || day === null) continue;
    const door = hex(doorOf(message));
    const known = byDoor.get(door) ?? { ids: [], desk, newestDay: day, message };
    byDoor.set(door, { ...known, ids: [...known.ids, id], receivedDay: day });
  }
  return conversationsOf([...byDoor.values()]);
}

/** The conversation that a report belongs to, by the name of any of its messages. Rejects with `report.unknown`. */
export async function conversationOf(reader: Reader, report: string): Promise<DeskConversation> {
  for (const desk of desksOf(reader))
    for (const conversation of await conversationsAt(reader, desk))
      if ([conversation.first, ...conversation.later].some(({ ids }) => ids.some((id) => id === report)))
        return conversation;
  throw new Fault("report.unknown");
}
