import type { JSX } from "preact";
import type { ReportId } from "../../base/brand.ts";
import type { UnixDay } from "../../base/clock.ts";
import { deadlineOf } from "../inbox/filter.ts";
import { dueDay, isUnread, stateOf, type Item } from "../inbox/item.ts";
import { categoryName, dayName, languageName, placeName } from "../names.ts";
import type { Language } from "../words.ts";
import { useConsole } from "./context.ts";

interface RowProps {
  readonly item: Item;
  readonly today: UnixDay;
  readonly current: boolean;
  readonly open: (id: ReportId) => void;
}

/** Characters of a report's beginning that a row shows. */
const beginning = 160;

/** One report in the list: a button, so that it is reached and read like any other. */
export function Row({ item, today, current, open }: RowProps): JSX.Element {
  const { state, words } = useConsole();
  const unread = isUnread(item);
  return (
    <li>
      <button
        type="button"
        class={unread ? "row unread" : "row"}
        data-id={item.id}
        aria-current={current}
        onClick={() => open(item.id)}
      >
        <span class="marks">
          {unread && <span class="mark new">{words.unread}</span>}
          {!unread && <span class="mark">{words.states[stateOf(item)]}</span>}
          <Marks item={item} today={today} />
        </span>
        <span class="begins" dir="auto">
          {beginningOf(item) ?? words.forget}
        </span>
        <span class="facts">{factsOf(item, state.language, words.channels).join(" · ")}</span>
      </button>
    </li>
  );
}

function Marks({ item, today }: { readonly item: Item; readonly today: UnixDay }): JSX.Element {
  const { state, words } = useConsole();
  const deadline = deadlineOf(item, today);
  const due = dueDay(item);
  const report = item.content.kind === "report" ? item.content.report : null;
  return (
    <>
      {report?.answers.danger === true && <span class="mark danger">{words.danger}</span>}
      {due !== null && deadline === "late" && <span class="mark late">{words.late(dayName(due, state.language))}</span>}
      {due !== null && deadline === "soon" && <span class="mark soon">{words.due(dayName(due, state.language))}</span>}
      {report !== null && report.attachments.length > 0 && (
        <span class="mark">{words.attachments(report.attachments.length)}</span>
      )}
    </>
  );
}

function beginningOf({ content }: Item): string | null {
  if (content.kind === "forget") return null;
  const letters = Array.from(content.report.text.slice(0, 2 * beginning + 1));
  return letters.length > beginning ? `${letters.slice(0, beginning).join("")}…` : letters.join("");
}

function factsOf(
  { receivedDay, content }: Item,
  language: Language,
  channels: Readonly<Record<string, string>>,
): readonly string[] {
  if (content.kind === "forget") return [dayName(receivedDay, language)];
  const { answers, channel, language: spoken } = content.report;
  return [
    dayName(receivedDay, language),
    ...(answers.category === undefined ? [] : [categoryName(answers.category, language)]),
    ...(answers.place === undefined ? [] : [placeName(answers.place)]),
    languageName(spoken, language),
    channels[channel] ?? channel,
  ];
}
