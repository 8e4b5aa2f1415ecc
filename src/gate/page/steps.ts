import type { Emit } from "../../base/events.ts";
import { utf8 } from "../../base/bytes.ts";
import { codeOf } from "../../base/fault.ts";
import { mostTextBytes, pageField, readPageExclusions, type FormFields } from "../../dialogue/words-page.ts";
import { readingField, readingSteps, type ReadingNotice, type ReadingStep } from "../../dialogue/words-reading.ts";
import type { Exclusion } from "../../envelope/report.ts";
import type { Mailboxes, Posting } from "../../intake/core.ts";
import { phoneDesk, sealDraft, sealForget, type Edge } from "../../intake/edge.ts";
import { steadily } from "../../intake/steady.ts";
import { conversationIn, type Conversation } from "../../mailbox/conversation.ts";
import { parseReceipt, type Receipt } from "../../mailbox/receipt.ts";
import { namesOwnOrganisations } from "../../roster/organisations.ts";
import { findDesk, type Desk } from "../../roster/roster.ts";
import type { WebEvaluations } from "../oprf.ts";
import type { PageWords } from "./words.ts";

/** What steps without script are taken with: this process reads what passes, and keeps none of it. */
export interface StepParts {
  readonly edge: Edge & { readonly mailboxes: Mailboxes };
  readonly evaluations: WebEvaluations;
  readonly emit: Emit;
}

/** What a step came to; what is shown again is shown with its conversation. */
export type StepOutcome =
  | { readonly kind: "refused"; readonly notice: "mistyped" | "later" }
  | {
      readonly kind: "shown";
      readonly conversation: Conversation;
      readonly notice: ReadingNotice | "sent" | "noNumbers" | null;
    }
  | { readonly kind: "exchanged"; readonly receipt: Receipt; readonly stillOpen: boolean }
  | { readonly kind: "forgotten" };

/** A reading takes this long from the start of its evaluation, or a multiple, whatever is found. */
const readAfterMs = 1000;

/** The step that a form asks for, or null when the form is a report. */
export function stepIn(filled: FormFields): ReadingStep | null {
  return readingSteps.find((step) => filled.getAll(readingField.step)[0] === step) ?? null;
}

/** Reads the digits anew at every step: nothing is kept here between two posts (web.md). */
export async function takeStep(
  parts: StepParts,
  words: PageWords,
  step: ReadingStep,
  filled: FormFields,
): Promise<StepOutcome> {
  const receipt = parseReceipt(numbersIn(filled).join(""));
  if (receipt === null) return { kind: "refused", notice: "mistyped" };
  const conversation = await readConversation(parts, receipt);
  if (conversation === null) return { kind: "refused", notice: "later" };
  if (step === "read") return { kind: "shown", conversation, notice: null };
  const shown = (notice: ReadingNotice | "sent" | "noNumbers" | null): StepOutcome => ({
    kind: "shown",
    conversation,
    notice,
  });
  const desk = deskOf(parts.edge, conversation);
  const exclude = excludeOf(parts.edge, conversation, desk, filled);
  if (exclude === null) return shown(filled.getAll(readingField.asked).length > 0 ? "changed" : null);
  try {
    return await goOn({ parts, words, conversation, desk, exclude, shown }, step, filled);
  } catch (error) {
    const code = codeOf(error);
    if (code === "envelope.tooFewReaders") return shown("tooFewReaders");
    parts.emit({ event: "failed", part: "gate", code });
    return shown("notSent");
  }
}

/** The two numbers as they were typed. */
export function numbersIn(filled: FormFields): readonly [string, string] {
  const [first, second] = [readingField.first, readingField.second].map((name) => filled.getAll(name)[0]);
  return [typeof first === "string" ? first : "", typeof second === "string" ? second : ""];
}

