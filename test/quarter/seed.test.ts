import { beforeEach, describe, expect, test } from "vitest";
import type { Sealed } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf } from "../../src/base/clock.ts";
import { Fault } from "../../src/base/fault.ts";
import { decodeFrame, type Frame } from "../../src/envelope/frame.ts";
import { open } from "../../src/envelope/open.ts";
import { nobleDecapsulator } from "../../src/envelope/opener-noble.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import { sealedTo } from "../../src/quarter/key.ts";
import type { Keep, KeptPlace, Officer } from "../../src/quarter/officer/officer.ts";
import { copySeed, newSeed, promisedSeed } from "../../src/quarter/officer/seed.ts";
import { seedHash } from "../../src/trends/commit.ts";
import type { Period } from "../../src/trends/period.ts";
import { HandClock, testBoard, type TestPerson } from "../support/board.ts";

const at = { period: "2026-Q4" as Period, attempt: 1 };
const second = { ...at, attempt: 2 };
const clock = new HandClock();
const { people } = testBoard(clock);
const [own, other] = people;

/** What the core holds for this officer, by kind, and may give back as it likes. */
let held: Map<string, Sealed>;
beforeEach(() => {
  held = new Map();
});

const name = ({ period, attempt, kept }: KeptPlace): string => `${period}/${kept}-${attempt}`;

/** A directory of one's own. */
function directory(): Keep {
  const files = new Map<string, Uint8Array>();
  return {
    read: (place) => Promise.resolve(files.get(name(place)) ?? null),
    write: (place, bytes) => Promise.resolve(void files.set(name(place), bytes)),
    remove: (place) => Promise.resolve(void files.delete(name(place))),
  };
}

const request: Officer["way"]["request"] = async (path, init = {}) => {
  const kind = new URL(path, "http://localhost").searchParams.get("kind")!;
  if (init.method === "POST") {
    held.set(kind, new Uint8Array(init.body as Uint8Array<ArrayBuffer>) as Uint8Array as Sealed);
    return new Response(null, { status: 201 });
  }
  const sealed = held.get(kind);
  if (sealed === undefined) throw new Fault("release.absent");
  return new Response(new Uint8Array(sealed));
};

function officerAt(keep: Keep, person: TestPerson = own!): Officer {
  const frameIn = (sealed: Sealed): Frame | null => {
    try {
      return decodeFrame(open(sealed, person.identity, nobleDecapsulator));
    } catch {
      return null;
    }
  };
  return {
    way: { request },
    rosters: [],
    keys: person,
    today: dayOf(clock.nowMs()),
    chance: systemChance,
    open: (files) => Promise.resolve(files.map(frameIn)),
    keep,
    board: { verifiers: [], threshold: 2 },
    draw: () => Promise.reject(new Fault("bug")),
  };
}

const sealedSeed = (seed: Uint8Array, to = own!): Sealed =>
  sealedTo([recipientOf(to.identity)], { kind: "seed", body: seed }, systemChance);
const lost = (officer: Officer, seed: Uint8Array) => promisedSeed(officer, at, seedHash(seed));

describe("an officer's seed", () => {
  test("begun in one place is there in every other, and each attempt has its own", async () => {
    const seed = await newSeed(officerAt(directory()), at);
    const next = await newSeed(officerAt(directory()), second);
    expect(next).not.toEqual(seed);
    const elsewhere = officerAt(directory());
    expect(await promisedSeed(elsewhere, at, seedHash(seed))).toEqual(seed);
    expect(await promisedSeed(elsewhere, second, seedHash(next))).toEqual(next);
  });

  test("that lies at hand and was not promised yet is the one that is promised", async () => {
    const keep = directory();
    const seed = await newSeed(officerAt(keep), at);
    expect(await newSeed(officerAt(keep), at)).toEqual(seed);
    held.clear();
    expect(await promisedSeed(officerAt(keep), at, seedHash(seed))).toEqual(seed);
  });

  test("is never one that the core puts there: the other officer knows those of former quarters", async () => {
    const former = systemChance.bytes(32);
    held.set("seed", sealedSeed(former));
    expect(await newSeed(officerAt(directory()), at)).not.toEqual(former);
  });

  test("that the core exchanged, or withholds, is taken from where it was made, and else is lost", async () => {
    const keep = directory();
    const seed = await newSeed(officerAt(keep), at);
    held.set("seed", sealedSeed(systemChance.bytes(32)));
    expect(await lost(officerAt(keep), seed)).toEqual(seed);
    await expect(lost(officerAt(directory()), seed)).rejects.toThrow("release.commitment");
    held.delete("seed");
    await expect(lost(officerAt(directory()), seed)).rejects.toThrow("release.commitment");
  });

  test("of before cores kept it is copied there once, and nothing there is replaced", async () => {
    const seed = systemChance.bytes(32);
    const officer = officerAt(directory());
    await copySeed(officer, at, seed);
    const sealed = held.get("seed");
    await copySeed(officer, at, seed);
    expect(held.get("seed")).toEqual(sealed);
    expect(await lost(officer, seed)).toEqual(seed);
  });

  test("of somebody else in the same directory is left alone", async () => {
    const keep = directory();
    const theirs = await newSeed(officerAt(keep, other), at);
    held.clear();
    await expect(newSeed(officerAt(keep), at)).rejects.toThrow("release.commitment");
    expect(await promisedSeed(officerAt(keep, other), at, seedHash(theirs))).toEqual(theirs);
    expect(held.size).toBe(0);
  });
});
