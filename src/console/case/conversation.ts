import type { ReportId } from "../../base/brand.ts";
import { equal, hex } from "../../base/bytes.ts";
import type { UnixDay } from "../../base/clock.ts";
import type { Attachment } from "../../envelope/report.ts";
import { conversationsOf, doorOf, type Conversation, type Message } from "../../roster/conversation.ts";
import type { Desk, RosterBody } from "../../roster/roster.ts";
import type { Item } from "../inbox/item.ts";

/** A message of a desk, however often it was sealed anew: it keeps its door. */
export interface CaseFile {
  /** Names of its copies, the newest first. */
  readonly ids: readonly ReportId[];
  readonly desk: Desk;
  /** Of the oldest copy that is left. */
  readonly receivedDay: UnixDay;
  /** Of the newest: it is listed 180 days. */
  readonly newestDay: UnixDay;
  readonly message: Message;
  /** What each copy says, the newest first: a copy names parts of its own for what came with it. */
  readonly copies: readonly Message[];
}

export type ConsoleConversation = Conversation<CaseFile>;

type Items = ReadonlyMap<ReportId, Item>;

/** Everything that opened, as conversations: each belongs to one desk. */
export function conversationsIn(items: Items, roster: RosterBody): readonly ConsoleConversation[] {
  return roster.desks.flatMap((desk) => conversationsOf(filesOf(items, desk)));
}

/** The conversation a report belongs to, by the name of any copy of any of its messages, or null when it is gone. */
export function conversationWith(
  conversations: readonly ConsoleConversation[],
  id: ReportId,
): ConsoleConversation | null {
  return conversations.find((one) => messagesOf(one).some(({ ids }) => ids.includes(id))) ?? null;
}

/** The parts of an attachment in every copy of its message that is listed, the newest copy's first. */
export function partsOf({ copies }: CaseFile, { digest }: Attachment): readonly string[] {
  const all = copies.flatMap((copy) => (copy.kind === "report" ? copy.report.attachments : []));
  return [...new Set(all.filter((one) => equal(one.digest, digest)).flatMap(({ parts }) => parts))];
}

/** The first message and what came after it. */
export function messagesOf({ first, later }: ConsoleConversation): readonly CaseFile[] {
  return [first, ...later];
}

function filesOf(items: Items, desk: Desk): readonly CaseFile[] {
  const newestFirst = [...items.values()]
    .filter((item) => item.desk === desk.id)
    .toSorted((a, b) => b.receivedDay - a.receivedDay);
  const byDoor = new Map<string, CaseFile>();
  for (const { id, receivedDay, content } of newestFirst) {
    const door = hex(doorOf(content));
    const known = byDoor.get(door) ?? {
      ids: [],
      desk,
      receivedDay,
      newestDay: receivedDay,
      message: content,
      copies: [],
    };
    byDoor.set(door, { ...known, ids: [...known.ids, id], copies: [...known.copies, content], receivedDay });
  }
  return [...byDoor.values()];
}
