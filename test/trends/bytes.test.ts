import fc from "fast-check";
import { expect, test } from "vitest";
import { verifyReleases } from "../../src/trends/verify.ts";
import { filesIn, testQuarters, testTrust } from "../support/releases.ts";

test("any byte of any file of two quarters, changed whichever way, is noticed", () => {
  const files = filesIn(testQuarters(2));
  const all = [...files];
  const flip = fc.record({ file: fc.nat(all.length - 1), at: fc.nat(), bit: fc.nat(7) });
  fc.assert(
    fc.property(flip, ({ file, at: offset, bit }) => {
      const [path, bytes] = all[file]!;
      const changed = Uint8Array.from(bytes);
      changed[offset % bytes.length]! ^= 1 << bit;
      expect(verifyReleases(new Map(files).set(path, changed), testTrust()).ok).toBe(false);
    }),
    { numRuns: 200 },
  );
});
