import * as fc from "fast-check";
import { expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { parseCallback } from "../../src/gateway/africastalking/in.ts";
import type { CallbackKind } from "../../src/gateway/inbound.ts";
import { readReply } from "../../src/simulator/call.ts";
import { drawNumber } from "../../src/simulator/number.ts";
import { newPhone, step, type Act, type Phone, type World } from "../../src/simulator/phone.ts";
import { english } from "../../src/simulator/en.ts";
import { screenOf } from "../../src/simulator/screens.ts";
import type { Post } from "../../src/simulator/post.ts";
import { HandClock } from "../support/board.ts";

const clock = new HandClock();
const world: World = { number: drawNumber(systemChance), clock, chance: systemChance };

/** A phone in a test's hand, with all it ever posted. */
class Held {
  phone: Phone = newPhone;
  readonly posts: Post[] = [];

  do(act: Act): void {
    const { phone, posts } = step(this.phone, act, world);
    this.phone = phone;
    this.posts.push(...posts);
  }

  get last(): Post {
    return this.posts.at(-1)!;
  }

  /** The gateway answers the last turn. */
  answered(body: string, status = 200): void {
    this.do({ act: "reply", sessionId: this.last.id, reply: readReply(status, body) });
  }
}

function calling(): Held {
  const held = new Held();
  held.do({ act: "call", typed: "" });
  held.answered("CON 1 Signaler");
  return held;
}

test("green dials, OK answers, every turn carries all answers; the last screen ends the session with its event", () => {
  const held = calling();
  expect(held.last.fields).toMatchObject({ phoneNumber: world.number, serviceCode: "*384*1234#", text: "" });
  for (const typed of ["1", "1", "des mots * étoilés", "0"]) {
    held.do({ act: "ok", typed });
    if (typed !== "0") held.answered("CON encore");
  }
  expect(held.posts.map(({ fields }) => fields["text"])).toEqual([
    "",
    "1",
    "1*1",
    "1*1*des mots * étoilés",
    "1*1*des mots * étoilés*0",
  ]);
  expect(new Set(held.posts.map(({ id }) => id)).size).toBe(1);
  clock.advanceMs(61_000);
  held.answered("END Merci.");
  expect(held.phone.place).toEqual({ at: "over", screen: "Merci." });
  expect(held.last.kind).toBe("events");
  expect(held.last.fields).toMatchObject({
    status: "Success",
    input: "1*1*des mots * étoilés*0",
    lastAppResponse: "END Merci.",
    hopsCount: "5",
    durationInMillis: "61000",
  });
});

test("red cuts a call, asked or waiting, with one end event; what the gateway then answers is shown to nobody", () => {
  for (const waiting of [false, true]) {
    const held = calling();
    held.do({ act: "ok", typed: "1" });
    if (!waiting) held.answered("CON Qui?");
    held.do({ act: "hangUp" });
    expect(held.phone.place).toEqual({ at: "idle" });
    expect(held.last).toMatchObject({ kind: "events", fields: { status: "Incomplete", input: "1" } });
    const before = held.posts.length;
    held.answered("CON trop tard");
    held.do({ act: "hangUp" });
    expect(held.phone.place).toEqual({ at: "idle" });
    expect(held.posts.length).toBe(before);
  }
});

test("a gateway without a screen ends the session as failed", () => {
  const held = calling();
  held.do({ act: "ok", typed: "1" });
  held.answered("", 0);
  expect(held.phone.place).toEqual({ at: "failed" });
  expect(held.last).toMatchObject({ kind: "events", fields: { status: "Failed", lastAppResponse: "CON 1 Signaler" } });
});

test("an unknown code calls nobody; an empty answer is no answer; while waiting nothing is sent twice", () => {
  const held = new Held();
  held.do({ act: "call", typed: "*100#" });
  expect([held.phone.place, held.posts]).toEqual([{ at: "unknownCode" }, []]);
  held.do({ act: "call", typed: "" });
  held.do({ act: "ok", typed: "1" });
  held.do({ act: "call", typed: "1" });
  expect(held.posts.length).toBe(1);
  held.answered("CON 1 Signaler");
  held.do({ act: "ok", typed: "  " });
  expect(held.posts.length).toBe(1);
});

test("an SMS is written, posted and listed as what became of it", () => {
  const held = new Held();
  for (const typed of ["", "1", "Trois pick-up"]) held.do({ act: "ok", typed });
  expect(held.last).toMatchObject({ kind: "sms", fields: { from: world.number, to: "36033", text: "Trois pick-up" } });
  expect(held.phone.sent).toMatchObject([{ text: "Trois pick-up", state: "sending" }]);
  held.do({ act: "taken", id: held.last.id, ok: true });
  held.do({ act: "ok", typed: "" });
  for (const typed of ["1", "Une autre"]) held.do({ act: "ok", typed });
  held.do({ act: "taken", id: held.last.id, ok: false });
  expect(held.phone.sent.map(({ text, state }) => [text, state])).toEqual([
    ["Une autre", "refused"],
    ["Trois pick-up", "sent"],
  ]);
  held.do({ act: "back" });
  held.do({ act: "back" });
  expect(held.phone.place).toEqual({ at: "idle" });
});

const typed = fc.oneof(fc.constantFrom("", "1", "2", "0", "*384*1234#", "*384*1234*7#"), fc.string());
const acts = fc.oneof(
  fc.record({ act: fc.constantFrom("call" as const, "ok" as const), typed }),
  fc.constantFrom({ act: "back" } as const, { act: "hangUp" } as const),
  fc.record({ act: fc.constant("answered" as const), body: fc.constantFrom("CON a", "END b", "") }),
);

test("whatever is pressed: the driver understands every post, and every session ends with exactly one event", () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 40 }), (pressed) => {
      const held = new Held();
      for (const one of pressed) {
        if (one.act !== "answered") held.do(one);
        else if (held.phone.place.at === "waiting") held.answered(one.body);
      }
      held.do({ act: "hangUp" });
      for (const { kind, fields } of held.posts) expectUnderstood(kind, fields);
      const of = (kind: Post["kind"]): string[] => held.posts.filter((post) => post.kind === kind).map(({ id }) => id);
      expect(of("events")).toEqual([...new Set(of("ussd"))]);
    }),
  );
});

