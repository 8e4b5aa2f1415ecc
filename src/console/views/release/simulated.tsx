import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { epsilonText, isMore } from "../../../trends/epsilon.ts";
import { cellsOf, tableIds, type Figures, type KeySpace, type TableId } from "../../../trends/key-space.ts";
import type { Plan } from "../../../trends/plan.ts";
import { simulate, type Simulation } from "../../../trends/simulate.ts";
import { releaseWords } from "../../release/words.ts";
import type { Language } from "../../words.ts";
import { useConsole } from "../context.ts";

const usualUnits = 500;

// The margin of an ε is found by exact steps, as many as it is wide: under this a page would stand still.
const leastEpsilon = { numerator: 1, denominator: 1000 };

/** What the ε of a plan would do to volumes that somebody types: nothing is drawn, and nothing leaves the browser. */
export function Simulated({ plan }: { readonly plan: Plan }): JSX.Element {
  const { state } = useConsole();
  const [isOpen, setOpen] = useState(false);
  const [expected, setExpected] = useState<Figures>(() => evenly(plan.keySpace, usualUnits));
  const { simulation: say } = releaseWords[state.language].terms;
  const isTooSmall = tableIds.some((table) => isMore(leastEpsilon, plan.epsilon[table]));
  return (
    <details data-simulation onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say.title}</summary>
      <p>{say.lead}</p>
      <div class="field">
        <label for="simulation-units">{say.inAll}</label>
        <input
          id="simulation-units"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          defaultValue={String(usualUnits)}
          onInput={({ currentTarget }) => setExpected(evenly(plan.keySpace, countIn(currentTarget.value)))}
        />
      </div>
      {isOpen && isTooSmall && <p>{say.tooSmall}</p>}
      {isOpen && !isTooSmall && <SimulatedTables plan={plan} expected={expected} change={setExpected} />}
    </details>
  );
}

interface SimulatedTablesProps {
  readonly plan: Plan;
  readonly expected: Figures;
  readonly change: (expected: Figures) => void;
}

function SimulatedTables({ plan: { keySpace, epsilon }, expected, change }: SimulatedTablesProps): JSX.Element {
  const { state } = useConsole();
  const { simulation: say } = releaseWords[state.language].terms;
  const { tables, spent, beliefs } = simulate(expected, epsilon);
  const percent = percentIn(state.language);
  return (
    <>
      {tableIds.map((table) => (
        <SimulatedTable
          key={table}
          names={cellNames(table, keySpace, state.language)}
          title={say.tables[table]}
          simulated={tables[table]}
          changeAll={(cells) => change({ ...expected, [table]: cells })}
        />
      ))}
      <p>{say.beliefLead(epsilonText(spent))}</p>
      <ul>
        {beliefs.map(({ before, least, most }) => (
          <li key={before}>{say.belief(percent(before), percent(least), percent(most))}</li>
        ))}
      </ul>
    </>
  );
}

interface SimulatedTableProps {
  readonly names: readonly string[];
  readonly title: string;
  readonly simulated: Simulation["tables"][TableId];
  readonly changeAll: (expected: readonly number[]) => void;
}

function SimulatedTable({ names, title, simulated, changeAll }: SimulatedTableProps): JSX.Element {
  const { state } = useConsole();
  const { simulation: say } = releaseWords[state.language].terms;
  const { cells, meanError, margin } = simulated;
  const oneDigit = new Intl.NumberFormat(state.language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const change = (at: number, units: number): void =>
    changeAll(cells.map(({ expected }, index) => (index === at ? units : expected)));
  return (
    <table class="simulated">
      <caption>
        {title} {say.error(oneDigit.format(meanError), String(margin))}
      </caption>
      <thead>
        <tr>
          {say.columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {cells.map((cell, index) => (
          <SimulatedRow key={names[index]} name={names[index]!} cell={cell} change={(units) => change(index, units)} />
        ))}
      </tbody>
    </table>
  );
}

interface SimulatedRowProps {
  readonly name: string;
  readonly cell: Simulation["tables"][TableId]["cells"][number];
  readonly change: (units: number) => void;
}

function SimulatedRow({ name, cell, change }: SimulatedRowProps): JSX.Element {
  const { state } = useConsole();
  const { simulation: say } = releaseWords[state.language].terms;
  const { expected, relativeError, indistinct } = cell;
  const percent = percentIn(state.language);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <input
          type="text"
          inputMode="numeric"
          autocomplete="off"
          size={6}
          aria-label={say.expectedOf(name)}
          value={String(expected)}
          onInput={({ currentTarget }) => change(countIn(currentTarget.value))}
        />
      </td>
      <td>{relativeError === null ? "" : percent(relativeError)}</td>
      <td>{percent(indistinct)}</td>
    </tr>
  );
}

/** So many in all, spread evenly over the cells of each table. */
function evenly(keySpace: KeySpace, units: number): Figures {
  const of = (table: TableId): readonly number[] => {
    const cells = cellsOf(table, keySpace);
    return cells.map(() => Math.round(units / cells.length));
  };
  return { t1: of("t1"), t2: of("t2") };
}

/** Names of a table's cells in their order: of a category, or of a région and a group. */
function cellNames(table: TableId, keySpace: KeySpace, language: Language): readonly string[] {
  const { taxonomy, geography } = keySpace;
  const groups = new Map(taxonomy.groups.map(({ code, name }) => [code, name[language]]));
  const regions = new Map(geography.regions.map(({ code, name }) => [code, name]));
  if (table === "t1") return taxonomy.categories.map(({ name }) => name[language]);
  return cellsOf(table, keySpace).map((cell) => {
    const [region = "", group = ""] = cell.split(".");
    return `${regions.get(region) ?? region}, ${groups.get(group) ?? group}`;
  });
}

/** A count of at most seven digits; what is none counts as nothing expected. */
function countIn(text: string): number {
  return /^\d{1,7}$/.test(text) ? Number(text) : 0;
}

function percentIn(language: Language): (share: number) => string {
  const [few, many] = [1, 0].map(
    (digits) => new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: digits }),
  );
  return (share) => (share < 0.1 ? few! : many!).format(share);
}
