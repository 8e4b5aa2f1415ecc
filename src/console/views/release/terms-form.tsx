import type { JSX } from "preact";
import { isoDay } from "../../../base/clock.ts";
import { keepsCalendar, publicationDays } from "../../../trends/plan.ts";
import { dayName, personNames } from "../../names.ts";
import type { NextPlan } from "../../release/desk.ts";
import { releaseWords } from "../../release/words.ts";
import { useConsole } from "../context.ts";
import type { TypedTerms } from "../../release/terms.ts";

interface TermsFormProps extends NextPlan {
  readonly typed: TypedTerms;
  readonly change: (typed: TypedTerms) => void;
}

const hours = Array.from({ length: 24 }, (_, hour) => String(hour));

/** What officers may settle otherwise: the instant, ε of each table, and who the other officer is. */
export function TermsForm({ plan, partners, typed, change }: TermsFormProps): JSX.Element {
  const { gundo, state } = useConsole();
  const { terms } = releaseWords[state.language];
  const { earliest, latest } = publicationDays(plan.period);
  const [first, last] = [earliest, latest].map((day) => dayName(day, state.language));
  const set = (name: keyof TypedTerms) => (value: string) => change({ ...typed, [name]: value });
  const isDated = keepsCalendar(plan.instance);
  return (
    <>
      <Typed
        name="terms-day"
        label={terms.day}
        hint={isDated ? terms.dayHint(first!, last!) : ""}
        value={typed.day}
        change={set("day")}
        days={isDated ? { min: isoDay(earliest), max: isoDay(latest) } : null}
      />
      <Chosen name="terms-hour" label={terms.hour} value={typed.hour} change={set("hour")}>
        {hours.map((hour) => [hour, `${hour}:00`])}
      </Chosen>
      <Typed name="terms-t1" label={terms.t1} hint={terms.epsilonHint} value={typed.t1} change={set("t1")} />
      <Typed name="terms-t2" label={terms.t2} hint={terms.epsilonHint} value={typed.t2} change={set("t2")} />
      {partners.length > 1 && (
        <Chosen name="terms-partner" label={terms.partner} value={typed.partner} change={set("partner")}>
          {partners.map((id) => [id, personNames(gundo, [id])])}
        </Chosen>
      )}
    </>
  );
}

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
}

interface TypedProps extends FieldProps {
  readonly hint: string;
  /** Of a day: the first and the last one, or null where any will do. */
  readonly days?: { readonly min: string; readonly max: string } | null;
}

function Typed({ name, label, hint, value, change, days }: TypedProps): JSX.Element {
  const shared = {
    id: name,
    autocomplete: "off",
    "aria-describedby": `${name}-hint`,
    value,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => change(currentTarget.value),
  };
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {days === undefined ? (
        <input type="text" spellcheck={false} {...shared} />
      ) : (
        <input type="date" {...days} {...shared} />
      )}
      <p class="hint" id={`${name}-hint`}>
        {hint}
      </p>
    </div>
  );
}

interface ChosenProps extends FieldProps {
  /** Value and name of each. */
  readonly children: readonly (readonly [string, string])[];
}

function Chosen({ name, label, value, change, children }: ChosenProps): JSX.Element {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} autocomplete="off" value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
        {children.map(([one, shown]) => (
          <option key={one} value={one}>
            {shown}
          </option>
        ))}
      </select>
    </div>
  );
}
