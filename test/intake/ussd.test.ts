import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { Fault } from "../../src/base/fault.ts";
import { septets } from "../../src/dialogue/gsm7.ts";
import { decodeForget } from "../../src/envelope/forget.ts";
import { decodeFrame, type Frame } from "../../src/envelope/frame.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { decodeReport, type Report } from "../../src/envelope/report.ts";
import { shapeOf } from "../../src/envelope/shape.ts";
import type { Posting } from "../../src/intake/core.ts";
import { reportsPerPhonePerDay } from "../../src/intake/sources.ts";
import { takeEnd, takeTurn, type PhoneEdge } from "../../src/intake/ussd.ts";
import { deriveMailbox } from "../../src/mailbox/mailbox.ts";
import { evaluate } from "../../src/mailbox/oprf.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { parseReceipt, receiptPlausible } from "../../src/mailbox/receipt.ts";
import { HandClock, testBoard, testRoster } from "../support/board.ts";
import { TestMailboxes } from "../support/mailboxes.ts";
import { callFrom, MemoryCore, phoneEdge } from "../support/phone.ts";

const clock = new HandClock();
const board = testBoard(clock);
const roster = testRoster(clock, board);
const oprfKey = oprfKeyOf(systemChance.bytes(32));
const from = "+22370000001" as E164;

let core: MemoryCore;
let edge: PhoneEdge;
const seenKey = systemChance.bytes(32);
const oprfKeys = { current: oprfKey, previous: null };

function newEdge(shared: MemoryCore): PhoneEdge {
  return phoneEdge({ core: shared, held: new TestMailboxes(), roster, clock, oprfKeys, seenKey });
}

beforeEach(() => {
  core = new MemoryCore();
  edge = newEdge(core);
});

const turn = (sessionId: string, text: string, at = edge) =>
  takeTurn(at, { kind: "ussdTurn", ...callFrom(from, sessionId, text) });
const end = (sessionId: string, text: string, at = edge) =>
  takeEnd(at, { kind: "ussdEnd", complete: false, ...callFrom(from, sessionId, text) });

/** Sends a session turn by turn, each turn twice, and resolves with the last screen. */
async function dial(sessionId: string, answers: readonly string[]): Promise<string> {
  let screen = "";
  for (let count = 0; count <= answers.length; count++) {
    const text = answers.slice(0, count).join("*");
    screen = await turn(sessionId, text);
    expect(await turn(sessionId, text)).toBe(screen);
  }
  return screen;
}

function frameFor(person: number, posting: Posting): Frame {
  return decodeFrame(open(posting.sealed, board.people[person]!.identity, nodeDecapsulator, person));
}

const reportFor = (person: number, posting: Posting): Report => decodeReport(frameFor(person, posting).body);

function receiptOn(screen: string): string {
  return [...screen.matchAll(/\d{8}/g)].map(([digits]) => digits).join("");
}

