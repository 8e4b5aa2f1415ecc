import { beforeEach, describe, expect, test } from "vitest";
import type { Sealed } from "../../src/base/brand.ts";
import { concat } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf } from "../../src/base/clock.ts";
import { Fault } from "../../src/base/fault.ts";
import { Secret } from "../../src/base/secret.ts";
import { decodeFrame, type Frame } from "../../src/envelope/frame.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { open } from "../../src/envelope/open.ts";
import { nobleDecapsulator } from "../../src/envelope/opener-noble.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import { sign } from "../../src/envelope/sign.ts";
import { base64url } from "../../src/base/bytes.ts";
import { makesQuarterKey, readQuarterKey, sealedTo, shareQuarterKey, type Worker } from "../../src/quarter/key.ts";
import type { Way } from "../../src/quarter/way.ts";
import type { RosterBody } from "../../src/roster/roster.ts";
import type { Period } from "../../src/trends/period.ts";
import { encodeQuarterKey, quarterKeyMessage } from "../../src/trends/quarter-key.ts";
import { HandClock, testBoard, type TestPerson } from "../support/board.ts";

const quarter = "2026-Q4" as Period;
const clock = new HandClock();
const board = testBoard(clock);
const [lead, other, third] = board.people;
const roster: RosterBody = {
  ...board.body,
  reviewers: board.body.reviewers.map((one) =>
    ["r1", "r2"].includes(one.id) ? { ...one, roles: ["review", "lead"] } : one,
  ),
};

/** What a server holds, and may say as it likes. */
let held: Map<string, { readonly keyHash: string; readonly sealed: Sealed }>;
beforeEach(() => {
  held = new Map();
});

function wayOf({ id }: TestPerson): Way {
  return {
    request: async (path, init = {}) => {
      const query = new URL(path, "http://localhost").searchParams;
      if (init.method === "POST") {
        const sealed = new Uint8Array(init.body as Uint8Array<ArrayBuffer>) as Uint8Array as Sealed;
        held.set(query.get("reviewer")!, { keyHash: new Headers(init.headers).get("gundo-key-hash")!, sealed });
        return new Response(null, { status: 201 });
      }
      if (path.includes("/holders"))
        return Response.json({ keyHash: [...held.values()][0]?.keyHash ?? null, reviewers: [...held.keys()] });
      const own = held.get(id);
      if (own === undefined) throw new Fault("release.absent");
      return new Response(new Uint8Array(own.sealed));
    },
  };
}

function workerOf(person: TestPerson, rosters: readonly RosterBody[] = [roster]): Worker {
  const frameIn = (sealed: Sealed): Frame | null => decodeFrame(open(sealed, person.identity, nobleDecapsulator));
  return {
    way: wayOf(person),
    rosters,
    keys: person,
    today: dayOf(clock.nowMs()),
    chance: systemChance,
    open: (files) => Promise.resolve(files.map(frameIn)),
  };
}

/** A key that says it is somebody's, signed by whoever likes, left for one reviewer. */
function plant(author: string, signer: TestPerson, to: TestPerson, instance = roster.instance, period = quarter): void {
  const unsigned = encodeQuarterKey({ instance, period, author, key: new Secret(new Uint8Array(32)) });
  const body = concat(unsigned, sign(signer.signing, quarterKeyMessage(unsigned)));
  const sealed = sealedTo([recipientOf(to.identity)], { kind: "quarterlyKey", body }, systemChance);
  held.set(to.id, { keyHash: base64url(sha256(new Uint8Array(32))), sealed });
}

describe("the quarter's key", () => {
  test("is made by the first lead, and each reviewer reads the same; officers have none", async () => {
    expect([lead!, other!, third!].map((person) => makesQuarterKey(workerOf(person)))).toEqual([true, false, false]);
    const reviewers = roster.reviewers.filter(({ roles }) => !roles.includes("release")).map(({ id }) => id);
    expect(await shareQuarterKey(workerOf(lead!), quarter)).toEqual(reviewers);
    const keys = await Promise.all(
      board.people
        .slice(0, 5)
        .map(async (person) => base64url((await readQuarterKey(workerOf(person), quarter))!.reveal())),
    );
    expect(new Set(keys).size).toBe(1);
    expect(held.has("o1")).toBe(false);
  });

  test("is not made anew: whoever joins is given the one there is", async () => {
    await shareQuarterKey(workerOf(lead!), quarter);
    const before = base64url((await readQuarterKey(workerOf(lead!), quarter))!.reveal());
    held.delete("r3");
    expect(await shareQuarterKey(workerOf(lead!), quarter)).toEqual(["r3"]);
    expect(base64url((await readQuarterKey(workerOf(third!), quarter))!.reveal())).toBe(before);
  });

  test("a lead who was never given the key there is makes no second one", async () => {
    await shareQuarterKey(workerOf(lead!), quarter);
    held.delete("r1");
    await expect(shareQuarterKey(workerOf(lead!), quarter)).rejects.toThrow("release.otherKey");
  });

  test("one that a server made up, or somebody who leads nothing, is refused", async () => {
    const stranger = board.board[0]!;
    const refused = expect.objectContaining({ code: "quarterKey.malformed" });
    for (const forge of [
      () => plant("r1", stranger, third!),
      () => plant("r3", third!, third!),
      () => plant(stranger.id, stranger, third!),
      () => plant("r1", lead!, third!, "another-line"),
      () => plant("r1", lead!, third!, roster.instance, "2026-Q3" as Period),
    ]) {
      forge();
      await expect(readQuarterKey(workerOf(third!), quarter)).rejects.toEqual(refused);
    }
    plant("r2", other!, third!);
    expect(await readQuarterKey(workerOf(third!), quarter)).not.toBeNull();
  });

  test("one by a lead who has left since still holds, by the roster they were in", async () => {
    const without = { ...roster, reviewers: roster.reviewers.filter(({ id }) => id !== "r2") };
    plant("r2", other!, third!);
    await expect(readQuarterKey(workerOf(third!, [without]), quarter)).rejects.toThrow("quarterKey.malformed");
    expect(await readQuarterKey(workerOf(third!, [without, roster]), quarter)).not.toBeNull();
  });
});