function expectUnderstood(kind: CallbackKind, fields: Readonly<Record<string, string>>): void {
  const form = new URLSearchParams(new URLSearchParams(fields).toString());
  const inbound = parseCallback(kind, form);
  expect(inbound).toMatchObject({ from: world.number, providerId: expect.any(String) as string });
  expect(inbound).toMatchObject({ text: kind === "events" ? fields["input"] : fields["text"] });
}

test("numbers are drawn from the test range and nowhere else", () => {
  for (let drawn = 0; drawn < 500; drawn++) expect(drawNumber(systemChance)).toMatch(/^\+2237000\d{4}$/);
});

test("what was sent to the phone is announced, and read under its messages, the newest first", () => {
  const held = new Held();
  const screen = (): string => screenOf(held.phone, english);
  held.do({ act: "ok", typed: "" });
  held.do({ act: "ok", typed: "3" });
  expect(screen()).toBe("Received SMS\nNone.");
  held.do({ act: "received", texts: ["Where?", "Thank you"] });
  expect(screen()).toBe("Received SMS\n- Thank you\n- Where?");
  held.do({ act: "back" });
  expect(held.phone.place.at).toBe("messages");
  held.do({ act: "back" });
  expect(screen()).toContain(english.newSms);
  held.do({ act: "ok", typed: "" });
  held.do({ act: "ok", typed: "4" });
  expect(held.phone.place.at).toBe("messages");
  held.do({ act: "ok", typed: "1" });
  held.do({ act: "ok", typed: "R Bonjour" });
  expect(held.phone.received).toEqual(["Where?", "Thank you"]);
  expect(held.last.fields["text"]).toBe("R Bonjour");
});
