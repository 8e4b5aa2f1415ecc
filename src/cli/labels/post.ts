import { Fault } from "../../base/fault.ts";
import { openPlan, type OpenPlan } from "../../quarter/plan.ts";
import { countedOf, leaveLabels, type Counted } from "../../quarter/labels.ts";
import { parseOptions, required } from "../arguments.ts";
import type { Command, Terminal } from "../command.ts";
import { openReader, readerOptions, signedIn } from "../reader.ts";
import { workerOf } from "../release/worker.ts";
import { periodIn } from "./key.ts";
import { begunCases } from "./led.ts";
import { openPosted } from "./posted.ts";

const options = {
  ...readerOptions,
  period: { type: "string" },
  "dry-run": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

export const labelsPostCommand: Command = {
  name: "labels post",
  purpose: "once a quarter: post the labels of the cases you lead, as tokens, sealed to the release officers",
  help: [
    "gundo labels post --url URL --identity FILE --passphrase-file FILE [--anchors FILE] [--period 2027-Q1] [--dry-run]",
    "                  [--json]",
    "",
    "From each case that you lead: the newest label of the quarter in which it first had a plausible one. Category, région",
    "and two tokens leave, among dummies, in one file of one size; with nothing to say a file goes out too. The server keeps",
    "neither who posted nor when. In the 15 days after a quarter; a demo takes them at any time before the claim.",
    "--dry-run: shows what would leave, and sends nothing. IDENTITY.labels remembers which quarters were posted from here.",
    "The first lead's own post makes the quarter's key, if it is not made yet (gundo labels key).",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const reader = await openReader(values, terminal);
    const posted = openPosted(required(values.identity));
    const asked = values.period === undefined ? null : periodIn(values.period);
    await signedIn(reader, async () => {
      const worker = await workerOf(reader);
      const plan = await openPlan(worker, asked);
      if (plan === null) throw new Fault("release.order");
      const { period } = plan;
      if (posted.has(period) && !values["dry-run"]) return say(terminal, values.json, plan, "already");
      const counted = countedOf(await begunCases(reader), reader.keys.id, period);
      if (values["dry-run"]) return show(terminal, values.json, plan, counted);
      await leaveLabels(worker, plan, counted);
      posted.add(period);
      return say(terminal, values.json, plan, "posted");
    });
    return 0;
  },
};

function say(terminal: Terminal, json: boolean, { period, officers }: OpenPlan, outcome: "posted" | "already"): void {
  const whom = officers.join(" and ");
  const sentences = {
    posted: `${period}: your labels are posted, sealed to ${whom}. Whether there were any, nobody can tell from it.`,
    already: `${period}: your labels were posted from here already; nothing was sent.`,
  };
  terminal.out(json ? JSON.stringify({ period, officers, outcome }) : sentences[outcome]);
}

/** What would leave, in words; units are numbered, since a token needs the quarter's key and says nothing to anybody. */
function show(terminal: Terminal, json: boolean, { period, officers }: OpenPlan, counted: readonly Counted[]): void {
  const units = [...new Set(counted.map(({ unit }) => unit))];
  const rows = counted.map(({ category, place, unit, locality }) => ({
    category,
    region: place.slice(0, 4),
    unit: units.indexOf(unit) + 1,
    place: locality === undefined ? place : "a locality",
  }));
  if (json) return terminal.out(JSON.stringify({ period, officers, rows }));
  terminal.out(`${period}, would leave to ${officers.join(" and ")}, in random order among dummies; nothing was sent:`);
  for (const { category, region, unit, place } of rows)
    terminal.out(`  ${category}  ${region}  token of person ${unit}  token of ${place}`);
  if (rows.length === 0) terminal.out("  no label: a file of dummies");
}
