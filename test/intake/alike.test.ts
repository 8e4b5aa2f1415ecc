import { expect, test } from "vitest";
import type { DeskId, DoorHash, Sealed, SeenHash } from "../../src/base/brand.ts";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { alike } from "../../src/intake/alike.ts";
import type { Acceptance, Posting } from "../../src/intake/core.ts";
import { derivedSeenKeys, seenHashes } from "../../src/intake/seen.ts";
import { HandClock } from "../support/board.ts";

const keys = derivedSeenKeys(new Uint8Array(32), new HandClock());
const posting: Posting = {
  desk: "all" as DeskId,
  sealed: new Uint8Array(1) as Sealed,
  doorHash: new Uint8Array(32) as DoorHash,
};

function recording(answer: Acceptance) {
  const seen: (readonly SeenHash[])[] = [];
  const core = alike(
    {
      accept: async (posted) => {
        seen.push(posted.seen!);
        return answer;
      },
    },
    keys,
    systemChance,
  );
  return { core, seen };
}

test("what has no provider's id gets as many hashes as an id would have, never the same twice", async () => {
  const { core, seen } = recording("stored");
  const real = seenHashes(keys, "africastalking", "an-id");
  await core.accept({ ...posting, seen: real });
  for (let times = 0; times < 3; times++) await core.accept(posting);
  expect(seen[0]).toEqual(real);
  for (const hashes of seen) expect(hashes.map(({ length }) => length)).toEqual([32, 32]);
  expect(new Set(seen.flat().map((hash) => hex(hash))).size).toBe(8);
});

test("a provider's repeat is seen; hashes that only this edge knows can only have been stored by it", async () => {
  const { core } = recording("seen");
  expect(await core.accept({ ...posting, seen: seenHashes(keys, "africastalking", "an-id") })).toBe("seen");
  expect(await core.accept(posting)).toBe("stored");
});
