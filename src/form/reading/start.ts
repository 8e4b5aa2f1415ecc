import { utf8 } from "../../base/bytes.ts";
import { systemClock as clock } from "../../base/clock.ts";
import { mostTextBytes, pageField, readPageExclusions } from "../../dialogue/words-page.ts";
import { readingField, type ReadingNotice, type ReadingWords } from "../../dialogue/words-reading.ts";
import { parseReceipt, type Receipt } from "../../mailbox/receipt.ts";
import { element } from "../page.ts";
import { fetchVerdict, soonest } from "../readers.ts";
import { showThanks } from "../thanks.ts";
import { trustAddresses } from "../trusted.ts";
import type { NextOrder, Outcome, ReadOrder } from "./order.ts";
import { say, showConversation, showEnd } from "./view.ts";
import { readingWords } from "./words.ts";

/** Takes the reading of answers over, or leaves it as it was where no worker can be had. */
export function startReading(script: string): void {
  const form = element("reading") as HTMLFormElement;
  const words = readingWords();
  const worker = new Worker(trustAddresses("gundo-reading")(script));
  const alone = oneAtATime(words, worker);
  const check = (): void => say(mistyped(form) ? words.notices.mistyped : "");
  form.addEventListener("input", check);
  const submit = (event: Event): void => {
    event.preventDefault();
    const receipt = parseReceipt(digitsIn(form));
    if (receipt === null) say(words.notices.mistyped);
    else alone(() => readOrder(receipt));
  };
  form.addEventListener("submit", submit);
  // The next press goes to the server, as without script, and what that means stands before the button.
  worker.addEventListener("message", ({ data }: MessageEvent<Outcome>) => {
    if (data.kind !== "cannot") return;
    form.removeEventListener("submit", submit);
    element("read-plain").hidden = false;
  });
  // Digits may have been typed while this script was on its way.
  check();
  form.dataset["taken"] = "yes";
}

/** What to ask the worker, or why it is not asked. */
type Wanted = ReadOrder | NextOrder | ReadingNotice;

/** Does one thing, shows what came of it, and only then listens for the next. */
function oneAtATime(words: ReadingWords, worker: Worker): (wanted: () => Promise<Wanted>) => void {
  let working = false;
  const alone = async (wanted: () => Promise<Wanted>): Promise<void> => {
    if (working) return;
    working = true;
    say(words.working);
    const order = await wanted();
    const outcome: Outcome = typeof order === "string" ? { kind: "notice", notice: order } : await ask(worker, order);
    working = false;
    say("");
    show(words, outcome, (step, entry) => void alone(async () => nextOrder(step, entry)));
  };
  return (wanted) => void alone(wanted);
}

function show(words: ReadingWords, outcome: Outcome, next: Parameters<typeof showConversation>[2]): void {
  if (outcome.kind === "read") return showConversation(words, outcome, next);
  if (outcome.kind === "notice") return say(words.notices[outcome.notice]);
  if (outcome.kind === "cannot") return;
  if (outcome.kind === "forgotten") return showEnd(words.forgotten);
  if (outcome.kind === "exchanged") return showExchanged(words, outcome);
  if (outcome.kind === "sent") (element("again") as HTMLTextAreaElement).value = "";
  say(words[outcome.kind]);
}

/** The new numbers, shown once by what shows a report's. */
function showExchanged(words: ReadingWords, { receipt, stillOpen }: Extract<Outcome, { kind: "exchanged" }>): void {
  showThanks(receipt, stillOpen);
  element("thanks").querySelector("p")!.textContent = stillOpen ? words.notices.stillOpen : words.exchanged;
  if (stillOpen) say(words.notices.stillOpen);
}

function digitsIn(form: HTMLFormElement): string {
  const fields = new FormData(form);
  return [readingField.first, readingField.second].map((name) => textOf(fields, name)).join("");
}

function textOf(fields: FormData, name: string): string {
  const value = fields.get(name);
  return typeof value === "string" ? value : "";
}

/** Said as soon as all digits are there: the check digit finds one wrong digit or two that changed places. */
function mistyped(form: HTMLFormElement): boolean {
  const typed = digitsIn(form);
  return typed.replace(/\D/g, "").length >= 16 && parseReceipt(typed) === null;
}

async function readOrder(receipt: Receipt): Promise<Wanted> {
  const verdict = await fetchVerdict(clock);
  if (!verdict.ok) return "roster";
  const { roster } = verdict;
  const language = document.documentElement.lang;
  return { step: "read", origin: location.origin, roster, nowMs: soonest(roster, clock), language, receipt };
}

function nextOrder(step: NextOrder["step"], entry: HTMLFormElement): Wanted {
  const fields = new FormData(entry);
  const asked = entry.querySelector("fieldset") !== null;
  const exclude = asked ? readPageExclusions(fields) : null;
  if (asked && exclude === null) return "changed";
  const text = textOf(fields, pageField.text);
  if (step !== "again") return { step, exclude, text: "" };
  if (text.trim() === "") return "empty";
  return utf8(text).length > mostTextBytes ? "tooLong" : { step, text, exclude };
}

/** The worker's answer to this order. */
function ask(worker: Worker, order: ReadOrder | NextOrder): Promise<Outcome> {
  return new Promise((resolve) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Outcome>) => resolve(data), { once: true });
    worker.addEventListener("error", () => resolve({ kind: "notice", notice: "later" }), { once: true });
    worker.postMessage(order, []);
  });
}
