import { drawRelease } from "../../src/quarter/officer/draw.ts";
import type { Period } from "../../src/trends/period.ts";
import { asOfficer } from "../../src/cli/release/officer.ts";

/**
 * `gundo release draw` in a process of its own, for a test that kills it: it says each boundary as it is reached, and waits for
 * ever at the one named.
 */
const [nowMs, waitsAt, period, values] = process.argv.slice(2);
Date.now = () => Number(nowMs);
const quiet = { out: () => undefined, err: (line: string) => console.error(line), environment: {} };
const forEver = new Promise<void>(() => {
  // Something must be under way, or the process ends.
  setInterval(() => undefined, 60_000);
});
await asOfficer(
  JSON.parse(values!) as Parameters<typeof asOfficer>[0],
  quiet,
  (officer) => drawRelease(officer, period as Period),
  async (boundary) => {
    console.log(boundary);
    if (boundary === waitsAt) await forEver;
  },
);
