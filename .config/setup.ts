import { rm } from "node:fs/promises";
import type { TestProject } from "vitest/node";
import { makeDemoHome } from "../test/support/demo-home.ts";

/** Makes the demo's people once for all stories: stretching ten passphrases takes seconds. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const home = await makeDemoHome();
  project.provide("demoTemplate", home);
  return () => rm(home, { recursive: true });
}
