import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { systemClock } from "../src/base/clock.ts";
import { tellOperator } from "../src/base/events.ts";
import { codeOf } from "../src/base/fault.ts";
import { processEnvironment } from "../src/config/environment.ts";
import { openKeys } from "../src/config/keys.ts";
import { startFailureText } from "../src/config/refusal.ts";
import { bundleEdge, pinsIn } from "./edge-bundle.ts";

/** Writes `build/edge.js` and what it imports, for the keys in `GUNDO_KEYS`: what `wrangler deploy` uploads. */
try {
  const keys = openKeys(processEnvironment()["GUNDO_KEYS"] ?? "./keys");
  const { outputFiles } = await bundleEdge(pinsIn(keys, systemClock));
  for (const { path, contents } of outputFiles) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, contents);
  }
} catch (error) {
  tellOperator(startFailureText(codeOf(error)));
  process.exitCode = 1;
}
