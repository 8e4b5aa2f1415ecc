import type { JSX } from "preact";
import type { CaseEvent } from "../../../envelope/case-event.ts";
import type { Case } from "../../../roster/case.ts";
import { categoryName, dayName, placeName } from "../../names.ts";
import { Section, useCase, Words } from "./parts.tsx";

/** What was done, oldest first, and what is wrong with it: nothing of it is taken on the server's word. */
export function Timeline({ known }: { readonly known: Case }): JSX.Element {
  const { say } = useCase();
  return (
    <Section name="timeline" title={say.timelineTitle}>
      {known.problems.length > 0 && (
        <div class="warnings" role="alert">
          <p>{say.problemsTitle}</p>
          <ul>
            {known.problems.map(({ seq, problem }) => (
              <li key={`${seq}${problem}`}>{say.problemAt(seq, say.problems[problem])}</li>
            ))}
          </ul>
        </div>
      )}
      {known.timeline.length === 0 && <p class="hint">{say.nothingDone}</p>}
      <ol class="list">
        {known.timeline.map(({ seq, event }) => (
          <li key={seq} class="event" data-kind={event.act.kind}>
            <EventPart event={event} />
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** One event as a sentence, and its words. */
export function EventPart({ event }: { readonly event: CaseEvent }): JSX.Element {
  const { state, say } = useCase();
  const { author, act, day } = event;
  const category = act.kind === "label" ? categoryName(act.label.category, state.language) : "";
  const place = act.kind === "label" ? placeName(act.label.place) : "";
  return (
    <>
      <p class="facts">
        {dayName(day, state.language)} · {say.did({ author, act, category, place })}
      </p>
      {"text" in act && <Words text={act.text} />}
    </>
  );
}
