import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { DeskId, E164 } from "../../src/base/brand.ts";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf, msPerDay } from "../../src/base/clock.ts";
import { Fault } from "../../src/base/fault.ts";
import { decodeForget } from "../../src/envelope/forget.ts";
import { decodeFrame, type Frame } from "../../src/envelope/frame.ts";
import { sealToNobody } from "../../src/envelope/nobody.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import type { Reply } from "../../src/envelope/reply.ts";
import { decodeReport } from "../../src/envelope/report.ts";
import type { Posting } from "../../src/intake/core.ts";
import { openReadings, readAfterMs } from "../../src/intake/readings.ts";
import { readingsPerPhonePerDay } from "../../src/intake/sources.ts";
import { takeEnd, takeTurn, type PhoneEdge } from "../../src/intake/ussd.ts";
import { deriveMailbox, type Mailbox } from "../../src/mailbox/mailbox.ts";
import { evaluate } from "../../src/mailbox/oprf.ts";
import { oprfKeyOf, type OprfKey } from "../../src/mailbox/oprf-key.ts";
import { newReceipt, type Receipt } from "../../src/mailbox/receipt.ts";
import { HandClock, testBoard, testRoster } from "../support/board.ts";
import { sealReply, TestMailboxes } from "../support/mailboxes.ts";
import { callFrom, MemoryCore, phoneEdge } from "../support/phone.ts";

const clock = new HandClock();
const board = testBoard(clock);
const roster = testRoster(clock, board);
const current = oprfKeyOf(systemChance.bytes(32));
const previous = oprfKeyOf(systemChance.bytes(32));
const from = "+22370000001" as E164;
const today = dayOf(clock.nowMs());
const receipt = newReceipt(systemChance);
const wrong = newReceipt(systemChance);

const noAnswer = "CON Pas encore de reponse.\n1 Ecrire encore\n2 Oublier";
const after = "CON 1 Ecrire encore\n2 Oublier";

let core: MemoryCore;
let held: TestMailboxes;
let edge: PhoneEdge;
let waited: number[];

async function wait(ms: number): Promise<void> {
  waited.push(ms);
  // Other timers, the thread pool's answers among them, come first.
  for (let turns = 0; turns < 3; turns++) await nextTurn();
}

function newEdge(keys: { current: OprfKey; previous: OprfKey | null } = { current, previous: null }): PhoneEdge {
  return phoneEdge({ core, held, roster, clock, oprfKeys: keys, seenKey: new Uint8Array(32), wait });
}

beforeEach(() => {
  core = new MemoryCore();
  held = new TestMailboxes();
  waited = [];
  edge = newEdge();
});

const turn = (sessionId: string, answers: readonly string[], at = edge) =>
  takeTurn(at, { kind: "ussdTurn", ...callFrom(from, sessionId, answers.join("*")) });
const end = (sessionId: string, answers: readonly string[], at = edge) =>
  takeEnd(at, { kind: "ussdEnd", complete: false, ...callFrom(from, sessionId, answers.join("*")) });

/** Every screen of a session dialled key by key. */
async function dial(sessionId: string, answers: readonly string[], at = edge): Promise<readonly string[]> {
  const screens: string[] = [];
  for (let count = 0; count <= answers.length; count++)
    screens.push(await turn(sessionId, answers.slice(0, count), at));
  return screens;
}

const boxOf = (key: OprfKey, digits: Receipt = receipt): Promise<Mailbox> =>
  deriveMailbox(digits, evaluate(key, digits));

async function answer(text: string, rest: Partial<Reply> = {}, key = current): Promise<void> {
  const mailbox = await boxOf(key);
  const reply = { desk: "all" as DeskId, exclude: [], language: "fr", day: today, text, ...rest };
  await held.hold({ id: mailbox.id, day: reply.day, sealed: sealReply(mailbox, reply) });
}

function frameFor(person: number, posting: Posting): Frame {
  return decodeFrame(open(posting.sealed, board.people[person]!.identity, nodeDecapsulator, person));
}

