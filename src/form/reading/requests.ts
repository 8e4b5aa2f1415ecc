import type { Door, Sealed } from "../../base/brand.ts";
import { base64url } from "../../base/bytes.ts";
import { systemChance as chance } from "../../base/chance.ts";
import { dayOf } from "../../base/clock.ts";
import { codeOf, Fault } from "../../base/fault.ts";
import type { ReadingNotice } from "../../dialogue/words-reading.ts";
import { hashDoor, newDoor } from "../../envelope/door.ts";
import { encodeFrame, type Frame } from "../../envelope/frame.ts";
import type { Exclusion } from "../../envelope/report.ts";
import { seal } from "../../envelope/seal.ts";
import { askWithWork } from "../../envelope/work.ts";
import { conversationIn, type Box, type Conversation } from "../../mailbox/conversation.ts";
import { deriveMailbox, type MailboxRead } from "../../mailbox/mailbox.ts";
import { namesOwnOrganisations } from "../../roster/organisations.ts";
import { deskRecipients } from "../../roster/readers.ts";
import { findDesk } from "../../roster/roster.ts";
import { evaluated } from "../evaluate.ts";
import type { ReadOrder } from "./order.ts";

/** A conversation and the order that read it. */
export interface Read {
  readonly order: ReadOrder;
  readonly conversation: Conversation;
}

const post = { method: "POST", credentials: "omit", cache: "no-store" } as const;

/** Under the current key and, when the roster names one, the previous, whatever the first of them holds. */
export async function readConversation(order: ReadOrder): Promise<Conversation> {
  const { current, previous } = order.roster.oprf;
  const boxes = [await readBox(order, "/oprf", current)];
  const former = previous && (await readBox(order, "/oprf/previous", previous).catch(unlessNoKey));
  return conversationIn([...boxes, ...(former === null ? [] : [former])]);
}

/** An edge without this key: one that was thrown away opens nothing any more. */
function seesKey({ status }: Response): void {
  if (status === 404) throw new Fault("route.unknown");
}

function unlessNoKey(error: unknown): null {
  if (codeOf(error) !== "route.unknown") throw error;
  return null;
}

async function readBox({ origin, receipt }: ReadOrder, path: string, publicKey: Uint8Array): Promise<Box> {
  const mailbox = await deriveMailbox(receipt, await evaluated(receipt, origin + path, publicKey, seesKey));
  return { mailbox, files: quarters(await ask(`${origin}/mailbox/read`, mailbox.read)) };
}

/** A reading is always four files of one size (envelope.md). */
function quarters(files: Uint8Array): readonly Sealed[] {
  const size = files.length / 4;
  return [0, 1, 2, 3].map((index) => files.slice(index * size, (index + 1) * size) as Uint8Array as Sealed);
}

async function ask(address: string, right: MailboxRead): Promise<Uint8Array> {
  const response = await fetch(address, { ...post, body: right as Uint8Array as Uint8Array<ArrayBuffer> });
  if (!response.ok) throw new Fault("store.unavailable");
  return new Uint8Array(await response.arrayBuffer());
}

/** Seals to the conversation's desk and posts; null once the core has it, else what to tell. Throws `envelope.tooFewReaders`. */
export async function postStep(
  { order, conversation }: Read,
  exclude: readonly Exclusion[],
  frame: (door: Door) => Frame,
): Promise<ReadingNotice | null> {
  const { roster, origin, nowMs } = order;
  const answering = conversation.desk && findDesk(roster, conversation.desk);
  const desk = answering ?? roster.desks[0]!;
  if (answering === null && !namesOwnOrganisations(roster, desk, exclude)) return "changed";
  const door = newDoor(chance);
  const sealed = seal(deskRecipients(roster, desk, exclude, dayOf(nowMs), chance), encodeFrame(frame(door)), chance);
  const own = { "content-type": "application/age", "gundo-door-hash": base64url(hashDoor(door)) };
  const body = sealed as Uint8Array as Uint8Array<ArrayBuffer>;
  try {
    const response = await askWithWork((headers) =>
      fetch(`${origin}/reports/${desk.id}`, { ...post, body, headers: { ...own, ...headers } }),
    );
    if (response.ok) return null;
    // No such desk any more, or another number of readers.
    return response.status === 404 || response.status === 422 ? "changed" : "notSent";
  } catch {
    // The network ended between us and the core: nobody here knows on which side of the insert.
    return "unanswered";
  }
}

/** Whether every mailbox of the digits is gone. */
export async function forgetAll({ order, conversation }: Read): Promise<boolean> {
  try {
    for (const right of conversation.rights) await ask(`${order.origin}/mailbox/forget`, right);
    return true;
  } catch {
    // No network, or a store that is away: the person is told that the old numbers may still open.
    return false;
  }
}
