import { systemChance as chance } from "../../base/chance.ts";
import { hourOf, isoDay } from "../../base/clock.ts";
import { codeOf } from "../../base/fault.ts";
import { encodeForget } from "../../envelope/forget.ts";
import { encodeReport, type Exclusion, type Report } from "../../envelope/report.ts";
import type { Conversation } from "../../mailbox/conversation.ts";
import { deriveMailbox, type Mailbox } from "../../mailbox/mailbox.ts";
import { newReceipt, type Receipt } from "../../mailbox/receipt.ts";
import { evaluated } from "../evaluate.ts";
import { canStretch } from "../stretching.ts";
import type { NextOrder, Outcome, ReadOrder } from "./order.ts";
import { forgetAll, postStep, readConversation } from "./requests.ts";

/** A conversation that was read, and what was done since, so that a press repeated does nothing twice. */
interface Held {
  readonly order: ReadOrder;
  readonly conversation: Conversation;
  /** The new receipt, once the readers have its mailbox. */
  exchanged: Receipt | null;
  /** Whether the readers were asked to close. */
  told: boolean;
}

/** The worker's side of reading. The digits' mailboxes stay in here, and die with the page. */
export function serveReading(): void {
  let held: Held | null = null;
  const cannot: Outcome = { kind: "cannot" };
  const can = canStretch();
  if (!can) postMessage(cannot);
  const outcomeOf = async (order: ReadOrder | NextOrder): Promise<Outcome> => {
    if (!can) return cannot;
    if (order.step !== "read") return step(held!, order);
    held = null;
    const conversation = await readConversation(order);
    held = { order, conversation, exchanged: null, told: false };
    const answers = conversation.answers.map(({ day, text }) => ({ day: isoDay(day), text }));
    return { kind: "read", answers, day: conversation.day && isoDay(conversation.day) };
  };
  addEventListener("message", ({ data }: MessageEvent<ReadOrder | NextOrder>) => {
    void outcomeOf(data)
      .catch((error: unknown): Outcome => ({ kind: "notice", notice: noticeOf(data.step, error) }))
      .then((outcome) => postMessage(outcome));
  });
}

function noticeOf(
  tried: (ReadOrder | NextOrder)["step"],
  error: unknown,
): Extract<Outcome, { notice: string }>["notice"] {
  if (tried === "read") return "later";
  return codeOf(error) === "envelope.tooFewReaders" ? "tooFewReaders" : "notSent";
}

function step(held: Held, order: NextOrder): Promise<Outcome> {
  if (order.step === "again") return again(held, order);
  return order.step === "exchange" ? exchange(held, order) : forget(held, order);
}

/** What every follow-up has; its thread is the mailbox that was read. */
function followUp(held: Held, text: string, exclude: readonly Exclusion[]): Omit<Report, "door"> {
  const { order, conversation } = held;
  const receivedHour = hourOf(order.nowMs);
  const { thread } = conversation;
  return {
    channel: "web",
    language: order.language,
    text,
    answers: {},
    receivedHour,
    exclude,
    attachments: [],
    thread,
  };
}

async function again(held: Held, { text, exclude }: NextOrder): Promise<Outcome> {
  const excluded = exclude ?? held.conversation.exclude;
  const notice = await postStep(held, excluded, (door) => ({
    kind: "report",
    body: encodeReport({ ...followUp(held, text, excluded), door }),
  }));
  return notice === null ? { kind: "sent" } : { kind: "notice", notice };
}

/** A follow-up with a fresh mailbox and no words, then the old ones are forgotten (envelope.md, Receipts and mailboxes). */
async function exchange(held: Held, { exclude }: NextOrder): Promise<Outcome> {
  if (held.exchanged === null) {
    const made = await freshMailbox(held.order).catch(() => null);
    if (made === null) return { kind: "noNumbers" };
    const excluded = exclude ?? held.conversation.exclude;
    const { id, recipient } = made.mailbox;
    const notice = await postStep(held, excluded, (door) => ({
      kind: "report",
      body: encodeReport({ ...followUp(held, "", excluded), mailbox: { id, recipient }, door }),
    }));
    if (notice !== null) return { kind: "notice", notice };
    held.exchanged = made.receipt;
  }
  return { kind: "exchanged", receipt: held.exchanged, stillOpen: !(await forgetAll(held)) };
}

async function freshMailbox({ origin, roster }: ReadOrder): Promise<{ receipt: Receipt; mailbox: Mailbox }> {
  const receipt = newReceipt(chance);
  const y = await evaluated(receipt, `${origin}/oprf`, roster.oprf.current);
  return { receipt, mailbox: await deriveMailbox(receipt, y) };
}

/** The readers are asked first: once the mailboxes are gone nobody could be told which conversation it was. */
async function forget(held: Held, { exclude }: NextOrder): Promise<Outcome> {
  if (!held.told) {
    const notice = await postStep(held, exclude ?? held.conversation.exclude, (door) => ({
      kind: "forget",
      body: encodeForget({ thread: held.conversation.thread, door }),
    }));
    if (notice !== null) return { kind: "notice", notice };
    held.told = true;
  }
  return (await forgetAll(held)) ? { kind: "forgotten" } : { kind: "notice", notice: "stillOpen" };
}
