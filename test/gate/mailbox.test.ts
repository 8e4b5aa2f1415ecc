import { setImmediate as nextTurn } from "node:timers/promises";
import { Hono } from "hono";
import { beforeEach, describe, expect, test } from "vitest";
import type { DeskId, Sealed } from "../../src/base/brand.ts";
import { concat } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import type { UnixDay } from "../../src/base/clock.ts";
import { Fault } from "../../src/base/fault.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { shapeOf } from "../../src/envelope/shape.ts";
import { answerAfterMs, mailboxRoutes } from "../../src/gate/mailbox.ts";
import { problemOf } from "../../src/gate/problem.ts";
import { answerBytes, filesIn } from "../../src/intake/mailboxes.ts";
import { mailboxIdOf, type MailboxIdentity, type MailboxRead } from "../../src/mailbox/mailbox.ts";
import { openReply } from "../../src/mailbox/open.ts";
import { HandClock } from "../support/board.ts";
import { sealReply, TestMailboxes, writeBody } from "../support/mailboxes.ts";

const clock = new HandClock();
const identity = newIdentity(systemChance) as MailboxIdentity;
const read = systemChance.bytes(16) as Uint8Array as MailboxRead;
const address = { id: mailboxIdOf(read), recipient: recipientOf(identity) };
const reply = (text: string, day = 20_000) => ({
  desk: "all" as DeskId,
  exclude: [],
  language: "fr",
  day: day as UnixDay,
  text,
});

let held: TestMailboxes;
let waited: number[];
let app: Hono;
beforeEach(() => {
  held = new TestMailboxes();
  waited = [];
  const wait = async (ms: number): Promise<void> => {
    waited.push(ms);
    await nextTurn();
  };
  app = new Hono()
    .route(
      "/",
      mailboxRoutes(held.over(clock), () => null, wait),
    )
    .onError((error) => problemOf(error));
});

const post = (route: string, body: Uint8Array): Promise<Response> =>
  Promise.resolve(app.request(`/mailbox/${route}`, { method: "POST", body: new Uint8Array(body) }));
const readAll = async (right: Uint8Array): Promise<readonly Sealed[]> =>
  filesIn(new Uint8Array(await (await post("read", right)).arrayBuffer()));
const textsIn = (files: readonly Sealed[]): readonly string[] =>
  files.flatMap((file) => openReply(file, identity)?.text ?? []);

describe("reading", () => {
  test("is always four files of one size, of which the real ones open, and those alone", async () => {
    for (let count = 0; count <= 4; count++) {
      const files = await readAll(read);
      expect(files.map(shapeOf)).toEqual(Array.from({ length: 4 }, () => ({ stanzas: 1, sizeClass: 8192 })));
      expect(textsIn(files).toSorted()).toEqual(["a", "b", "c", "d"].slice(0, count));
      expect((await post("write", writeBody(address, reply("abcd"[count] ?? "e")))).status).toBe(201);
    }
  });

  test("gives the newest four", async () => {
    for (const day of [3, 1, 5, 2, 4]) {
      const mailboxes = held.over(new HandClock(`2026-11-0${day}T10:00:00Z`));
      await mailboxes.write(address.id, sealReply(address, reply(String(day))));
    }
    expect(textsIn(await readAll(read)).toSorted()).toEqual(["2", "3", "4", "5"]);
  });

  test("dummies are new each time, and a real file lies in no place of its own", async () => {
    await post("write", writeBody(address, reply("une")));
    const places = new Set<number>();
    const seen = new Set<string>();
    for (let times = 0; times < 60; times++) {
      const files = await readAll(read);
      places.add(files.findIndex((file) => openReply(file, identity) !== null));
      for (const file of files) seen.add(Buffer.from(file).toString("latin1"));
    }
    expect(places).toEqual(new Set([0, 1, 2, 3]));
    expect(seen.size).toBe(1 + 3 * 60);
  });

  test("and forgetting answer after the fixed time, whatever is there, and when the store is away too", async () => {
    await readAll(read);
    await post("write", writeBody(address, reply("une")));
    await readAll(read);
    await post("forget", read);
    await post("forget", read);
    held.away = new Fault("store.unavailable");
    for (const route of ["read", "forget"]) expect((await post(route, read)).status).toBe(503);
    expect(waited).toEqual([1, 2, 3, 4, 5, 6].map(() => answerAfterMs));
  });
});

test("forgetting is 204 without a body whether or not there was anything, and then nothing opens", async () => {
  await post("write", writeBody(address, reply("une")));
  for (let times = 0; times < 2; times++) {
    const answer = await post("forget", read);
    expect([answer.status, await answer.text()]).toEqual([204, ""]);
    expect(textsIn(await readAll(read))).toEqual([]);
  }
});

test("nothing but an age file of one stanza and the first class is taken", async () => {
  const good = writeBody(address, reply("une"));
  const bent = good.slice();
  bent[16] = 0x41;
  expect((await post("write", bent)).status).toBe(422);
  expect(held.answers).toEqual([]);
});

test.each([0, 1, 15, 17, 32, answerBytes, answerBytes + 15, answerBytes + 17, 400_000])(
  "%i bytes are junk to each route: 400 at once",
  async (length) => {
    for (const route of ["write", "read", "forget"])
      expect([route, (await post(route, concat(new Uint8Array(length)))).status]).toEqual([route, 400]);
    expect(waited).toEqual([]);
  },
);

const asks = (): Response => new Response("", { status: 429 });

test("a write is asked for work before its body is judged; reading and forgetting never are", async () => {
  app = new Hono().route(
    "/",
    mailboxRoutes(held.over(clock), asks, async () => undefined),
  );
  expect((await post("write", writeBody(address, reply("une")))).status).toBe(429);
  expect(held.answers).toEqual([]);
  expect([(await post("read", read)).status, (await post("forget", read)).status]).toEqual([200, 204]);
});
