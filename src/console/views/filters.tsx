import type { JSX } from "preact";
import { caseStates } from "../../envelope/case-act.ts";
import { categories } from "../../dialogue/categories.ts";
import { malianRegions } from "../../dialogue/places.ts";
import { noFilter, type Filter } from "../inbox/filter.ts";
import type { Item } from "../inbox/item.ts";
import { languageName } from "../names.ts";
import { useConsole } from "./context.ts";

/** The search, and what the list is narrowed to. */
export function Filters(): JSX.Element {
  const { gundo, state, words } = useConsole();
  const { filter } = state;
  const set = (part: Partial<Filter>): void =>
    gundo.store.update((before) => ({ ...before, filter: { ...before.filter, ...part } }));
  const narrowed = state.search !== "" || Object.values(filter).some((side) => side !== null && side !== false);
  return (
    <form
      class="filters"
      role="search"
      aria-label={words.filters}
      autocomplete="off"
      onSubmit={(event) => event.preventDefault()}
    >
      <div class="field wide">
        <label for="search">{words.search}</label>
        <input
          id="search"
          type="search"
          autocomplete="off"
          spellcheck={false}
          value={state.search}
          onInput={({ currentTarget }) => {
            const search = currentTarget.value;
            gundo.store.update((before) => ({ ...before, search }));
          }}
        />
      </div>
      <Choices filter={filter} set={set} />
      <Tick name="danger" label={words.dangerOnly} value={filter.danger} set={(danger) => set({ danger })} />
      <Tick name="offered" label={words.offeredOnly} value={filter.offered} set={(offered) => set({ offered })} />
      <button
        type="button"
        aria-disabled={!narrowed}
        onClick={() => gundo.store.update((before) => ({ ...before, filter: noFilter, search: "" }))}
      >
        {words.clear}
      </button>
    </form>
  );
}

interface ChoicesProps {
  readonly filter: Filter;
  readonly set: (part: Partial<Filter>) => void;
}

function Choices({ filter, set }: ChoicesProps): JSX.Element {
  const { state, words } = useConsole();
  return (
    <>
      <Choice
        name="state"
        label={words.state}
        value={filter.state}
        choices={caseStates.map((one) => [one, words.states[one]])}
        set={(value) => set({ state: caseStates.find((one) => one === value) ?? null })}
      />
      <Choice
        name="category"
        label={words.category}
        value={filter.category}
        choices={categories.map(({ code, name }) => [code, name[state.language]])}
        set={(category) => set({ category })}
      />
      <Choice
        name="place"
        label={words.place}
        value={filter.place}
        choices={malianRegions.map(({ code, name }) => [code, name])}
        set={(place) => set({ place })}
      />
      <Choice
        name="language"
        label={words.languageOf}
        value={filter.language}
        choices={languagesIn(state.items.values()).map((tag) => [tag, languageName(tag, state.language)])}
        set={(language) => set({ language })}
      />
      <Choice
        name="deadline"
        label={words.deadline}
        value={filter.deadline}
        choices={(["late", "soon"] as const).map((one) => [one, words.deadlines[one]])}
        set={(value) => set({ deadline: value === "late" || value === "soon" ? value : null })}
      />
    </>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly value: string | null;
  readonly choices: readonly (readonly [string, string])[];
  readonly set: (value: string | null) => void;
}

function Choice({ name, label, value, choices, set }: ChoiceProps): JSX.Element {
  const { words } = useConsole();
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <select
        id={`filter-${name}`}
        autocomplete="off"
        value={value ?? ""}
        onChange={({ currentTarget }) => set(currentTarget.value === "" ? null : currentTarget.value)}
      >
        <option value="">{words.any}</option>
        {choices.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

interface TickProps {
  readonly name: string;
  readonly label: string;
  readonly value: boolean;
  readonly set: (value: boolean) => void;
}

function Tick({ name, label, value, set }: TickProps): JSX.Element {
  return (
    <label class="tick">
      <input type="checkbox" name={name} checked={value} onChange={({ currentTarget }) => set(currentTarget.checked)} />
      {label}
    </label>
  );
}

function languagesIn(items: Iterable<Item>): readonly string[] {
  const tags = [...items].flatMap(({ content }) => (content.kind === "report" ? [content.report.language] : []));
  return [...new Set(tags)].toSorted();
}
