import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as turn } from "node:timers/promises";
import { systemChance } from "../../src/base/chance.ts";
import { systemClock } from "../../src/base/clock.ts";
import type { Connection } from "../../src/store/connection.ts";
import { startEmbedded, type EmbeddedEvent } from "../../src/store/embedded/start.ts";
import { openStore, type Store } from "../../src/store/open.ts";
import { copyStore } from "./store-template.ts";

export interface TestStore {
  readonly store: Store;
  readonly connection: Connection;
  readonly home: string;
  /** Closes the store, stops the server, removes the home. */
  stop(): Promise<void>;
}

/** A directory for one test that an unprivileged server can reach too. */
export async function temporaryHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "gundo-test-"));
  await chmod(home, 0o711);
  return home;
}

/** A store on an embedded PostgreSQL of its own in a temporary home. */
export async function withStore(onEvent: (event: EmbeddedEvent) => void = () => undefined): Promise<TestStore> {
  const home = await temporaryHome();
  await copyStore(home);
  const embedded = await startEmbedded({ home, chance: systemChance, clock: systemClock, onEvent });
  const store = await openStore({ connection: embedded.connection });
  const stop = async (): Promise<void> => {
    await store.close();
    await embedded.stop();
    await rm(home, { recursive: true });
  };
  return { store, connection: embedded.connection, home, stop };
}

/** The process id of the server that works in a home. */
export async function postmasterOf(home: string): Promise<number> {
  return Number.parseInt(await readFile(join(home, "postgres", "postmaster.pid"), "utf8"), 10);
}

/** Asks again until it is so; the test's own time limit ends a wait in vain. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await turn(10);
}
