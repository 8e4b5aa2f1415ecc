import { systemClock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { Decapsulator } from "../envelope/open.ts";
import { sodiumDecapsulator } from "../envelope/opener-sodium.ts";
import type { CaseMemory } from "../roster/case-memory.ts";
import { decryptKeys, type Keys } from "../roster/identity.ts";
import { findReviewer, type Desk, type Roster } from "../roster/roster.ts";
import { trustedAnchors, type TrustedAnchors } from "./anchors.ts";
import { readInput, readPassphrase, required } from "./arguments.ts";
import { openCaseMemory } from "./case/memory.ts";
import { Client } from "./client.ts";
import type { Terminal } from "./command.ts";
import { fetchRoster } from "./roster/fetch.ts";

/** What every command that reads from a server takes. */
export const readerOptions = {
  url: { type: "string" },
  identity: { type: "string" },
  "passphrase-file": { type: "string" },
  anchors: { type: "string" },
} as const;

export type ReaderValues = { readonly [Name in keyof typeof readerOptions]?: string | undefined };

/** A reviewer at a terminal: their keys, a server, and a roster they verified themselves. Not signed in. */
export interface Reader {
  readonly client: Client;
  readonly roster: Roster;
  readonly keys: Keys;
  readonly trusted: TrustedAnchors;
  readonly decapsulator: Decapsulator;
  readonly cases: CaseMemory;
}

/** Rejects as `decryptKeys`, `trustedAnchors` and `fetchRoster`; `cli.usage`. Says when the roster has expired. */
export async function openReader(values: ReaderValues, terminal: Terminal): Promise<Reader> {
  const client = new Client(required(values.url));
  const path = required(values.identity);
  const keys = await decryptKeys(readInput(path), readPassphrase(required(values["passphrase-file"])));
  const trusted = await trustedAnchors(values.anchors, path, () => client.bytes("/keys/anchors.json"), terminal);
  const { roster, stale } = await fetchRoster(client, trusted, systemClock.nowMs());
  if (stale) terminal.err("gundo: the roster has expired: ask the board to renew it");
  const cases = openCaseMemory(`${path}.cases`, keys);
  return { client, roster, keys, trusted, decapsulator: await sodiumDecapsulator(), cases };
}

/** Runs `act` signed in, and signs out again whatever happens. */
export async function signedIn<T>({ client, roster, keys }: Reader, act: () => Promise<T>): Promise<T> {
  await client.signIn(roster.instance, keys);
  try {
    return await act();
  } finally {
    await client.signOut();
  }
}

/** The reader's desks, or the one named. Throws `session.refused` for whoever is not in the roster, `forbidden`. */
export function desksOf({ roster, keys }: Reader, named?: string): readonly Desk[] {
  if (findReviewer(roster, keys.id) === null) throw new Fault("session.refused");
  const own = roster.desks.filter((desk) => desk.reviewers.includes(keys.id));
  const desks = own.filter((desk) => named === undefined || desk.id === named);
  if (desks.length === 0) throw new Fault("forbidden");
  return desks;
}
