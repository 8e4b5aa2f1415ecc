import { join } from "node:path";
import { equal, utf8 } from "../../base/bytes.ts";
import { systemClock, type UnixMs } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { verifyAnchorsChange } from "../../roster/anchors.ts";
import { rosterFingerprint } from "../../roster/ceremony/page.ts";
import { checkChain } from "../../roster/chain.ts";
import type { Anchors, Roster } from "../../roster/roster.ts";
import { anchorsText } from "../../roster/text.ts";
import { verifyRoster, verifySigned } from "../../roster/verify.ts";
import { anchorsIn } from "../anchors.ts";
import { parseOptions, readInput, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { makeDirectory, readIfThere, replaceFile } from "../files.ts";
import { formerIn } from "./keys-directory.ts";

const options = {
  keys: { type: "string" },
  note: { type: "string" },
  "anchors-note": { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const rosterPublishCommand: Command = {
  name: "roster publish",
  purpose: "check a signed roster whole and put it where the server serves it",
  help: [
    "gundo roster publish --note NOTE [--anchors-note NOTE] [--keys DIRECTORY] [--json]",
    "",
    "DIRECTORY is the server's GUNDO_KEYS (that variable, or ./keys). The roster must be signed by enough of the board in its",
    "anchors.json, follow the roster published there, and not have expired; what is refused changes nothing. A running",
    "server takes it within a second. --anchors-note: a change of board that is put in force with its first roster; restart",
    "the server after it.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const directory = values.keys ?? (terminal.environment["GUNDO_KEYS"] || "./keys");
    const note = readInput(required(values.note));
    const former = anchorsIn(directory);
    const change = values["anchors-note"];
    const anchors = change === undefined ? former : verifyAnchorsChange(former, readInput(change));
    const published = publishedBefore(directory, former, note);
    const roster = publishable(directory, anchors, published, note, systemClock.nowMs());
    publish(directory, published, roster.serial, note);
    // Last: until the roster is there, the former board's is the one in force.
    if (change !== undefined) replaceFile(join(directory, "anchors.json"), utf8(anchorsText(anchors)), 0o644);
    const { instance, serial } = roster;
    const spoken = rosterFingerprint(roster);
    terminal.out(
      values.json
        ? JSON.stringify({ instance, serial, fingerprint: spoken })
        : `${instance}, roster ${serial} is published. Fingerprint, to be read aloud: ${spoken}`,
    );
    return 0;
  },
};

interface Published {
  readonly roster: Roster;
  readonly note: Uint8Array;
}

/** What this note would take the place of, or null: nothing yet, or the note itself, when a crash cut its publication short. */
function publishedBefore(directory: string, former: Anchors, note: Uint8Array): Published | null {
  const present = readIfThere(join(directory, "roster.note"));
  if (present === null || equal(present, note)) return null;
  return { roster: verifySigned(former, present), note: present };
}

/** The roster, once it may follow what is published. Throws as `verifyRoster` and `checkChain`; `roster.expired` without grace. */
function publishable(
  directory: string,
  anchors: Anchors,
  published: Published | null,
  note: Uint8Array,
  nowMs: UnixMs,
): Roster {
  const memory = published === null ? null : published.roster;
  const { roster, stale } = verifyRoster(anchors, note, memory, nowMs);
  if (stale) throw new Fault("roster.expired");
  checkChain(anchors, roster, memory, (serial) => formerIn(directory, serial));
  return roster;
}

/** Former notes first: whoever is told of the new roster can then walk back from it. */
function publish(directory: string, former: Published | null, serial: number, note: Uint8Array): void {
  const place = (name: string): string => join(directory, "roster", `${name}.note`);
  makeDirectory(join(directory, "roster"));
  if (former !== null) replaceFile(place(String(former.roster.serial)), former.note, 0o644);
  replaceFile(place(String(serial)), note, 0o644);
  replaceFile(join(directory, "roster.note"), note, 0o644);
}
