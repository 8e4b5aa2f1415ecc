import type { JSX } from "preact";
import type { UnixDay } from "../../../base/clock.ts";
import type { Case } from "../../../roster/case.ts";
import { readersOf } from "../../../roster/readers.ts";
import type { ConsoleConversation } from "../../case/conversation.ts";
import { deadlinesOf, type Deadline } from "../../case/deadlines.ts";
import { mayForward } from "../../../envelope/case-act.ts";
import { categoryName, dayName, placeName } from "../../names.ts";
import { Section, useCase } from "./parts.tsx";

interface CaseProps {
  readonly conversation: ConsoleConversation;
  readonly known: Case;
  readonly today: UnixDay;
}

export function Deadlines({ conversation, known, today }: CaseProps): JSX.Element {
  const { state, say } = useCase();
  const said = ({ day, daysLeft, ...deadline }: Deadline): string => {
    if (deadline.state === "done") return say.dutyDone;
    const named = dayName(day, state.language);
    return deadline.state === "late" ? say.dutyLate(named, -daysLeft) : say.dutyLeft(named, daysLeft);
  };
  return (
    <Section name="deadlines" title={say.deadlinesTitle}>
      <dl class="pairs">
        {deadlinesOf(conversation.first.receivedDay, known, today).map((deadline) => (
          <div key={deadline.duty}>
            <dt>{say.duties[deadline.duty]}</dt>
            <dd class={deadline.state}>{said(deadline)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** By name, as the verified roster has them; who was excluded is not listed, and why is said. */
export function Readers({ conversation, known, today }: CaseProps): JSX.Element | null {
  const { gundo, say } = useCase();
  if (gundo.session === null) return null;
  const { desk, message } = conversation.first;
  const { exclude } = message.report;
  const readers = readersOf(gundo.session.roster, desk, exclude, today).filter(({ id }) => !known.aside.includes(id));
  return (
    <Section name="readers" title={say.readersTitle}>
      <p class="hint">{say.readersLead}</p>
      <ul>
        {readers.map(({ id, name, organisation }) => (
          <li key={id}>
            {name} ({organisation})
          </li>
        ))}
      </ul>
      {exclude.map(({ rule, value }) => (
        <p key={`${rule}${value}`}>
          {rule === "place" ? say.excludedPlace(placeName(value)) : say.excludedOrganisation(value)}
        </p>
      ))}
      {known.aside.map((id) => (
        <p key={id}>{say.steppedAside(id)}</p>
      ))}
    </Section>
  );
}

export function LabelPart({ known: { label, exposure } }: { readonly known: Case }): JSX.Element {
  const { state, say } = useCase();
  return (
    <Section name="label" title={say.labelTitle}>
      {label === null ? (
        <p class="hint">{say.noLabel}</p>
      ) : (
        <ul>
          <li>{categoryName(label.category, state.language)}</li>
          <li>{placeName(label.place)}</li>
          {label.incident !== undefined && (
            <li>
              {say.incident}: {label.incident}
            </li>
          )}
          {label.locality !== undefined && (
            <li>
              {say.locality}: {label.locality}
            </li>
          )}
          <li>{label.plausible ? say.plausibleYes : say.plausibleNo}</li>
        </ul>
      )}
      <p data-forward={mayForward(exposure)}>
        {exposure === null ? say.notAssessed : mayForward(exposure) ? say.mayLeave : say.mayNotLeave}
      </p>
    </Section>
  );
}
