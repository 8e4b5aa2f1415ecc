import { beforeEach, describe, expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf } from "../../src/base/clock.ts";
import { Fault } from "../../src/base/fault.ts";
import { utf8 } from "../../src/base/bytes.ts";
import { addSignature } from "../../src/envelope/note-sign.ts";
import { acceptErratum, newErratum, offeredErratum } from "../../src/quarter/officer/erratum.ts";
import type { Officer } from "../../src/quarter/officer/officer.ts";
import type { RosterBody } from "../../src/roster/roster.ts";
import { verifyErratum } from "../../src/trends/erratum.ts";
import type { Period } from "../../src/trends/period.ts";
import { HandClock, testBoard, testPerson, type TestPerson } from "../support/board.ts";
import { keysOf } from "../support/quarter.ts";

const period = "2026-Q4" as Period;
const words = { fr: "Une organisation manquait.", en: "One organisation was missing." };
const clock = new HandClock();
const board = testBoard(clock);
const people = ["o1", "o2"].map(testPerson);
const first = board.body.reviewers.find(({ id }) => id === "o1")!;
const roster: RosterBody = {
  ...board.body,
  reviewers: people.map((one) => ({ ...first, id: one.id, ...keysOf(one) })),
};
const verifiers = people.map(({ verifier }) => verifier);

/** Notes of the period by name, as the core shows them. */
let notes: Map<string, Uint8Array>;
beforeEach(() => {
  notes = new Map([["release", utf8("what both signed\n")]]);
});

const request: Officer["way"]["request"] = async (path, init = {}) => {
  if (init.method === "POST") {
    const note = new Uint8Array(init.body as Uint8Array<ArrayBuffer>);
    notes.set(`erratum-${verifyErratum(note, roster.instance, verifiers).number}`, note);
    return new Response(null, { status: 201 });
  }
  const name = new URL(path, "http://localhost").searchParams.get("name");
  if (name === null) return Response.json({ notes: [...notes.keys()].map((one) => ({ period, name: one })) });
  const note = notes.get(name);
  if (note === undefined) throw new Fault("release.absent");
  return new Response(new Uint8Array(note));
};

const [one, other] = people.map((keys: TestPerson): Officer => ({
  way: { request },
  rosters: [roster],
  keys,
  today: dayOf(clock.nowMs()),
  chance: systemChance,
  open: () => Promise.resolve([]),
  keep: { read: () => Promise.resolve(null), write: () => Promise.resolve(), remove: () => Promise.resolve() },
  board: { verifiers: [], threshold: 2 },
  draw: () => Promise.reject(new Fault("bug")),
}));

describe("an erratum between two officers", () => {
  test("is written by one, read and signed by the other; the next one counts on", async () => {
    const note = await newErratum(one!, period, words);
    expect(await offeredErratum(other!, note)).toMatchObject({ period, number: 1, words });
    await acceptErratum(other!, note);
    const next = await newErratum(other!, period, words);
    expect(await offeredErratum(one!, next)).toMatchObject({ number: 2 });
    await acceptErratum(one!, next);
    expect([...notes.keys()]).toEqual(["release", "erratum-1", "erratum-2"]);
  });

  test("is not shown for signing when nobody else signed it, or when another one was handed in meanwhile", async () => {
    const note = await newErratum(one!, period, words);
    await expect(offeredErratum(one!, note)).rejects.toThrow("release.signers");
    await acceptErratum(other!, await newErratum(one!, period, { ...words, en: "Another." }));
    await expect(offeredErratum(other!, note)).rejects.toThrow("release.order");
  });

  test("is of the release that is out, and of no other", async () => {
    const note = await newErratum(one!, period, words);
    notes.set("release", utf8("something else\n"));
    await expect(offeredErratum(other!, note)).rejects.toThrow("release.order");
    notes.delete("release");
    await expect(offeredErratum(other!, note)).rejects.toThrow("release.absent");
    await expect(newErratum(one!, period, words)).rejects.toThrow("release.absent");
  });

  test("holds no number, whoever wrote it", async () => {
    await expect(newErratum(one!, period, { ...words, fr: "Il en manquait 3." })).rejects.toThrow("release.malformed");
    await expect(offeredErratum(other!, utf8("no note"))).rejects.toThrow("note.malformed");
    const stranger = testPerson("o3");
    const note = await newErratum(one!, period, words);
    const signed = addSignature(note, stranger.id, stranger.signing);
    await expect(acceptErratum(other!, signed)).rejects.toThrow("release.signers");
  });
});
