import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { systemChance } from "../../src/base/chance.ts";
import { systemClock } from "../../src/base/clock.ts";
import { ensureDemo } from "../../src/cli/demo/make.ts";
import { demoServerKeys } from "../../src/cli/demo/server-keys.ts";
import { readConfig } from "../../src/config/read.ts";
import { openVault } from "../../src/config/vault.ts";
import { quicken } from "./identity.ts";
import { temporaryHome } from "./store.ts";

/**
 * A home with the demo's people, keys and secrets and no database, identity files quick to open: stretching ten passphrases
 * takes seconds.
 */
export async function makeDemoHome(): Promise<string> {
  const home = await temporaryHome();
  const reading = readConfig({ GUNDO_HOME: home }, () => null);
  if (!reading.ok) throw new Error("the demo's configuration was refused");
  const { secrets } = reading;
  await ensureDemo(home, () => demoServerKeys(openVault(home), secrets, systemChance), systemClock, systemChance);
  await quickenAll(home);
  return home;
}

async function quickenAll(home: string): Promise<void> {
  const groups = ["reviewers", "officers", "board"].map((group) => join(home, "demo", group));
  const files = groups.flatMap((group) => readdirSync(group).map((name) => join(group, name)));
  const waiting = files.filter((file) => file.endsWith(".age"));
  const lane = async (): Promise<void> => {
    for (let identityFile = waiting.pop(); identityFile !== undefined; identityFile = waiting.pop()) {
      const passphrase = readFileSync(identityFile.replace(/age$/, "passphrase"), "utf8").trimEnd();
      await quicken({ identityFile, passphrase });
    }
  };
  // Each takes 256 MiB.
  await Promise.all([lane(), lane()]);
}