interface Going {
  readonly parts: StepParts;
  readonly words: PageWords;
  readonly conversation: Conversation;
  readonly desk: Desk;
  readonly exclude: readonly Exclusion[];
  readonly shown: (notice: ReadingNotice | "sent" | "noNumbers") => StepOutcome;
}

async function goOn(going: Going, step: Exclude<ReadingStep, "read">, filled: FormFields): Promise<StepOutcome> {
  if (step === "again") return again(going, filled);
  return step === "exchange" ? exchange(going) : forget(going);
}

async function again(going: Going, filled: FormFields): Promise<StepOutcome> {
  const [typed] = filled.getAll(pageField.text);
  const text = typeof typed === "string" ? typed.replace(/\r\n?/g, "\n") : "";
  if (text.trim() === "") return going.shown("empty");
  if (utf8(text).length > mostTextBytes) return going.shown("tooLong");
  await going.parts.edge.core.accept(followUp(going, text, {}));
  return going.shown("sent");
}

/** A follow-up with a fresh mailbox and no words, then the old ones are forgotten (envelope.md, Receipts and mailboxes). */
async function exchange(going: Going): Promise<StepOutcome> {
  const made = await going.parts.evaluations.receipt();
  if (made === null) return going.shown("noNumbers");
  const { id, recipient } = made.mailbox;
  await going.parts.edge.core.accept(followUp(going, "", { mailbox: { id, recipient } }));
  return { kind: "exchanged", receipt: made.receipt, stillOpen: !(await forgetAll(going)) };
}

/** The readers are asked first: once the mailboxes are gone nobody could be told which conversation it was. */
async function forget(going: Going): Promise<StepOutcome> {
  const { parts, desk, exclude, conversation } = going;
  await parts.edge.core.accept(sealForget(parts.edge, desk.id, exclude, conversation.thread));
  return (await forgetAll(going)) ? { kind: "forgotten" } : going.shown("stillOpen");
}

function followUp(
  { parts, words, desk, exclude, conversation: { thread } }: Going,
  text: string,
  more: Pick<Parameters<typeof sealDraft>[2], "mailbox">,
): Posting {
  const draft = { channel: "webText", language: words.language, text, answers: {}, exclude, attachments: [] } as const;
  return sealDraft(parts.edge, desk.id, { ...draft, thread, ...more });
}

async function forgetAll({ parts, conversation }: Going): Promise<boolean> {
  try {
    for (const right of conversation.rights) await parts.edge.mailboxes.forget(right);
    return true;
  } catch (error) {
    parts.emit({ event: "failed", part: "gate", code: codeOf(error) });
    return false;
  }
}

/** Null when no evaluation came in time, or the store is away. */
async function readConversation(parts: StepParts, receipt: Receipt): Promise<Conversation | null> {
  try {
    return await steadily(readAfterMs, () => look(parts, receipt));
  } catch (error) {
    parts.emit({ event: "failed", part: "gate", code: codeOf(error) });
    return null;
  }
}

async function look({ edge, evaluations }: StepParts, receipt: Receipt): Promise<Conversation | null> {
  const derived = await evaluations.mailboxes(receipt);
  if (derived === null) return null;
  const boxes = derived.map(async (mailbox) => ({ mailbox, files: await edge.mailboxes.read(mailbox.read) }));
  return conversationIn(await Promise.all(boxes));
}

/** Who was answered from a desk goes on with it. */
function deskOf({ roster }: Edge, { desk }: Conversation): Desk {
  return (desk && findDesk(roster(), desk)) ?? phoneDesk(roster());
}

/** What an answer repeated, else what was asked; null when neither was, or the page never offered it. */
function excludeOf(
  { roster }: Edge,
  conversation: Conversation,
  desk: Desk,
  filled: FormFields,
): readonly Exclusion[] | null {
  if (conversation.day !== null) return conversation.exclude;
  const asked = filled.getAll(readingField.asked).length > 0 ? readPageExclusions(filled) : null;
  return asked !== null && namesOwnOrganisations(roster(), desk, asked) ? asked : null;
}
