import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DeskId } from "../../base/brand.ts";
import { base64url, utf8 } from "../../base/bytes.ts";
import type { Chance } from "../../base/chance.ts";
import { addDays, dayOf, msPerDay, type Clock, type UnixMs } from "../../base/clock.ts";
import { parseVerifierKey, formatVerifierKey, type NoteVerifier } from "../../envelope/note.ts";
import { addSignature, verifierOf } from "../../envelope/note-sign.ts";
import { recipientOf } from "../../envelope/recipient.ts";
import type { ServerKeys } from "../../roster/ceremony/server.ts";
import type { Anchors, RosterBody } from "../../roster/roster.ts";
import { signRoster } from "../../roster/sign.ts";
import { anchorsText } from "../../roster/text.ts";
import { encryptKeys, newKeys, type Keys } from "../../roster/identity.ts";
import { graceDays } from "../../roster/verify.ts";
import { board, boardThreshold, desks, officers, reviewers, type Person } from "./people.ts";

/** How long the demo's roster is good for: a demo has no board to renew it. */
const demoDays = 1825;
// Each takes 256 MiB while its passphrase is stretched.
const filesAtOnce = 2;

/** The private halves a demo keeps in clear reach of whoever tries it; production refuses its anchors by name. */
interface Member {
  readonly keys: Keys;
  readonly passphrase: string;
}

/**
 * Makes `$GUNDO_HOME/demo` as a whole on the first start, or finds it there: a board, five reviewers, two officers,
 * their identity files and the signed roster. What a crash left half made is made anew.
 */
export async function ensureDemo(home: string, server: () => ServerKeys, clock: Clock, chance: Chance): Promise<void> {
  const directory = join(home, "demo");
  if (existsSync(directory)) return;
  const unfinished = `${directory}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  await writeDemo(unfinished, server(), clock, chance);
  renameSync(unfinished, directory);
}

async function writeDemo(directory: string, server: ServerKeys, clock: Clock, chance: Chance): Promise<void> {
  const members = new Map([...reviewers, ...officers, ...board].map(({ id }) => [id, newMember(id, chance)]));
  const instance = `demo-${base64url(chance.bytes(6))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "0")}`;
  const anchors = anchorsOf(instance, members);
  const anchorsJson = utf8(anchorsText(anchors));
  writeKeys(join(directory, "keys"), anchorsJson, signedNote(rosterOf(instance, members, server, clock), members));
  await writePeople(directory, "reviewers", reviewers, members, anchorsJson, chance);
  await writePeople(directory, "officers", officers, members, anchorsJson, chance);
  await writePeople(directory, "board", board, members, anchorsJson, chance);
}

function newMember(id: string, chance: Chance): Member {
  return { keys: newKeys(id, chance), passphrase: base64url(chance.bytes(15)) };
}

function anchorsOf(instance: string, members: ReadonlyMap<string, Member>): Anchors {
  const keyed = board.map(({ id, name }) => {
    const { keys } = members.get(id)!;
    return { id, name, verifier: verifierIn(keys), recipient: recipientOf(keys.identity) };
  });
  return { instance, board: keyed, threshold: boardThreshold, serial: 1 };
}

function rosterOf(
  instance: string,
  members: ReadonlyMap<string, Member>,
  server: ServerKeys,
  clock: Clock,
): RosterBody {
  const issuedMs = clock.nowMs();
  const from = dayOf(issuedMs);
  const inRoster = (person: Person): RosterBody["reviewers"][number] => {
    const { keys } = members.get(person.id)!;
    const until = addDays(from, demoDays + graceDays);
    return { ...person, recipient: recipientOf(keys.identity), verifier: verifierIn(keys), from, until };
  };
  return {
    instance,
    serial: 1,
    previous: new Uint8Array(32),
    issuedMs,
    expiresMs: (issuedMs + demoDays * msPerDay) as UnixMs,
    reviewers: [...reviewers, ...officers].map(inRoster),
    desks: desks.map((desk) => ({ ...desk, id: desk.id as string as DeskId })),
    oprf: { current: server.oprf, previous: null },
    relay: server.relay,
    checkpoint: server.checkpoint,
  };
}

function signedNote(roster: RosterBody, members: ReadonlyMap<string, Member>): Uint8Array {
  const [first, second] = board;
  const note = signRoster(roster, first!.id, members.get(first!.id)!.keys.signing);
  return addSignature(note, second!.id, members.get(second!.id)!.keys.signing);
}

function writeKeys(directory: string, anchors: Uint8Array, note: Uint8Array): void {
  mkdirSync(join(directory, "roster"), { recursive: true });
  writeFileSync(join(directory, "anchors.json"), anchors);
  writeFileSync(join(directory, "roster.note"), note);
  writeFileSync(join(directory, "roster", "1.note"), note);
}

/** Identity files with their passphrases and the anchors beside them, as the CLI looks for them. */
async function writePeople(
  directory: string,
  group: string,
  people: readonly { readonly id: string }[],
  members: ReadonlyMap<string, Member>,
  anchors: Uint8Array,
  chance: Chance,
): Promise<void> {
  const folder = join(directory, group);
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(join(folder, "anchors.json"), anchors);
  for (let first = 0; first < people.length; first += filesAtOnce)
    await Promise.all(
      people.slice(first, first + filesAtOnce).map(async ({ id }) => {
        const { keys, passphrase } = members.get(id)!;
        writeFileSync(join(folder, `${id}.passphrase`), `${passphrase}\n`, { mode: 0o600 });
        writeFileSync(join(folder, `${id}.age`), await encryptKeys(keys, passphrase, chance), { mode: 0o600 });
      }),
    );
}

function verifierIn(keys: Keys): NoteVerifier {
  return parseVerifierKey(formatVerifierKey(keys.id, verifierOf(keys.signing)))!;
}
