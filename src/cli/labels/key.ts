import { Fault } from "../../base/fault.ts";
import { makesQuarterKey, shareQuarterKey } from "../../quarter/key.ts";
import { parsePeriod, periodOf, type Period } from "../../trends/period.ts";
import { parseOptions } from "../arguments.ts";
import type { Command } from "../command.ts";
import { openReader, readerOptions, signedIn } from "../reader.ts";
import { workerOf } from "../release/worker.ts";

const options = {
  ...readerOptions,
  period: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const labelsKeyCommand: Command = {
  name: "labels key",
  purpose: "as the first lead: make the quarter's token key and seal it to every reviewer who has none",
  help: [
    "gundo labels key --url URL --identity FILE --passphrase-file FILE [--anchors FILE] [--period 2027-Q1] [--json]",
    "",
    "Under this key reviewers turn who spoke, and where, into tokens that officers cannot undo. The first lead of the roster",
    "makes it once a quarter; run it again when somebody joins. Without --period: the quarter that today lies in.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const reader = await openReader(values, terminal);
    await signedIn(reader, async () => {
      const worker = await workerOf(reader);
      if (!makesQuarterKey(worker)) throw new Fault("forbidden");
      const period = values.period === undefined ? periodOf(worker.today) : periodIn(values.period);
      const reviewers = await shareQuarterKey(worker, period);
      if (values.json) return terminal.out(JSON.stringify({ period, reviewers }));
      const whom = reviewers.length === 0 ? "everybody had it already" : `sealed to ${reviewers.join(", ")}`;
      return terminal.out(`${period}, the quarter's key: ${whom}`);
    });
    return 0;
  },
};

/** The period of an option. Throws `cli.usage`. */
export function periodIn(text: string): Period {
  const period = parsePeriod(text);
  if (period === null) throw new Fault("cli.usage");
  return period;
}
