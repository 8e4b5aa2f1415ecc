import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chown, rm } from "node:fs/promises";
import { createInterface } from "node:readline";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemChance } from "../../../src/base/chance.ts";
import { systemClock } from "../../../src/base/clock.ts";
import { codeOf } from "../../../src/base/fault.ts";
import { countArrivals, insertArrival } from "../../../src/store/arrival.ts";
import { findBinaries } from "../../../src/store/embedded/binary.ts";
import { chooseIdentity } from "../../../src/store/embedded/identity.ts";
import { startEmbedded, type EmbeddedEvent } from "../../../src/store/embedded/start.ts";
import { serversIn } from "../../../src/store/embedded/stray.ts";
import { openStore, type Store } from "../../../src/store/open.ts";
import { storeReady } from "../../../src/store/ready.ts";
import { arrival, numberOf, seenUnder } from "../../support/reports.ts";
import { postmasterOf, temporaryHome, until } from "../../support/store.ts";

let home: string;
beforeEach(async () => {
  home = await temporaryHome();
});
afterEach(() => rm(home, { recursive: true, force: true }));

const start = (onEvent: (event: EmbeddedEvent) => void = () => undefined) =>
  startEmbedded({ home, chance: systemChance, clock: systemClock, onEvent });

async function storedNumbers(store: Store): Promise<readonly number[]> {
  const { rows } = await sql<{ door_hash: Uint8Array }>`select door_hash from arrival`.execute(store.db);
  return rows.map((row) => numberOf(row.door_hash)).toSorted((a, b) => a - b);
}

/** Another Gundo: Node with the holder's script, under the given identity or ours. */
async function holder(asUnprivileged = false): Promise<ChildProcess> {
  const args = ["test/support/storeholder.ts", home];
  if (!asUnprivileged) return spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const identity = await chooseIdentity({ ...findBinaries(), postgres: process.execPath }, home);
  const [command, rest] = identity.command(process.execPath, args);
  return spawn(command, rest, { ...identity.user, stdio: ["ignore", "pipe", "inherit"] });
}

/** Reads what the holder says until `enough`. */
async function hear(child: ChildProcess, enough: (said: readonly string[]) => boolean): Promise<readonly string[]> {
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout! })) {
    said.push(line);
    if (enough(said)) break;
  }
  return said;
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}

describe("kill -9", () => {
  test("of PostgreSQL amid inserts: it comes back, and each of 400 repeated until acknowledged is there once", async () => {
    const events: EmbeddedEvent[] = [];
    await using embedded = await start((event) => events.push(event));
    await using store = await openStore({ connection: embedded.connection });
    const acknowledged = new Set<number>();
    const faults = new Set<string>();
    let next = 0;
    const sender = async (): Promise<void> => {
      for (let number = next++; number < 400; number = next++) {
        const one = arrival(number, { seen: seenUnder(number) });
        await until(() =>
          insertArrival(store.db, one).then(
            () => true,
            (error: unknown) => faults.add(codeOf(error)) && false,
          ),
        );
        acknowledged.add(number);
      }
    };
    const senders = Promise.all(Array.from({ length: 8 }, sender));
    await until(() => acknowledged.size >= 100);
    process.kill(await postmasterOf(home), "SIGKILL");
    await senders;
    expect(acknowledged.size).toBe(400);
    expect(await storedNumbers(store)).toEqual(Array.from({ length: 400 }, (_, index) => index));
    expect([...faults]).toEqual(["store.unavailable"]);
    await until(() => events.length === 2);
    expect(events).toEqual(["stopped", "restarted"]);
  });

  test("of PostgreSQL: not ready while it is away, ready again; a stop while it is away leaves nothing", async () => {
    const events: EmbeddedEvent[] = [];
    const embedded = await start((event) => events.push(event));
    const store = await openStore({ connection: embedded.connection });
    expect(await storeReady(store.db)).toBe(true);
    process.kill(await postmasterOf(home), "SIGKILL");
    await until(async () => !(await storeReady(store.db)) || events.includes("restarted"));
    await until(() => storeReady(store.db));
    expect(events).toEqual(["stopped", "restarted"]);
    process.kill(await postmasterOf(home), "SIGKILL");
    await until(() => events.length === 3);
    await store.close();
    await embedded.stop();
    expect(await serversIn(`${home}/postgres`)).toEqual([]);
  });

  test("of Node: the server it leaves is ended, and every acknowledged report is there once", async () => {
    const child = await holder();
    const said = await hear(child, (lines) => lines.length > 60);
    const orphan = await postmasterOf(home);
    await kill(child);
    expect(await serversIn(`${home}/postgres`)).toContain(orphan);
    await using embedded = await start();
    expect(await postmasterOf(home)).not.toBe(orphan);
    await using store = await openStore({ connection: embedded.connection });
    const stored = await storedNumbers(store);
    expect(new Set(stored).size).toBe(stored.length);
    expect(stored).toEqual(expect.arrayContaining(said.slice(1).map(Number)));
    expect(said.length).toBeGreaterThan(60);
  });

  test("of both at once", async () => {
    const child = await holder();
    const said = await hear(child, (lines) => lines.length > 30);
    const server = await postmasterOf(home);
    await kill(child);
    process.kill(server, "SIGKILL");
    await using embedded = await start();
    await using store = await openStore({ connection: embedded.connection });
    expect(await storedNumbers(store)).toEqual(expect.arrayContaining(said.slice(1).map(Number)));
  });
});

describe("one Gundo a home", () => {
  test("a second in the same process, and one in another, are refused; after a stop the home is free", async () => {
    const first = await start();
    expect(await start().catch(codeOf)).toBe("store.inUse");
    const other = await holder();
    expect(await hear(other, (said) => said.length === 1)).toEqual(["store.inUse"]);
    await first.stop();
    await first.stop();
    await (await start()).stop();
  });

  test("a home that another live process has is refused, and its server left alone", async () => {
    const other = await holder();
    await hear(other, (said) => said.includes("open"));
    const server = await postmasterOf(home);
    expect(await start().catch(codeOf)).toBe("store.inUse");
    expect(await postmasterOf(home)).toBe(server);
    await kill(other);
    await (await start()).stop();
  });
});

test("without root: starts, stores, survives, starts again", async () => {
  const owner = (await chooseIdentity({ ...findBinaries(), postgres: process.execPath }, home)).owner;
  await chown(home, owner.uid, owner.gid);
  for (const _ of [1, 2]) {
    const child = await holder(true);
    expect((await hear(child, (said) => said.length > 5))[0]).toBe("open");
    await kill(child);
  }
  await using embedded = await start();
  await using store = await openStore({ connection: embedded.connection });
  expect(await countArrivals(store.db)).toBeGreaterThanOrEqual(5);
});