describe("a report", () => {
  test("the shortest: four answers, five requests, each repeated: one report, one receipt, whose mailbox is inside", async () => {
    const screen = await dial("short", ["1", "1", "Ils passent la nuit", "0"]);
    expect(screen).toMatch(/^END /);
    const receipt = receiptOn(screen);
    expect(receiptPlausible(receipt)).toBe(true);
    expect(core.postings).toHaveLength(1);
    const report = reportFor(0, core.postings[0]!);
    expect(report).toMatchObject({
      channel: "ussd",
      language: "fr",
      text: "Ils passent la nuit",
      answers: {},
      exclude: [],
    });
    const parsed = parseReceipt(receipt)!;
    const { id, recipient } = await deriveMailbox(parsed, evaluate(oprfKey, parsed));
    expect(report.mailbox).toEqual({ id: new Uint8Array(id), recipient });
    expect(report.sourceTag).toEqual(edge.sources.tag(from));
  });

  test("the longest, with a literal star, category, place and danger, is one file of the same shape as the shortest", async () => {
    await dial("short", ["1", "1", "court", "0"]);
    const words = ["Ils cachent 3*4 armes", "pres du puits ".repeat(6), "et reviennent mardi"];
    const screen = await dial("long", ["1", "1", ...words, "1", "1", "2", "7", "3", "1", "0"]);
    expect(screen).toMatch(/^END /);
    const [short, long] = core.postings;
    expect(shapeOf(long!.sealed)).toEqual(shapeOf(short!.sealed));
    const report = reportFor(2, long!);
    expect(report.text).toBe(words.join("\n"));
    expect(report.answers).toEqual({ category: "ARM", place: "ML0703", danger: true });
  });

  test("whoever must not read cannot: people of a place, or an organisation", async () => {
    await dial("place", ["1", "2", "7", "3", "sur mes voisins", "0"]);
    const placed = core.postings[0]!;
    expect(reportFor(0, placed).exclude).toEqual([{ rule: "place", value: "ML0703" }]);
    expect(() => frameFor(4, placed)).toThrow("envelope.unopenable");
    await dial("organisation", ["1", "3", "1", "sur eux", "0"]);
    const named = core.postings[1]!;
    expect(reportFor(1, named).exclude).toEqual([{ rule: "organisation", value: "Benkadi" }]);
    expect(() => frameFor(0, named)).toThrow("envelope.unopenable");
    expect(shapeOf(named.sealed)).toEqual(shapeOf(placed.sealed));
  });

  test("a session cut after words is sent with its exclusions; one cut before is not", async () => {
    await dial("before", ["1", "2", "7", "3"]);
    await end("before", "1*2*7*3");
    expect(core.postings).toEqual([]);
    await dial("after", ["1", "2", "7", "3", "vite, ils arrivent"]);
    await end("after", "1*2*7*3*vite, ils arrivent");
    await end("after", "1*2*7*3*vite, ils arrivent");
    expect(core.postings).toHaveLength(1);
    expect(reportFor(0, core.postings[0]!)).toMatchObject({
      text: "vite, ils arrivent",
      exclude: [{ value: "ML0703" }],
    });
    expect(reportFor(0, core.postings[0]!).mailbox).toBeUndefined();
  });

  test("the end event of a finished session adds nothing, before or after its last turn", async () => {
    const answers = ["1", "1", "bonjour", "0"];
    await dial("finished", answers);
    await end("finished", answers.join("*"));
    expect(core.postings).toHaveLength(1);
    await end("reordered", answers.join("*"));
    await turn("reordered", answers.join("*"));
    expect(core.postings).toHaveLength(2);
  });

  test("many last turns at once: one report, and every screen shows the same receipt", async () => {
    const answers = ["1", "1", "ensemble", "0"];
    for (const count of [0, 1, 2, 3]) await turn("race", answers.slice(0, count).join("*"));
    const screens = await Promise.all(Array.from({ length: 8 }, () => turn("race", answers.join("*"))));
    expect(new Set(screens).size).toBe(1);
    expect(receiptPlausible(receiptOn(screens[0]!))).toBe(true);
    expect(core.postings).toHaveLength(1);
  });

  test("another process that repeats the last turn shows thanks without a number: its receipt would open nothing", async () => {
    const answers = ["1", "1", "ailleurs", "0"];
    await dial("moved", answers);
    const screen = await turn("moved", answers.join("*"), newEdge(core));
    expect(screen).toMatch(/^END /);
    expect(receiptOn(screen)).toBe("");
    expect(core.postings).toHaveLength(1);
  });
});

