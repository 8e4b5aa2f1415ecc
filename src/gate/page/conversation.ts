import { html } from "hono/html";
import { isoDay } from "../../base/clock.ts";
import type { FormFields } from "../../dialogue/words-page.ts";
import { readingField, shownDay, type ReadingNotice, type ReadingStep } from "../../dialogue/words-reading.ts";
import type { Conversation } from "../../mailbox/conversation.ts";
import { withoutHtml } from "./form.ts";
import type { Html } from "./html.ts";
import type { PageWords } from "./words.ts";

/** What somebody without script reads behind two numbers, and the ways on from it. */
export interface ConversationView {
  readonly words: PageWords;
  readonly conversation: Pick<Conversation, "answers" | "day">;
  /** The numbers as they were typed: the next step needs them, and nobody else keeps them. */
  readonly numbers: readonly [string, string];
  readonly organisations: readonly string[];
  /** What was typed into the step that was refused. */
  readonly filled: FormFields;
  readonly notice: ReadingNotice | "sent" | "noNumbers" | null;
}

export function conversationHtml(view: ConversationView): Html {
  const { words, conversation, notice } = view;
  const { reading } = words;
  return html`<section id="conversation">
    <h2>${reading.title}</h2>
    ${notice === null ? "" : html`<p id="reading-says" role="alert" class="warn">${noticeText(view)}</p>`}
    ${foundHtml(words, conversation)}
    <form method="post" action="${words.path}" autocomplete="off">
      <input type="hidden" name="${readingField.first}" value="${view.numbers[0]}" />
      <input type="hidden" name="${readingField.second}" value="${view.numbers[1]}" />
      ${conversation.day === null ? askedHtml(view) : ""}
      <label for="again">${reading.again}</label>
      <p class="hint" id="again-hint">${reading.againHint}</p>
      <textarea id="again" autocomplete="off" name="text" rows="6" aria-describedby="again-hint">
${textIn(view.filled)}</textarea>
      <p class="warn">${words.readPlain}</p>
      <p>${stepButton("again", reading.send)}</p>
      <p id="exchange-hint">${reading.exchangeHint}</p>
      <p>${stepButton("exchange", reading.exchange)}</p>
      <p id="forget-hint">${reading.forgetHint}</p>
      <p>${stepButton("forget", reading.forget)}</p>
    </form>
  </section>`;
}

/** The answers, newest first, or what stands for none of them. */
function foundHtml({ reading }: PageWords, { answers, day }: ConversationView["conversation"]): Html {
  if (answers.length === 0) return html`<p>${day === null ? reading.nothing : dated(reading.taken, isoDay(day))}</p>`;
  return html`${answers.map(
    (answer) =>
      html`<h3>${dated(reading.answerOf, isoDay(answer.day))}</h3>
        <p class="answer">${answer.text}</p>`,
  )}`;
}

/** No answer repeated who must not read, so it is asked (envelope.md, Replies). */
function askedHtml({ words, organisations, filled }: ConversationView): Html {
  return html`<input type="hidden" name="${readingField.asked}" value="yes" />${withoutHtml({
      words,
      organisations,
      filled,
    })}`;
}

function stepButton(step: ReadingStep, label: string): Html {
  return html`<button name="${readingField.step}" value="${step}">${label}</button>`;
}

function noticeText({ words: { reading }, notice }: ConversationView): string {
  if (notice === null) return "";
  return notice === "sent" || notice === "noNumbers" ? reading[notice] : reading.notices[notice];
}

function dated(sentence: string, day: string): string {
  return sentence.replace("{day}", shownDay(day));
}

function textIn(fields: FormFields): string {
  const [text] = fields.getAll("text");
  return typeof text === "string" ? text : "";
}