describe("reading by dialling", () => {
  test("a wrong code and an empty box are one screen; each is one reading of one mailbox, in the fixed time", async () => {
    expect((await dial("wrong", ["2", wrong])).at(-1)).toBe(noAnswer);
    await answer("Merci");
    await held.forget((await boxOf(current)).id);
    held.asked.splice(0);
    waited.splice(0);
    clock.advanceMs(1_000);
    expect((await dial("empty", ["2", receipt])).at(-1)).toBe(noAnswer);
    expect(held.asked).toEqual([hex((await boxOf(current)).id)]);
    expect(new Set(waited)).toEqual(new Set([readAfterMs]));
  });

  test("answers come newest first, all pages, and the box is read once a session", async () => {
    await answer("Ancienne", { day: addDays(today, -3) });
    await answer("Nouvelle");
    const screens = await dial("full", ["2", receipt, "1", "1"]);
    expect(screens.slice(2)).toEqual([
      "CON Reponse du 23/11:\nNouvelle\n1 Suite",
      "CON Reponse du 20/11:\nAncienne\n1 Suite",
      after,
    ]);
    expect(held.asked).toHaveLength(1);
  });

  test("two answers of one day have one order, wherever they lie", async () => {
    await answer("b");
    await answer("a");
    const first = await dial("one", ["2", receipt, "1"]);
    for (let times = 0; times < 5; times++) expect(await dial(`again-${times}`, ["2", receipt, "1"])).toEqual(first);
  });

  test("an acknowledgement without an answer says that the report was taken; with one it says nothing", async () => {
    await answer("");
    expect((await dial("taken", ["2", receipt])).at(-1)).toMatch(/^CON Bien recu le 23\/11\. Pas encore de reponse\./);
    await answer("Merci");
    expect((await dial("answered", ["2", receipt])).at(-1)).toMatch(/^CON Reponse du 23\/11:\nMerci/);
  });

  test("a file that is nobody's, and one that is no reply, are nothing", async () => {
    const mailbox = await boxOf(current);
    await held.hold({ id: mailbox.id, day: today, sealed: sealToNobody(1, systemChance) });
    expect((await dial("noise", ["2", receipt])).at(-1)).toBe(noAnswer);
  });

  test("a store that is away is said as later, and the repeat of the turn reads", async () => {
    await answer("Merci");
    held.away = new Fault("store.unavailable");
    expect((await dial("away", ["2", receipt])).at(-1)).toMatch(/^END Lecture impossible maintenant/);
    held.away = null;
    expect(await turn("away", ["2", receipt])).toContain("Merci");
  });

  test("what is none of the store's is no later: it is told", async () => {
    held.away = new Fault("bug");
    await dial("bug", ["2"]);
    await expect(turn("bug", ["2", receipt])).rejects.toMatchObject({ code: "bug" });
  });

  test("a phone has its readings a day, whatever they find; others and tomorrow are not touched", async () => {
    for (let times = 0; times < readingsPerPhonePerDay; times++) edge.sources.countReading(from);
    expect(await turn("over", ["2", wrong])).toMatch(/^END Lecture impossible/);
    expect(held.asked).toEqual([]);
    expect(edge.sources.allowsReading("+22370000002" as E164)).toBe(true);
    clock.advanceMs(msPerDay);
    expect(edge.sources.allowsReading(from)).toBe(true);
    clock.advanceMs(-msPerDay);
  });

  test("many at once are answered in turn, and those who would wait too long are told later", async () => {
    const mailbox = await boxOf(current);
    const receipts = { ...edge.receipts, mailboxes: async () => [mailbox] };
    const readings = openReadings({ receipts, mailboxes: held.over(clock), clock, wait: async () => undefined });
    const found = await Promise.all(Array.from({ length: 60 }, () => readings.read(receipt)));
    // Ten a second for five seconds: the first, and fifty behind it.
    expect(found.filter((one) => one === null)).toHaveLength(9);
  });
});

