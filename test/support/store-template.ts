import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { systemChance } from "../../src/base/chance.ts";
import { systemClock } from "../../src/base/clock.ts";
import { makeHome } from "../../src/store/embedded/home.ts";
import { startEmbedded } from "../../src/store/embedded/start.ts";
import { openStore } from "../../src/store/open.ts";

const run = promisify(execFile);

/** The variable by which a run of tests names its template to the processes that run them. */
export const storeTemplate = "TEST_STORE_TEMPLATE";

/** Makes `home` a home with a database that is migrated, empty and stopped: `initdb` and migrations take over a second. */
export async function makeStoreTemplate(home: string): Promise<void> {
  await using embedded = await startEmbedded({
    home,
    chance: systemChance,
    clock: systemClock,
    onEvent: () => undefined,
  });
  const store = await openStore({ connection: embedded.connection });
  await store.close();
}

/** Copies the run's database into a home that has none; outside such a run it is left to whoever starts there. */
export async function copyStore(home: string): Promise<void> {
  const template = process.env[storeTemplate];
  if (template === undefined) return;
  const [from, to] = [await makeHome(template), await makeHome(home)];
  await run("cp", ["-a", from.cluster, to.cluster]);
  await run("cp", ["-a", from.password, to.password]);
}
