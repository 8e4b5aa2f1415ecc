import { defineConfig } from "vitest/config";
import { LongestFirst } from "./longest-first.ts";

export default defineConfig({
  test: {
    root: ".",
    include: ["test/**/*.test.ts"],
    globalSetup: ".config/setup.ts",
    sequence: { sequencer: LongestFirst },
    // Stories start real servers and a real browser: more at once than cores only makes them wait on each other.
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // A condition is waited for as long as a busy machine takes; the default of a second only tells that it was busy.
    expect: { poll: { timeout: 30_000 } },
  },
});
