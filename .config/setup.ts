import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { systemChance } from "../src/base/chance.ts";
import { systemClock } from "../src/base/clock.ts";
import { ensureDemo } from "../src/cli/demo/make.ts";
import { demoServerKeys } from "../src/cli/demo/server-keys.ts";
import { readConfig } from "../src/config/read.ts";
import { openVault } from "../src/config/vault.ts";

/** Makes the demo's people once for all stories: stretching ten passphrases takes seconds. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), "gundo-template-"));
  await chmod(home, 0o711);
  const reading = readConfig({ GUNDO_HOME: home }, () => null);
  if (!reading.ok) throw new Error("the demo's configuration was refused");
  await ensureDemo(
    home,
    () => demoServerKeys(openVault(home), reading.secrets, systemChance),
    systemClock,
    systemChance,
  );
  project.provide("demoTemplate", home);
  return () => rm(home, { recursive: true });
}
