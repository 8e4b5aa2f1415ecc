import { describe, expect, it } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import type { UnixDay, UnixHour } from "../../src/base/clock.ts";
import { newDoor } from "../../src/envelope/door.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import type { Exclusion, Report } from "../../src/envelope/report.ts";
import { conversationsOf, isReadByAllOf, type DatedMessage } from "../../src/roster/conversation.ts";

const recipient = recipientOf(newIdentity(systemChance));
const id = () => systemChance.bytes(16);
const box = (mailbox: Uint8Array) => ({ mailbox: { id: mailbox, recipient } });
const gao: Exclusion = { rule: "place", value: "ML07" };
const jigi: Exclusion = { rule: "organisation", value: "Jigi" };

function report(text: string, day: number, rest: Partial<Report> = {}): DatedMessage {
  const said: Report = {
    channel: "web",
    language: "fr",
    text,
    answers: {},
    receivedHour: 1 as UnixHour,
    exclude: [],
    door: newDoor(systemChance),
    attachments: [],
    ...rest,
  };
  return { receivedDay: day as UnixDay, message: { kind: "report", report: said } };
}

function forget(thread: Uint8Array, day: number): DatedMessage {
  return { receivedDay: day as UnixDay, message: { kind: "forget", forget: { thread, door: newDoor(systemChance) } } };
}

const wordOf = ({ message }: DatedMessage): string => (message.kind === "report" ? message.report.text : "forget");
const told = (messages: readonly DatedMessage[]) =>
  conversationsOf(messages).map(({ first, later }) => [wordOf(first), ...later.map(wordOf)]);

describe("conversations", () => {
  it("are in the order of their first messages, with what follows each, oldest first, however they are listed", () => {
    const [a, b] = [id(), id()];
    const all = [
      report("a3", 5, { thread: a }),
      report("b1", 4, box(b)),
      forget(a, 6),
      report("a2", 3, { thread: a }),
      report("a1", 2, box(a)),
      report("alone", 1),
    ];
    expect(told(all)).toEqual([["b1"], ["a1", "a2", "a3", "forget"], ["alone"]]);
    expect(told([])).toEqual([]);
  });

  it("a follow-up whose first report is gone, or excludes fewer, stands by itself", () => {
    const a = id();
    expect(told([report("later", 2, { thread: id() }), forget(id(), 3)])).toEqual([["later"]]);
    const first = report("first", 1, { ...box(a), exclude: [gao] });
    const narrower = report("narrower", 2, { thread: a, exclude: [gao, jigi] });
    const same = report("same", 2, { thread: a, exclude: [gao] });
    const wider = report("wider", 3, { thread: a });
    expect(told([first, narrower, same, wider])).toEqual([["first", "same", "wider"], ["narrower"]]);
  });

  it("an exchange moves the mailbox, once; what follows the new one belongs to the first", () => {
    const [a, b, c] = [id(), id(), id()];
    const first = report("first", 1, box(a));
    const exchange = report("exchange", 2, { thread: a, ...box(b) });
    const later = report("later", 3, { thread: b });
    expect(conversationsOf([first])).toMatchObject([{ mailbox: { id: a }, exchanges: 0 }]);
    expect(conversationsOf([later, exchange, first])).toMatchObject([{ mailbox: { id: b }, exchanges: 1 }]);
    expect(told([later, exchange, first])).toEqual([["first", "exchange", "later"]]);
    const second = report("second", 4, { thread: a, ...box(c) });
    expect(conversationsOf([second, exchange, first])).toMatchObject([{ mailbox: { id: b }, exchanges: 2 }]);
    const again = report("again", 5, { thread: a, ...box(a) });
    expect(conversationsOf([first, again])).toMatchObject([{ mailbox: { id: a }, exchanges: 0 }]);
  });
});

it("whoever reads the one reads the other exactly when it excludes nobody else", () => {
  expect(isReadByAllOf([], [gao])).toBe(true);
  expect(isReadByAllOf([gao], [jigi, gao])).toBe(true);
  expect(isReadByAllOf([gao], [])).toBe(false);
  expect(isReadByAllOf([{ rule: "organisation", value: gao.value }], [gao])).toBe(false);
});
