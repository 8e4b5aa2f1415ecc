import { systemClock } from "../base/clock.ts";
import { decryptKeys, type Keys } from "../roster/identity.ts";
import type { Roster } from "../roster/roster.ts";
import { trustedAnchors } from "./anchors.ts";
import { readInput, readPassphrase, required } from "./arguments.ts";
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

type ReaderValues = { readonly [Name in keyof typeof readerOptions]?: string | undefined };

/** A reviewer at a terminal: their keys, a server, and a roster they verified themselves. Not signed in. */
export interface Reader {
  readonly client: Client;
  readonly roster: Roster;
  readonly keys: Keys;
}

/** Rejects as `decryptKeys`, `trustedAnchors` and `fetchRoster`; `cli.usage`. Says when the roster has expired. */
export async function openReader(values: ReaderValues, terminal: Terminal): Promise<Reader> {
  const client = new Client(required(values.url));
  const path = required(values.identity);
  const keys = await decryptKeys(readInput(path), readPassphrase(required(values["passphrase-file"])));
  const trusted = await trustedAnchors(values.anchors, path, () => client.bytes("/keys/anchors.json"), terminal);
  const { roster, stale } = await fetchRoster(client, trusted, systemClock.nowMs());
  if (stale) terminal.err("gundo: the roster has expired: ask the board to renew it");
  return { client, roster, keys };
}
