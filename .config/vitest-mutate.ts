import { defineConfig } from "vitest/config";

const pureRooms = "{envelope,roster,mailbox,trends,quarter}/**/*";

/**
 * The pure rooms' tests alone: no story needs to run, so the demo's people are not made. `TESTS=trends/noise` runs fewer, by
 * their place under `test/`: whatever they find, all of them find. Left out is what takes minutes for every mutant (millions
 * of draws, every byte of every file), and what reads the sources, which hold all mutants at once here.
 */
export default defineConfig({
  test: {
    root: ".",
    include: [`test/${process.env["TESTS"] ?? pureRooms}.test.ts`],
    exclude: ["attack", "bytes", "google", "integers", "shape", "verdict-words"].map(
      (name) => `test/trends/${name}.test.ts`,
    ),
    testTimeout: 60_000,
  },
});
