import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { evaluationsPerSecond, expectedGuessesPerHit, expectedHitsPerYear } from "../../src/mailbox/guessing.ts";

it("40 guesses a second against 100 000 live mailboxes meet 0.13 a year (envelope.md)", () => {
  expect(evaluationsPerSecond.phones + evaluationsPerSecond.web).toBe(40);
  expect(expectedHitsPerYear(100_000).toFixed(2)).toBe("0.13");
  expect(expectedHitsPerYear(0)).toBe(0);
});

it("the README's table is what the constants give", () => {
  const readme = readFileSync("src/mailbox/README.md", "utf8");
  for (const [shown, live] of [["1 000", 1e3] as const, ["10 000", 1e4] as const, ["100 000", 1e5] as const]) {
    const power = Math.log10(expectedGuessesPerHit(live));
    expect(readme).toContain(`| ${shown} | ${expectedHitsPerYear(live).toPrecision(2)} | 10^${power} |`);
  }
});
