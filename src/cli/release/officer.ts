import type { Boundary, Officer } from "../../quarter/officer/officer.ts";
import { standings, type OfficerStep } from "../../quarter/officer/standing.ts";
import { systemClock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import type { Period } from "../../trends/period.ts";
import { draw } from "../../trends/release.ts";
import { parseOptions, required } from "../arguments.ts";
import type { Command, ExitCode, Terminal } from "../command.ts";
import { periodIn } from "../labels/key.ts";
import { openReader, readerOptions, signedIn, type ReaderValues } from "../reader.ts";
import { keepIn } from "./keep.ts";
import { workerOf } from "./worker.ts";

/** What every command of an officer takes. */
const officerOptions = {
  ...readerOptions,
  dir: { type: "string" },
  period: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export type OfficerValues = ReaderValues & Readonly<Record<string, string | boolean | undefined>>;

/** Signs in as an officer, runs `act`, signs out whatever happens. `at` is told of each step of a draw. */
export async function asOfficer<T>(
  values: OfficerValues,
  terminal: Terminal,
  act: (officer: Officer) => Promise<T>,
  at?: (boundary: Boundary) => Promise<void>,
): Promise<T> {
  const directory = required(values["dir"] as string | undefined);
  const reader = await openReader(values, terminal);
  return signedIn(reader, async () => {
    const { board, threshold } = reader.trusted.anchors;
    return act({
      ...(await workerOf(reader)),
      keep: keepIn(directory),
      board: { verifiers: board.map(({ verifier }) => verifier), threshold },
      draw: async (drawing) => draw(drawing),
      ...(at !== undefined && { at }),
    });
  });
}

/** What an officer's command is made of. */
interface OfficerCommand {
  readonly name: string;
  readonly purpose: string;
  /** Its own options, as they are typed. */
  readonly usage?: string;
  readonly help: readonly string[];
  readonly options?: Readonly<Record<string, { readonly type: "string" } | { readonly type: "boolean" }>>;
  readonly run: (officer: Officer, values: OfficerValues, terminal: Terminal) => Promise<ExitCode | void>;
}

export function officerCommand({ name, purpose, usage = "", help, options = {}, run }: OfficerCommand): Command {
  const own = ["gundo", name, "--dir DIR [--period 2027-Q1]", usage].filter((part) => part !== "").join(" ");
  return {
    name,
    purpose,
    help: [own, "  --url URL --identity FILE --passphrase-file FILE [--anchors FILE] [--json]", "", ...help].join("\n"),
    run: async (args, terminal) => {
      const values = parseOptions(args, { ...officerOptions, ...options }).values as OfficerValues;
      return (await asOfficer(values, terminal, (officer) => run(officer, values, terminal))) ?? 0;
    },
  };
}

/** The period named, else the earliest one for which this step is next. Rejects with `release.order` when none is. */
export async function periodFor(officer: Officer, { period }: OfficerValues, step: OfficerStep): Promise<Period> {
  if (typeof period === "string") return periodIn(period);
  const next = (await standings(officer, systemClock.nowMs())).find((one) => one.step === step);
  if (next === undefined) throw new Fault("release.order");
  return next.period;
}

/** One line for a person, or one object for a program. */
export function say(terminal: Terminal, { json }: OfficerValues, told: object, sentence: string): void {
  terminal.out(json === true ? JSON.stringify(told) : sentence);
}
