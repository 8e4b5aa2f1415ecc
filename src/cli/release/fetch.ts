import { join } from "node:path";
import { equal } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import { noteNames, noteOf } from "../../quarter/way.ts";
import { keptPlan } from "../../trends/plan.ts";
import { filesOf } from "../../trends/publish/publish.ts";
import { contentOf, keptRelease } from "../../trends/release-note.ts";
import type { Period } from "../../trends/period.ts";
import { parseOptions, required } from "../arguments.ts";
import { Client } from "../client.ts";
import type { Command } from "../command.ts";
import { makeDirectory, replaceFile } from "../files.ts";

const options = { url: { type: "string" }, json: { type: "boolean", default: false } } as const;

export const releaseFetchCommand: Command = {
  name: "release fetch",
  purpose: "take everything that is published of releases into a directory, as gundo release verify checks it",
  help: [
    "gundo release fetch DIR --url URL [--json]",
    "",
    "Every roster, every note that is out, and every file of each release: the files follow from a release note, and one that",
    "differs from what the officers signed is refused. Nothing else is believed: gundo release verify DIR checks the rest",
    "without any network.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values, positionals } = parseOptions(args, options);
    const directory = required(positionals[0]);
    const client = new Client(required(values.url));
    const rosters = await fetchRosters(client, directory);
    const names = await noteNames(client);
    for (const { period, name } of names) await fetchNote(client, directory, period, name);
    const released = names.filter(({ name }) => name === "release").map(({ period }) => period);
    for (const period of released) await makeFiles(client, directory, period);
    const told = { directory, rosters, notes: names.length, released };
    const sentence = `${directory}: ${rosters} rosters, ${names.length} notes, released: ${released.join(", ") || "nothing yet"}`;
    terminal.out(values.json ? JSON.stringify(told) : sentence);
    return 0;
  },
};

/** The roster in force and every one before it that the server has: each link is for `verify` to check. */
async function fetchRosters(client: Client, directory: string): Promise<number> {
  makeDirectory(join(directory, "rosters"));
  let count = 0;
  for (let serial = await serialOf(client); serial > 0; serial--) {
    const note = await client.formerNote(serial);
    if (note === null) break;
    replaceFile(join(directory, "rosters", `${serial}.note`), note, 0o644);
    count += 1;
  }
  return count;
}

/** The third line of a roster note is its serial. */
async function serialOf(client: Client): Promise<number> {
  const note = new TextDecoder().decode(await client.bytes("/keys/roster.note"));
  const serial = Number(note.split("\n")[2]);
  if (!Number.isSafeInteger(serial)) throw new Fault("roster.malformed");
  return serial;
}

async function fetchNote(client: Client, directory: string, period: Period, name: string): Promise<void> {
  const note = await noteOf(client, period, name);
  if (note === null) throw new Fault("release.absent");
  makeDirectory(join(directory, period));
  replaceFile(join(directory, period, `${name}.note`), note, 0o644);
}

async function makeFiles(client: Client, directory: string, period: Period): Promise<void> {
  const [plan, release] = await Promise.all(["plan", "release"].map((name) => noteOf(client, period, name)));
  if (!plan || !release) throw new Fault("release.absent");
  const { instance } = instanceIn(plan);
  const said = keptRelease(release, instance);
  for (const { name, bytes } of filesOf(contentOf(keptPlan(plan, instance), said))) {
    const signed = said.files.find((one) => one.name === name);
    if (signed === undefined || !equal(signed.sha256, sha256(bytes))) throw new Fault("release.file");
    replaceFile(join(directory, period, name), bytes, 0o644);
  }
}

/** The second line of every note of a release is the instance. */
function instanceIn(note: Uint8Array): { readonly instance: string } {
  return { instance: new TextDecoder().decode(note).split("\n")[1] ?? "" };
}