test("no digits with a wrong check digit are ever read, however they are typed", async () => {
  await answer("Merci");
  const readings = { read: () => Promise.reject(new Error("read")), forget: () => Promise.reject(new Error("forgot")) };
  const deaf = { ...edge, readings };
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 15 }), fc.integer({ min: 1, max: 9 }), fc.nat({ max: 9 }), async (at, by, key) => {
      const bent = receipt
        .split("")
        .map((digit, index) => (index === at ? String((Number(digit) + by) % 10) : digit))
        .join("");
      const sessionId = hex(systemChance.bytes(8));
      expect(await turn(sessionId, ["2", bent, String(key)], deaf)).not.toContain("Merci");
    }),
    { numRuns: 300 },
  );
});

describe("writing again", () => {
  test("names the mailbox, goes to the desk that answered, and keeps out whom any reply keeps out", async () => {
    await answer("Où ?", { desk: "gao" as DeskId, exclude: [] });
    await answer("", { day: addDays(today, -1), exclude: [{ rule: "organisation", value: "Hakili" }] });
    const screens = await dial("more", ["2", receipt, "1", "1", "Au pont", "0"]);
    expect(screens.at(-1)).toMatch(/^END Merci, c'est envoye\. Gardez vos deux numeros/);
    const [posting] = core.postings;
    expect(posting!.desk).toBe("gao");
    const gao = board.body.desks.find(({ id }) => id === ("gao" as DeskId))!;
    const reader = board.people.findIndex(({ id }) => gao.reviewers.includes(id));
    const report = decodeReport(frameFor(reader, posting!).body);
    expect(report).toMatchObject({ text: "Au pont", exclude: [{ rule: "organisation", value: "Hakili" }] });
    expect(hex(report.thread!)).toBe(hex((await boxOf(current)).id));
    expect(report.mailbox).toBeUndefined();
  });

  test("a session cut in it is sent with the answer's exclusions; cut at the digits, nothing is read or sent", async () => {
    await answer("Où ?", { exclude: [{ rule: "organisation", value: "Benkadi" }] });
    await dial("cut", ["2", receipt, "1", "1", "Vite"]);
    await end("cut", ["2", receipt, "1", "1", "Vite"]);
    expect(core.postings).toHaveLength(1);
    expect(decodeReport(frameFor(1, core.postings[0]!).body)).toMatchObject({
      text: "Vite",
      exclude: [{ value: "Benkadi" }],
    });
    expect(() => frameFor(0, core.postings[0]!)).toThrow("envelope.unopenable");
    held.asked.splice(0);
    await end("unknown", ["2", receipt]);
    expect(held.asked).toEqual([]);
    expect(core.postings).toHaveLength(1);
  });

  test("a lost note reads again and goes on where it was", async () => {
    await answer("Où ?");
    await dial("lost", ["2", receipt, "1", "1", "Au pont"]);
    const other = newEdge();
    expect(await turn("lost", ["2", receipt, "1", "1", "Au pont", "0"], other)).toMatch(/^END Merci, c'est envoye/);
    expect(core.postings).toHaveLength(1);
    expect(held.asked).toHaveLength(2);
  });

  test("when the answer is gone with the note, no key is taken for another one: nothing is sent", async () => {
    await answer("Où ?", { exclude: [{ rule: "organisation", value: "Benkadi" }] });
    // With the answer: a page, write again, words. Without: write again, nobody is excluded, words.
    const answers = ["2", receipt, "1", "1", "Sur Benkadi"];
    await dial("gone", answers);
    await held.forget((await boxOf(current)).id);
    const other = newEdge();
    expect(await turn("gone", [...answers, "0"], other)).toMatch(/^END .*Refaites le code/);
    await end("gone", answers, newEdge());
    expect(core.postings).toEqual([]);
  });

  test("a cut session that cannot be read now is to be told again", async () => {
    await answer("Où ?");
    await dial("later", ["2", receipt, "1", "1", "Vite"]);
    const other = newEdge();
    held.away = new Fault("store.unavailable");
    await expect(end("later", ["2", receipt, "1", "1", "Vite"], other)).rejects.toMatchObject({
      code: "limit.reached",
    });
    held.away = null;
    await end("later", ["2", receipt, "1", "1", "Vite"], other);
    expect(core.postings).toHaveLength(1);
  });
});

describe("forgetting", () => {
  test("asks the desk to close, deletes the mailbox, and then nothing opens it", async () => {
    await answer("Merci");
    const screens = await dial("forget", ["2", receipt, "1", "2", "1"]);
    expect(screens.at(-1)).toMatch(/^END C'est oublie/);
    expect(held.answers).toEqual([]);
    const frame = frameFor(1, core.postings[0]!);
    expect(frame.kind).toBe("forget");
    expect(hex(decodeForget(frame.body).thread)).toBe(hex((await boxOf(current)).id));
    expect(await turn("forget", ["2", receipt, "1", "2", "1"])).toBe(screens.at(-1));
    expect((await dial("then", ["2", receipt])).at(-1)).toBe(noAnswer);
  });

  test("that fails halfway is done by the repeat, and the desk is asked once", async () => {
    await answer("Merci");
    await dial("half", ["2", receipt, "1", "2"]);
    held.away = new Fault("core.unavailable");
    expect(await turn("half", ["2", receipt, "1", "2", "1"])).toMatch(/^END Pas envoye/);
    held.away = null;
    expect(await turn("half", ["2", receipt, "1", "2", "1"])).toMatch(/^END C'est oublie/);
    expect(held.answers).toEqual([]);
    expect(core.postings).toHaveLength(1);
  });
});

describe("while two keys are live", () => {
  beforeEach(() => {
    edge = newEdge({ current, previous });
  });

  test("both mailboxes are read, whatever the first holds, and forgotten", async () => {
    await answer("Sous l'ancienne", {}, previous);
    const ids = [hex((await boxOf(current)).id), hex((await boxOf(previous)).id)];
    expect((await dial("old", ["2", receipt])).at(-1)).toContain("Sous l'ancienne");
    expect(held.asked).toEqual(ids);
    await answer("Sous la nouvelle");
    held.asked.splice(0);
    const screens = await dial("both", ["2", receipt, "1", "1", "2", "1"]);
    expect(held.asked).toEqual(ids);
    expect(screens.at(-1)).toMatch(/^END C'est oublie/);
    expect(held.answers).toEqual([]);
  });

  test("a follow-up names the mailbox that held something, else the current key's", async () => {
    await answer("Où ?", {}, previous);
    await dial("held", ["2", receipt, "1", "1", "Au pont", "0"]);
    await dial("none", ["2", wrong, "1", "1", "Ici", "0"]);
    const threads = core.postings.map((posting) => hex(decodeReport(frameFor(0, posting).body).thread!));
    expect(threads).toEqual([hex((await boxOf(previous)).id), hex((await boxOf(current, wrong)).id)]);
  });

  test("a new receipt is the current key's", async () => {
    const made = await edge.receipts.forSession("new", () => true);
    const mailbox = await boxOf(current, made!.receipt);
    expect(hex(made!.mailbox.id)).toBe(hex(mailbox.id));
  });
});

test("what was read is overwritten when the session ends", async () => {
  await answer("Merci");
  await dial("kept", ["2", receipt]);
  const { session } = edge.sessions.turn("kept", `2*${receipt}`);
  const { digits, found } = session.reading!;
  const opened = (await found)!;
  expect(opened.rights[0]!.some((byte) => byte !== 0)).toBe(true);
  await end("kept", ["2", receipt]);
  await nextTurn();
  expect([...digits, ...opened.rights.flatMap((right) => [...right])].every((byte) => byte === 0)).toBe(true);
  expect(opened.reading()).toMatchObject({ answers: [{ text: "\0".repeat(5) }] });
  expect(session.reading).toBeNull();
});