describe("refusals", () => {
  test("a core that refuses: not sent, said politely; the repeat is sent with the same receipt as ever", async () => {
    const answers = ["1", "1", "plus tard", "0"];
    core.refuses = true;
    const refused = await dial("refused", answers);
    expect(refused).toMatch(/^END .*(envoye|envoyé)/s);
    expect(receiptOn(refused)).toBe("");
    core.refuses = false;
    expect(receiptPlausible(receiptOn(await turn("refused", answers.join("*"))))).toBe(true);
    expect(core.postings).toHaveLength(1);
  });

  test("a phone over its limit is told that nothing was sent", async () => {
    for (let sent = 0; sent < reportsPerPhonePerDay; sent++) edge.sources.count(from);
    const screen = await dial("limit", ["1", "1", "encore", "0"]);
    expect(receiptOn(screen)).toBe("");
    expect(core.postings).toEqual([]);
    await end("limit", "1*1*encore");
    expect(core.postings).toEqual([]);
  });

  test("a receipt is wanted until its report leaves or its caller hangs up, and no longer", async () => {
    const wanted = new Map<string, () => boolean>();
    const forSession = (sessionId: string, isWanted: () => boolean): Promise<null> => {
      wanted.set(sessionId, isWanted);
      return Promise.resolve(null);
    };
    const at = { ...edge, receipts: { ...edge.receipts, forSession } };
    for (const text of ["", "1", "1*1", "1*1*x y"]) for (const call of ["sent", "cut"]) await turn(call, text, at);
    expect([wanted.get("sent")!(), wanted.get("cut")!()]).toEqual([true, true]);
    await turn("sent", "1*1*x y*0", at);
    await end("cut", "1*1*x y", at);
    expect([wanted.get("sent")!(), wanted.get("cut")!()]).toEqual([false, false]);
  });

  test("a receipt that cannot be made costs the number and not the report", async () => {
    const broken = { ...edge, receipts: { ...edge.receipts, forSession: () => Promise.reject(new Fault("bug")) } };
    for (const count of [0, 1, 2, 3]) await turn("none", ["1", "1", "x y", "0"].slice(0, count).join("*"), broken);
    const screen = await turn("none", "1*1*x y*0", broken);
    expect(receiptOn(screen)).toBe("");
    expect(core.postings).toHaveLength(1);
  });
});

test("forgetting asks the desk, sealed, to close what the digits belong to", async () => {
  const receipt = receiptOn(await dial("kept", ["1", "1", "a oublier", "0"]));
  const screen = await dial("forget", ["2", receipt, "2", "1", "1"]);
  expect(screen).toMatch(/^END /);
  const frame = frameFor(1, core.postings[1]!);
  expect(frame.kind).toBe("forget");
  const parsed = parseReceipt(receipt)!;
  const { id } = await deriveMailbox(parsed, evaluate(oprfKey, parsed));
  expect(hex(decodeForget(frame.body).thread)).toBe(hex(id));
});

test("over 10 000 turns of anything, cut, repeated and out of order: always a screen that fits, at most one report each", async () => {
  const answer = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom("1", "2", "3", "0", "7", "9", "98", "00", "") },
    { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
    { weight: 1, arbitrary: fc.constantFrom("1*0", "*", "mots*avec*etoiles", "ߒߞߏ", "x".repeat(90)) },
  );
  const session = fc.array(answer, { maxLength: 9 });
  const order = fc.array(fc.nat({ max: 9 }), { maxLength: 4 });
  let number = 0;
  let dialled = 0;
  await fc.assert(
    fc.asyncProperty(session, order, fc.boolean(), async (answers, again, ended) => {
      const sessionId = `s${number++}`;
      // A fresh phone now and then, so that the daily limit does not end the test's own reports.
      if (number % reportsPerPhonePerDay === 0) edge = newEdge(core);
      const before = core.postings.length;
      const counts = [...Array.from({ length: answers.length + 1 }, (_, count) => count), ...again];
      for (const count of counts) {
        const screen = await turn(sessionId, answers.slice(0, count).join("*"));
        dialled++;
        expect(screen).toMatch(/^(CON|END) /);
        expect(septets(screen) ?? Infinity).toBeLessThanOrEqual(150);
      }
      if (ended) await end(sessionId, answers.join("*"));
      expect(core.postings.length - before).toBeLessThanOrEqual(1);
    }),
    { numRuns: 1500 },
  );
  expect(dialled).toBeGreaterThan(10_000);
});
