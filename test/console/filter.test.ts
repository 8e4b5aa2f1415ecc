import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DeskId, Door, ReportId } from "../../src/base/brand.ts";
import type { UnixDay, UnixHour } from "../../src/base/clock.ts";
import { deadlineOf, listed, noFilter, type Filter } from "../../src/console/inbox/filter.ts";
import { isUnread, itemOf, type CaseFacts, type Item } from "../../src/console/inbox/item.ts";
import { folded, holdsAll, wordsSought } from "../../src/console/inbox/search.ts";
import type { Report } from "../../src/envelope/report.ts";

const today = 20_800 as UnixDay;
let last = 0;

function item(part: Partial<Report> = {}, rest: Partial<Item> = {}): Item {
  const report: Report = {
    channel: "sms",
    language: "fr",
    text: "",
    answers: {},
    receivedHour: 0 as UnixHour,
    exclude: [],
    attachments: [],
    door: new Uint8Array(16) as Uint8Array as Door,
    ...part,
  };
  const id = (++last).toString(16).padStart(32, "0") as ReportId;
  const made = itemOf({
    id,
    desk: "all" as DeskId,
    receivedDay: today,
    offeredTo: [],
    content: { kind: "report", report },
  });
  return { ...made, ...rest };
}

const facts = (state: CaseFacts["state"], answerDay = today + 90): CaseFacts => ({
  state,
  seq: 1,
  acknowledgeDay: today,
  answerDay: answerDay as UnixDay,
});

function passing(items: readonly Item[], filter: Partial<Filter>, search = ""): readonly Item[] {
  const byId = new Map(items.map((one) => [one.id, one]));
  return listed(byId, { filter: { ...noFilter, ...filter }, search, today, reviewer: "r1" });
}

describe("search", () => {
  test("accents and case do not matter, every word must be there", () => {
    const found = item({ text: "Des caisses près du puits de MÉNAKA" });
    const other = item({ text: "Rien" });
    expect(passing([found, other], {}, "menaka  puits")).toEqual([found]);
    expect(passing([found, other], {}, "menaka rien")).toEqual([]);
  });

  test("any part of a text finds it, however it is written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(), fc.nat(), (text, from, length) => {
        const letters = Array.from(text);
        const part = letters.slice(from % (letters.length + 1), (from % (letters.length + 1)) + (length % 20)).join("");
        expect(holdsAll(folded(text), wordsSought(part.normalize("NFC")))).toBe(true);
        expect(holdsAll(folded(text), wordsSought(part.normalize("NFD")))).toBe(true);
      }),
    );
  });
});

describe("filters", () => {
  test("each side narrows by its own", () => {
    const gao = item({ answers: { category: "ARM", place: "ML0702", danger: true }, language: "en" });
    const mopti = item({ answers: { category: "DRG", place: "ML05" } }, { offeredTo: ["r1"] });
    const open = item({}, { facts: facts("open") });
    const all = [gao, mopti, open];
    expect(passing(all, { category: "ARM" })).toEqual([gao]);
    expect(passing(all, { place: "ML07" })).toEqual([gao]);
    expect(passing(all, { place: "ML05" })).toEqual([mopti]);
    expect(passing(all, { language: "en" })).toEqual([gao]);
    expect(passing(all, { danger: true })).toEqual([gao]);
    expect(passing(all, { offered: true })).toEqual([mopti]);
    expect(passing(all, { state: "open" })).toEqual([open]);
    expect(passing(all, { state: "waiting" })).toHaveLength(2);
  });

  test("a wish to be forgotten is found by its state, and by no word", () => {
    const base = item();
    const wish: Item = {
      ...base,
      content: {
        kind: "forget",
        forget: { thread: new Uint8Array(16), door: new Uint8Array(16) as Uint8Array as Door },
      },
      sought: "",
    };
    expect(passing([wish], { state: "waiting" })).toEqual([wish]);
    expect(passing([wish], { category: "ARM" })).toEqual([]);
    expect(passing([wish], {}, "x")).toEqual([]);
  });

  test("deadlines: two days to look, the answer's day once it is open, none when it is answered", () => {
    const waiting = (age: number): Item => item({}, { receivedDay: (today - age) as UnixDay });
    expect([0, 2, 3].map((age) => deadlineOf(waiting(age), today))).toEqual(["soon", "soon", "late"]);
    expect(deadlineOf(item({}, { facts: facts("open", today + 4) }), today)).toBe(null);
    expect(deadlineOf(item({}, { facts: facts("open", today + 3) }), today)).toBe("soon");
    expect(deadlineOf(item({}, { facts: facts("open", today - 1) }), today)).toBe("late");
    for (const state of ["answered", "closed"] as const)
      expect(deadlineOf(item({}, { facts: facts(state, today - 1) }), today)).toBe(null);
  });
});

test("unread first, then newest day first, whatever order they came in", () => {
  const kinds = fc.record({ day: fc.integer({ min: 0, max: 5 }), seen: fc.boolean(), taken: fc.boolean() });
  fc.assert(
    fc.property(fc.array(kinds, { maxLength: 12 }), (rows) => {
      const items = rows.map(({ day, seen, taken }) =>
        item({}, { receivedDay: (today - day) as UnixDay, seen, facts: taken ? facts("open") : null }),
      );
      const order = passing(items, {});
      expect(order).toHaveLength(items.length);
      expect(passing(items.toReversed(), {})).toEqual(order);
      for (const [index, one] of order.entries()) {
        const before = order[index - 1];
        if (before === undefined || isUnread(before) !== isUnread(one)) {
          expect(before === undefined || isUnread(before)).toBe(true);
          continue;
        }
        expect(before.receivedDay).toBeGreaterThanOrEqual(one.receivedDay);
      }
    }),
  );
});
