import { defineConfig } from "vitest/config";

/** The pure rooms' tests alone: no story needs to run, so the demo's people are not made. */
export default defineConfig({
  test: {
    root: ".",
    include: ["test/{envelope,roster,mailbox}/**/*.test.ts"],
    testTimeout: 60_000,
  },
});
