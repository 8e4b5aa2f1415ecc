import { systemClock, type UnixMs } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { parseAnchors } from "../../roster/parse.ts";
import { rosterTrust } from "../../roster/release-trust.ts";
import type { Anchors } from "../../roster/roster.ts";
import { flawSentence, periodSentence, proofSentence, warningSentence } from "../../trends/verdict-words.ts";
import { verifyReleases, type ReleasesVerdict } from "../../trends/verify.ts";
import { parseOptions, readInput, required } from "../arguments.ts";
import type { Command, ExitCode, Terminal } from "../command.ts";
import { sentenceOf } from "../says.ts";
import { readFolder } from "./folder.ts";

const options = {
  anchors: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const releaseVerifyCommand: Command = {
  name: "release verify",
  purpose: "verify every published release, without any network",
  help: [
    "gundo release verify DIR --anchors FILE [--json]",
    "",
    "DIR is what gundo release fetch wrote, or a copy of it: rosters/, and a folder for each quarter. Nothing else is needed.",
    "Replays plans, commitments, claims and releases, makes every file again from the signed figures, and names the first",
    "file that was edited, dropped, moved or put there, or that was drawn a second time. FILE comes from your board, not from",
    "whoever gave you DIR.",
    "",
    proofSentence.en,
  ].join("\n"),
  run: (args, terminal) => {
    const { values, positionals } = parseOptions(args, options);
    const [path, ...more] = positionals;
    if (more.length > 0) throw new Fault("cli.usage");
    const anchors = parseAnchors(readInput(required(values.anchors)));
    const verdict = verifyFolder(anchors, readFolder(required(path)), systemClock.nowMs());
    return Promise.resolve(tell(verdict, values.json, terminal));
  },
};

/** What a folder of releases proves by itself, its rosters by the board's anchors. */
export function verifyFolder(anchors: Anchors, files: ReadonlyMap<string, Uint8Array>, nowMs: UnixMs): ReleasesVerdict {
  const rosters = rosterTrust(anchors, files);
  return rosters.ok ? verifyReleases(files, { ...rosters.trust, nowMs }) : rosters;
}

function tell(verdict: ReleasesVerdict, json: boolean, terminal: Terminal): ExitCode {
  if (json) terminal.out(JSON.stringify(verdictJson(verdict)));
  else if (verdict.ok) {
    for (const period of verdict.periods) terminal.out(periodSentence(period).en);
    terminal.out(proofSentence.en);
    for (const warning of verdict.warnings) terminal.err(`gundo: ${warningSentence(warning).en}`);
  } else terminal.err(`gundo: ${refusalOf(verdict)}. Keep this copy, and tell the board.`);
  return verdict.ok ? 0 : 1;
}

function refusalOf({ code, path }: Extract<ReleasesVerdict, { ok: false }>): string {
  const sentence = flawSentence(code)?.en;
  return `${path === "" ? "nothing to verify" : path}: ${sentence === undefined ? sentenceOf(code) : `${sentence} (${code})`}`;
}

function verdictJson(verdict: ReleasesVerdict): object {
  if (!verdict.ok) return verdict;
  const periods = verdict.periods.map(({ plan, claims, release }) => ({
    period: plan.said.period,
    claims,
    released: release !== null,
  }));
  return { ok: true, periods, warnings: verdict.warnings };
}
