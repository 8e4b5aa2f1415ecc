import type { JSX } from "preact";
import type { ReportId } from "../../base/brand.ts";
import { show } from "../console.ts";
import { dayName } from "../names.ts";
import { useConsole } from "./context.ts";
import { useShortcuts } from "./shortcuts.ts";

/** One report. Everything in it is text. */
export function CaseView({ id }: { readonly id: ReportId }): JSX.Element {
  const { gundo, state, words } = useConsole();
  const item = state.items.get(id);
  const back = (): void => show(gundo, { screen: "inbox" });
  useShortcuts({ back });
  return (
    <article class="card" aria-labelledby="title">
      <p>
        <button type="button" onClick={back}>
          {words.back}
        </button>
      </p>
      <h1 id="title">
        {item === undefined ? words.noneTitle : words.received(dayName(item.receivedDay, state.language))}
      </h1>
      {item?.content.kind === "forget" && <p>{words.forget}</p>}
      {item?.content.kind === "report" && (
        <p class="words" dir="auto">
          {item.content.report.text}
        </p>
      )}
    </article>
  );
}
