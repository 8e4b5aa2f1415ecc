import { existsSync } from "node:fs";
import { join } from "node:path";
import { equal } from "../../base/bytes.ts";
import { isoDay, dayOf, systemClock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { rosterFingerprint } from "../../roster/ceremony/page.ts";
import { deskReviewers, type Anchors, type Roster } from "../../roster/roster.ts";
import { checkChain } from "../../roster/chain.ts";
import { verifyRoster, type RosterMemory, type VerifiedRoster } from "../../roster/verify.ts";
import { anchorsIn } from "../anchors.ts";
import { parseOptions, readInput } from "../arguments.ts";
import type { Command } from "../command.ts";
import { readIfThere } from "../files.ts";
import { formerIn, publishedRoster } from "./keys-directory.ts";
import { memoryBeside } from "./memory.ts";

const options = {
  keys: { type: "string", default: "./keys" },
  note: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const rosterVerifyCommand: Command = {
  name: "roster verify",
  purpose: "check a roster against the board's anchors and show who can read",
  help: [
    "gundo roster verify [--keys DIRECTORY] [--note FILE] [--json]",
    "",
    "Takes anchors.json and roster.note from the directory (./keys), or the note named, which must then be the directory's",
    "or follow it: an older one is refused, and so is one that does not link to it. Works without any network.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const path = values.note ?? join(values.keys, "roster.note");
    if (!existsSync(path)) throw new Fault("roster.missing");
    const { roster, stale } = verifyAgainst(values.keys, anchorsIn(values.keys), readInput(path));
    for (const line of values.json ? [JSON.stringify(summary(roster))] : rosterLines(roster)) terminal.out(line);
    if (stale) terminal.err("gundo: this roster has expired: the board has 30 days from then to renew it");
    return 0;
  },
};

/** Against the highest roster known here: the one in the directory, and what is remembered beside the anchors. */
function verifyAgainst(directory: string, anchors: Anchors, note: Uint8Array): VerifiedRoster {
  const remembered = memoryBeside(join(directory, "anchors.json")).read();
  const present = readIfThere(join(directory, "roster.note"));
  const published = present === null || equal(present, note) ? null : publishedRoster(directory, anchors);
  const memory = [remembered, published].reduce(higher, null);
  const verified = verifyRoster(anchors, note, memory, systemClock.nowMs());
  checkChain(anchors, verified.roster, memory, (serial) => formerIn(directory, serial));
  return verified;
}

function higher(a: RosterMemory | null, b: RosterMemory | null): RosterMemory | null {
  return a === null || (b !== null && b.serial > a.serial) ? b : a;
}

function summary(roster: Roster): object {
  return {
    instance: roster.instance,
    serial: roster.serial,
    expires: isoDay(dayOf(roster.expiresMs)),
    fingerprint: rosterFingerprint(roster),
    desks: roster.desks.map((desk) => ({
      id: desk.id,
      name: desk.name,
      reviewers: deskReviewers(roster, desk).map(({ id, name, organisation }) => ({ id, name, organisation })),
    })),
  };
}

function rosterLines(roster: Roster): readonly string[] {
  return [
    `${roster.instance}, roster ${roster.serial}, until ${isoDay(dayOf(roster.expiresMs))}`,
    `fingerprint ${rosterFingerprint(roster)}`,
    ...roster.desks.flatMap((desk) => [
      `desk ${desk.id} (${desk.name}) is read by:`,
      ...deskReviewers(roster, desk).map((reviewer) => `  ${reviewer.id}  ${reviewer.name}, ${reviewer.organisation}`),
    ]),
  ];
}
