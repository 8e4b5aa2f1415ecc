import { systemChance } from "../../src/base/chance.ts";
import { systemClock } from "../../src/base/clock.ts";
import { ensureDemo } from "../../src/cli/demo/make.ts";
import { demoServerKeys } from "../../src/cli/demo/server-keys.ts";
import { readConfig } from "../../src/config/read.ts";
import { openVault } from "../../src/config/vault.ts";
import { temporaryHome } from "./store.ts";

/** A home with the demo's people, keys and secrets and no database: stretching ten passphrases takes seconds. */
export async function makeDemoHome(): Promise<string> {
  const home = await temporaryHome();
  const reading = readConfig({ GUNDO_HOME: home }, () => null);
  if (!reading.ok) throw new Error("the demo's configuration was refused");
  const { secrets } = reading;
  await ensureDemo(home, () => demoServerKeys(openVault(home), secrets, systemChance), systemClock, systemChance);
  return home;
}
