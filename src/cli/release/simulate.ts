import { fromUtf8 } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { epsilonText, parseEpsilon } from "../../trends/epsilon.ts";
import {
  cellsOf,
  epsilons,
  tableIds,
  type Epsilon,
  type Figures,
  type KeySpace,
  type TableId,
} from "../../trends/key-space.ts";
import { simulate, type Simulation } from "../../trends/simulate.ts";
import { parseOptions, readInput } from "../arguments.ts";
import type { Command } from "../command.ts";
import { keySpaceIn } from "./counted.ts";

const options = {
  volumes: { type: "string" },
  units: { type: "string", default: "500" },
  t1: { type: "string" },
  t2: { type: "string" },
  instance: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const releaseSimulateCommand: Command = {
  name: "release simulate",
  purpose: "show a board what an ε would do to its own volumes, before it chooses",
  help: [
    "gundo release simulate [--volumes FILE | --units 500] [--t1 7/20] [--t2 13/20] [--instance FILE] [--json]",
    "",
    "FILE: a line a cell, CAT,120 or ML07.G3,40: what you expect in a quarter; cells that are not in it are expected empty.",
    "--units: so many in all, spread evenly. For each cell how far off its figure will be, and how often the bulletin will have",
    "to say that it is indistinct from zero; then what anybody could learn of one person. Nothing is drawn; no network.",
    "--instance: the server's instance.json, where it has categories of its own.",
  ].join("\n"),
  run: (args, terminal) => {
    const { values } = parseOptions(args, options);
    const epsilon = { t1: epsilonIn(values.t1, epsilons.t1), t2: epsilonIn(values.t2, epsilons.t2) };
    const keySpace = keySpaceIn(values.instance);
    const { volumes, units } = values;
    const expected = volumes === undefined ? evenly(keySpace, units) : volumesIn(keySpace, readInput(volumes));
    const simulation = simulate(expected, epsilon);
    if (values.json) terminal.out(JSON.stringify(simulation));
    else for (const line of linesOf(keySpace, simulation)) terminal.out(line);
    return Promise.resolve(0);
  },
};

function epsilonIn(asked: string | undefined, usual: Epsilon): Epsilon {
  const epsilon = asked === undefined ? usual : parseEpsilon(asked);
  if (epsilon === null) throw new Fault("cli.usage");
  return epsilon;
}

function evenly(keySpace: KeySpace, units: string): Figures {
  if (!/^\d{1,7}$/.test(units)) throw new Fault("cli.usage");
  const [t1, t2] = tableIds.map((table) => {
    const cells = cellsOf(table, keySpace);
    return cells.map(() => Math.round(Number(units) / cells.length));
  });
  return { t1: t1!, t2: t2! };
}

function volumesIn(keySpace: KeySpace, file: Uint8Array): Figures {
  const lines = (fromUtf8(file) ?? "").split("\n").filter((line) => line.trim() !== "");
  const volumes = new Map(lines.map((line) => volumeIn(line)));
  const [t1, t2] = tableIds.map((table) => cellsOf(table, keySpace));
  if ([...volumes.keys()].some((cell) => !t1!.includes(cell) && !t2!.includes(cell))) throw new Fault("cli.usage");
  const of = (cells: readonly string[]): readonly number[] => cells.map((cell) => volumes.get(cell) ?? 0);
  return { t1: of(t1!), t2: of(t2!) };
}

function volumeIn(line: string): readonly [string, number] {
  const [, cell, units] = /^([A-Z0-9.]{3,8}),(\d{1,7})$/.exec(line.trim()) ?? [];
  if (cell === undefined || units === undefined) throw new Fault("cli.usage");
  return [cell, Number(units)];
}

function linesOf(keySpace: KeySpace, { tables, spent, beliefs }: Simulation): readonly string[] {
  return [
    ...tableIds.flatMap((table) => tableLines(cellsOf(table, keySpace), table, tables[table])),
    `Whoever is counted once spends ${epsilonText(spent)} in a quarter. If somebody believed that one person reported:`,
    ...beliefs.map(
      ({ before, least, most }) => `  ${percent(before)} sure before; ${percent(least)} to ${percent(most)} after`,
    ),
  ];
}

const barCells = 20;

function tableLines(
  names: readonly string[],
  table: TableId,
  { epsilon, margin, meanError, cells }: Simulation["tables"][TableId],
): readonly string[] {
  const head = `${table}, ε ${epsilonText(epsilon)}: off by ${meanError.toFixed(1)} on average, 95 % within ±${margin}`;
  const rows = cells.map(({ expected, relativeError, indistinct }, index) => {
    const off = relativeError === null ? "" : `off by ${percent(relativeError)}`;
    const bar = "#".repeat(Math.round(indistinct * barCells)).padEnd(barCells, ".");
    return `  ${names[index]!.padEnd(8)}${String(expected).padStart(6)}  ${bar} ${percent(indistinct)} indistinct  ${off}`;
  });
  return [head, ...rows, ""];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
