import { hostname } from "node:os";
import { inspect } from "node:util";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf, isoDay, msPerDay, msPerHour, type UnixDay, type UnixMs } from "../../src/base/clock.ts";
import type { Event } from "../../src/base/events.ts";
import { Secret } from "../../src/base/secret.ts";
import { parseDigest } from "../../src/config/digest.ts";
import { insertArrival } from "../../src/store/arrival.ts";
import { digestSender } from "../../src/triage/digest-send.ts";
import { digestTicks, dueAt, isOfficerDay, type Digest } from "../../src/triage/digest.ts";
import { HandClock } from "../support/board.ts";
import { withMailServer, withPostServer, type MailServer, type PostServer } from "../support/catchers.ts";
import { arrival } from "../support/reports.ts";
import { withStore, type TestStore } from "../support/store.ts";

let store: TestStore;
let mailServer: MailServer;
let web: PostServer;
let clock: HandClock;
let events: Event[];
beforeAll(async () => {
  [store, mailServer, web] = await Promise.all([withStore(), withMailServer(), withPostServer()]);
});
afterAll(async () => {
  await mailServer[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
  await store.stop();
});
beforeEach(() => {
  // A Monday that is no day of the officers.
  clock = new HandClock("2026-11-23T06:59:30Z");
  events = [];
});
afterEach(async () => {
  await store.store.db.deleteFrom("digest_turn").execute();
  mailServer.mails.length = 0;
  web.posts.length = 0;
  Object.assign(mailServer, { refuses: false, vanishes: false });
  web.status = 200;
});

const mailTo = (to: string) => ({ kind: "email", to, from: "rappel@example.org" });
const key = new Secret(systemChance.bytes(32));
const plan = (desk: readonly object[], officers: readonly object[] = []) =>
  parseDigest(Buffer.from(JSON.stringify({ hours: [16, 7], desk, officers })));

/** A process of its own, as far as the digest can tell. */
function ticks(rest: Partial<Digest> = {}): () => Promise<void> {
  return digestTicks({
    store: store.store,
    plan: plan([
      mailTo("awa@example.org"),
      { kind: "webhook", url: `${web.url}/hook` },
      { kind: "ntfy", url: `${web.url}/topic` },
    ]),
    send: digestSender(new Secret(mailServer.url)),
    key,
    clock,
    emit: (event) => void events.push(event),
    ...rest,
  });
}

/** Its date and its id are those of the fixed hour. */
const undated = (text: string) =>
  text.replace(/^Date: .{3}, \d\d Nov 2026 (07|16):00:00 \+0000$/m, "Date").replace(/^Message-ID: <\d{8}@/m, "Id");

/** Two days, a tick each ten minutes. */
async function twoDays(
  tick: () => Promise<void>,
  between: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  for (let minutes = 0; minutes < 2 * 24 * 60; minutes += 10) {
    await tick();
    if (minutes % 240 === 0) await between();
    clock.advanceMs(600_000);
  }
}

describe("a reminder", () => {
  test("is the same bytes at every hour of days with and without reports, but for the date of the fixed hour", async () => {
    await twoDays(ticks());
    const quiet = { mails: [...mailServer.mails], posts: [...web.posts] };
    let number = 0;
    await twoDays(ticks(), () => insertArrival(store.store.db, arrival(number++)));
    const mails = mailServer.mails.slice(quiet.mails.length);
    expect([quiet.mails.length, mails.length, quiet.posts.length, web.posts.length]).toEqual([4, 4, 8, 16]);
    expect(new Set(mailServer.mails.map(({ message }) => undated(message))).size).toBe(1);
    expect(new Set(mailServer.mails.map(({ message }) => message.length)).size).toBe(1);
    expect(new Set(mailServer.mails.map(({ said }) => said.join("\n"))).size).toBe(1);
    for (const path of ["/hook", "/topic"])
      expect(new Set(web.posts.filter((post) => post.path === path).map(({ bytes }) => bytes)).size).toBe(1);
    expect(events).toEqual([]);
  });

  test("names no program, no machine and not Gundo, anywhere in what goes out", async () => {
    clock.advanceMs(60_000);
    await ticks()();
    const all = JSON.stringify([mailServer.mails, web.posts]);
    for (const word of ["gundo", "nodemailer", "x-mailer", hostname(), "node"])
      expect([word, all.toLowerCase().includes(word.toLowerCase())]).toEqual([word, false]);
    expect(mailServer.mails[0]!.said).toEqual([
      "EHLO [127.0.0.1]",
      "MAIL FROM:<rappel@example.org>",
      "RCPT TO:<awa@example.org>",
      "DATA",
    ]);
    expect(mailServer.mails[0]!.message).toContain("\r\nDate: Mon, 23 Nov 2026 07:00:00 +0000\r\n");
  });

  test("goes to one person a message", async () => {
    clock.advanceMs(60_000);
    const people = ["awa@example.org", "boubacar@example.org", "chata@example.org"];
    await ticks({ plan: plan(people.map(mailTo)) })();
    expect(mailServer.mails.length).toBe(3);
    for (const { said, message } of mailServer.mails) {
      expect(said.filter((line) => line.startsWith("RCPT")).length).toBe(1);
      expect(people.filter((one) => message.includes(one)).length).toBe(1);
    }
  });

  test("goes out once an hour and target, whatever number of processes tick, and none when the clock is set back", async () => {
    clock.advanceMs(60_000);
    await Promise.all(Array.from({ length: 5 }, () => ticks()()));
    await ticks()();
    clock.advanceMs(-2 * msPerHour);
    await ticks()();
    clock.advanceMs(2 * msPerHour);
    await ticks()();
    expect([mailServer.mails.length, web.posts.length]).toEqual([1, 2]);
  });
});

describe("a target that is down", () => {
  test("is tried four times, then left until the next hour; an event without data says so", async () => {
    clock.advanceMs(60_000);
    web.status = 503;
    mailServer.refuses = true;
    for (let minute = 0; minute < 10; minute++) await ticks()();
    expect([web.posts.length, mailServer.mails.length]).toEqual([8, 0]);
    const failed = { event: "failed", part: "digest", code: "digest.unavailable" };
    expect(events).toEqual([failed, failed, failed]);
    Object.assign(mailServer, { refuses: false });
    web.status = 200;
    clock.advanceMs(9 * msPerHour);
    await ticks()();
    expect([web.posts.length, mailServer.mails.length]).toEqual([10, 1]);
  });

  test("and comes back is reminded in the same hour; a redirect is not followed", async () => {
    clock.advanceMs(60_000);
    web.status = 302;
    const tick = ticks({ plan: plan([{ kind: "webhook", url: `${web.url}/hook` }]) });
    await tick();
    web.status = 200;
    await tick();
    await tick();
    expect(web.posts.map(({ path }) => path)).toEqual(["/hook", "/hook"]);
    expect(events).toEqual([]);
  });

  test("and may have taken it is not tried again", async () => {
    clock.advanceMs(60_000);
    mailServer.vanishes = true;
    const tick = ticks({ plan: plan([mailTo("awa@example.org")]) });
    await tick();
    await tick();
    expect(mailServer.mails.length).toBe(1);
    expect(events).toEqual([{ event: "failed", part: "digest", code: "digest.unavailable" }]);
  });

  test("keeps nobody else waiting, and nobody at the port is surely not sent", async () => {
    clock.advanceMs(60_000);
    const nobody = digestSender(new Secret("smtp://127.0.0.1:9"));
    const tick = ticks({ send: nobody });
    for (let minute = 0; minute < 5; minute++) await tick();
    expect(web.posts.length).toBe(2);
    expect(events.length).toBe(1);
  });
});

describe("officers", () => {
  const officers = plan([mailTo("awa@example.org")], [mailTo("officer@example.org")]);
  const at = (iso: string) =>
    dueAt(officers, Date.parse(iso) as UnixMs).map((one) => inspect(one.kind === "email" ? one.to.reveal() : ""));

  test("are reminded at the first hour of fixed days, by the same message", async () => {
    expect(at("2026-12-24T07:30:00Z").length).toBe(2);
    expect(at("2026-12-24T16:30:00Z").length).toBe(1);
    expect(at("2026-12-25T07:30:00Z").length).toBe(1);
    expect(at("2026-12-24T08:30:00Z").length).toBe(0);
    clock = new HandClock("2026-12-24T07:10:00Z");
    await ticks({ plan: officers })();
    const bodies = mailServer.mails.map(({ message }) => message.replace(/^To: .*$/m, ""));
    expect([bodies.length, new Set(bodies).size]).toEqual([2, 1]);
  });

  test("four times a quarter, in every quarter", () => {
    const first = dayOf(Date.parse("2026-01-01T00:00:00Z") as UnixMs);
    const days = Array.from({ length: 365 }, (_, index) => addDays(first, index))
      .filter(isOfficerDay)
      .map(isoDay);
    expect(days.slice(0, 4)).toEqual(["2026-01-07", "2026-01-21", "2026-02-04", "2026-03-24"]);
    expect(days.length).toBe(16);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), (day) => {
        const year = Array.from({ length: 92 }, (_, index) => (day + index) as UnixDay);
        return year.filter(isOfficerDay).length >= 3 && year.filter(isOfficerDay).length <= 5;
      }),
    );
  });
});

test("whoever has the table learns fixed hours and nothing of whom, though they know every address", async () => {
  clock.advanceMs(60_000);
  await ticks()();
  await ticks({ key: new Secret(systemChance.bytes(32)) })();
  const rows = await store.store.db.selectFrom("digest_turn").selectAll().execute();
  // Under another key the same three targets have other marks: none follows from the address.
  expect(new Set(rows.map(({ mark }) => Buffer.from(mark).toString("hex"))).size).toBe(6);
  expect(new Set(rows.map(({ hour }) => hour % 24))).toEqual(new Set([7]));
  expect(msPerDay).toBe(24 * msPerHour);
});
