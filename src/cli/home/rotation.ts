import { rmSync } from "node:fs";
import { join } from "node:path";
import { equal } from "../../base/bytes.ts";
import type { Chance } from "../../base/chance.ts";
import { openVault, readOrMake, type Vault } from "../../config/vault.ts";
import { oprfKeyOf } from "../../mailbox/oprf-key.ts";
import type { ServerKeys } from "../../roster/ceremony/server.ts";
import type { RosterBody } from "../../roster/roster.ts";
import { seedFile, seedIn } from "./oprf-file.ts";

const current = "OPRF_KEY";
const next = "OPRF_KEY_NEXT";
export const previous = "OPRF_KEY_PREVIOUS";

/**
 * Where a change of the VOPRF key stands. The server goes on with its key until the board has put the next one into a
 * roster that is published: it never holds a key that callers cannot check, whenever it is started.
 */
export type Rotation = "begun" | "waiting" | "switched";

/**
 * One step of the change: makes the next key; or, once the roster names it, puts it in force and keeps the former as the
 * previous one, whose receipts readers still try. What a crash cut short is done again by running it again.
 *
 * Throws `secret.malformed` when a file in `secrets/` is no key.
 */
export function rotateOprfKey(home: string, roster: RosterBody | null, chance: Chance): Rotation {
  const vault = openVault(home);
  const pending = vault.read(next) !== null;
  const seed = seedIn(readOrMake(vault, next, () => seedFile(chance.bytes(32))));
  if (!pending) return "begun";
  if (roster === null || !equal(roster.oprf.current, oprfKeyOf(seed).publicKey)) return "waiting";
  switchTo(vault, seed);
  rmSync(pathIn(home, next));
  return "switched";
}

/** Each step leaves a home that this finishes: the former key is kept before it is replaced, and never by itself. */
function switchTo(vault: Vault, seed: Uint8Array): void {
  const former = seedIn(vault.read(current) ?? new Uint8Array(0));
  if (equal(former, seed)) return;
  vault.write(previous, seedFile(former));
  vault.write(current, seedFile(seed));
}

/** What the board is to put into its next roster: the server's keys, the next VOPRF key where one waits. */
export function announcedKeys(home: string, server: ServerKeys): ServerKeys {
  const waiting = openVault(home).read(next);
  return waiting === null ? server : { ...server, oprf: oprfKeyOf(seedIn(waiting)).publicKey };
}

/** Whether a former key is kept. */
export function hasPrevious(home: string): boolean {
  return openVault(home).read(previous) !== null;
}

/** Destroys the former key: nobody reads what was answered to its receipts from then on. */
export function dropPrevious(home: string): void {
  rmSync(pathIn(home, previous), { force: true });
}

function pathIn(home: string, name: string): string {
  return join(home, "secrets", name);
}
