import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { utf8 } from "../../../base/bytes.ts";
import { englishCase } from "../../case/en.ts";
import { frenchCase } from "../../case/fr.ts";
import { openPanel } from "../../case/desk.ts";
import type { CaseWords } from "../../case/words.ts";
import { shownText } from "../../text.ts";
import { useConsole, type Shown } from "../context.ts";

export interface CaseShown extends Shown {
  readonly say: CaseWords;
}

/** What the case is drawn from. */
export function useCase(): CaseShown {
  const shown = useConsole();
  return { ...shown, say: shown.state.language === "en" ? englishCase : frenchCase };
}

/** Somebody's words, as text and nothing else, whatever they hold. */
export function Words({ text, lang }: { readonly text: string; readonly lang?: string }): JSX.Element {
  return (
    <p class="words" dir="auto" {...(lang !== undefined && { lang })}>
      {shownText(text)}
    </p>
  );
}

interface SectionProps {
  readonly name: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

export function Section({ name, title, children }: SectionProps): JSX.Element {
  return (
    <section class="part" aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{title}</h2>
      {children}
    </section>
  );
}

interface FormProps {
  readonly submit: string;
  /** Null while something is missing. */
  readonly act: (() => unknown) | null;
  readonly children: ComponentChildren;
}

/** An action's form: the first field takes the focus, and Escape closes it. No browser keeps what is typed (README, What a browser keeps). */
export function PanelForm({ submit, act, children }: FormProps): JSX.Element {
  const { gundo, state, say } = useCase();
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>("input, select, textarea, button")?.focus(), []);
  const isReady = act !== null && state.shown?.busy !== true;
  return (
    <form
      ref={form}
      class="panel"
      autocomplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) act();
      }}
      onKeyDown={({ key }) => key === "Escape" && openPanel(gundo, null)}
    >
      {children}
      <p class="buttons">
        <button type="submit" class="go" aria-disabled={!isReady}>
          {submit}
        </button>
        <button type="button" onClick={() => openPanel(gundo, null)}>
          {say.cancel}
        </button>
      </p>
    </form>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly change: (text: string) => void;
  readonly mostBytes: number;
  readonly rows?: number;
  readonly note?: string;
}

/** A text and how much room is left in it. */
export function TextArea({ label, value, change, mostBytes, rows = 5, note }: TextProps): JSX.Element {
  const { say } = useCase();
  const left = say.room(mostBytes - utf8(value).length);
  return (
    <div class="field">
      <label for="panel-text">{label}</label>
      <textarea
        id="panel-text"
        rows={rows}
        dir="auto"
        autocomplete="off"
        aria-describedby="panel-room"
        value={value}
        onInput={({ currentTarget }) => change(currentTarget.value)}
      />
      <p class="hint" id="panel-room">
        {note === undefined ? left : `${left} · ${note}`}
      </p>
    </div>
  );
}

interface TickProps {
  readonly label: string;
  readonly value: boolean;
  readonly change: (ticked: boolean) => void;
}

export function Tick({ label, value, change }: TickProps): JSX.Element {
  return (
    <label class="tick">
      <input type="checkbox" checked={value} onChange={({ currentTarget }) => change(currentTarget.checked)} />
      {label}
    </label>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly children: ComponentChildren;
}

export function Choice({ name, label, value, change, children }: ChoiceProps): JSX.Element {
  const { say } = useCase();
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} autocomplete="off" value={value} onChange={({ currentTarget }) => change(currentTarget.value)}>
        <option value="">{say.choose}</option>
        {children}
      </select>
    </div>
  );
}
