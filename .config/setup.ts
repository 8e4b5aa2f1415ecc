import { rm } from "node:fs/promises";
import type { TestProject } from "vitest/node";
import { makeDemoHome } from "../test/support/demo-home.ts";
import { makeStoreTemplate, storeTemplate } from "../test/support/store-template.ts";
import { temporaryHome } from "../test/support/store.ts";

/** Makes once for all files what takes each of them seconds: the demo's people, an empty database, compiled code. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [demo, store, compiled] = [await makeDemoHome(), await temporaryHome(), await temporaryHome()];
  await makeStoreTemplate(store);
  project.provide("demoTemplate", demo);
  process.env[storeTemplate] = store;
  process.env["NODE_COMPILE_CACHE"] = compiled;
  return async () => {
    // A process that a test killed or left may be writing what it compiled.
    for (const home of [demo, store, compiled])
      await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
}
