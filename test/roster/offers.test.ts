import fc from "fast-check";
import { expect, test } from "vitest";
import type { DeskId, ReportId } from "../../src/base/brand.ts";
import { addDays, dayOf, type UnixDay } from "../../src/base/clock.ts";
import { lookDays, offeredTo, roundOf } from "../../src/roster/offers.ts";
import { findDesk } from "../../src/roster/roster.ts";
import { HandClock, testBoard, testRoster } from "../support/board.ts";

const clock = new HandClock();
const today = dayOf(clock.nowMs());
const board = testBoard(clock);
const roster = testRoster(clock, board);
const all = findDesk(roster, "all" as DeskId)!;
const ids = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString("hex") as ReportId);
const laterDays = fc.integer({ min: 0, max: 100 });
const reportOf = (id: ReportId, receivedDay: UnixDay = today) => ({ id, receivedDay });

test("two different reviewers at a time, the same two for two days, then the next two", () => {
  fc.assert(
    fc.property(ids, laterDays, (id, later) => {
      const on = (days: number) => offeredTo(roster, all, reportOf(id), addDays(today, days));
      expect(new Set(on(later)).size).toBe(2);
      const round = later - (later % lookDays);
      expect(on(round + 1)).toEqual(on(round));
      const places = [...on(round), ...on(round + 2)].map((name) => all.reviewers.indexOf(name));
      expect(places.map((place) => (place - places[0]! + 5) % 5)).toEqual([0, 1, 2, 3]);
    }),
  );
});

test("in three rounds everybody of a desk of five was asked, wherever it began", () => {
  fc.assert(
    fc.property(ids, laterDays, (id, later) => {
      const rounds = [0, 2, 4].map((days) => offeredTo(roster, all, reportOf(id), addDays(today, later + days)));
      expect(new Set(rounds.flat())).toEqual(new Set(all.reviewers));
    }),
  );
});

test("a round is a matter of days only: it cannot come twice, and none is left out while a machine was off", () => {
  expect([0, 1, 2, 3, 4, 179].map((days) => roundOf(today, addDays(today, days)))).toEqual([0, 0, 1, 1, 2, 89]);
  expect(roundOf(today, addDays(today, -3))).toBe(0);
});

test("who is out of service is not asked, a desk where one is left asks that one, an empty one nobody", () => {
  const serving = (names: readonly string[]) => {
    const reviewers = board.body.reviewers.map((one) =>
      names.includes(one.id) ? one : { ...one, from: addDays(today, -9), until: addDays(today, -1) },
    );
    return testRoster(clock, { ...board, body: { ...board.body, reviewers } });
  };
  const id = "ffffffff000000000000000000000000" as ReportId;
  expect(offeredTo(serving(["r2", "r4"]), all, reportOf(id), today).toSorted()).toEqual(["r2", "r4"]);
  expect(offeredTo(serving(["r3"]), all, reportOf(id), today)).toEqual(["r3"]);
  expect(offeredTo(serving([]), all, reportOf(id), today)).toEqual([]);
});

test("over ids that are spread evenly each reviewer is first equally often", () => {
  const first = Array.from({ length: 1000 }, (_, number) => {
    const id = `${number.toString(16).padStart(8, "0")}${"0".repeat(24)}` as ReportId;
    return offeredTo(roster, all, reportOf(id), today)[0]!;
  });
  for (const name of all.reviewers) expect(first.filter((one) => one === name)).toHaveLength(200);
});
