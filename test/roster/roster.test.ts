import { describe, expect, it } from "vitest";
import type { DeskId } from "../../src/base/brand.ts";
import { addDays } from "../../src/base/clock.ts";
import { deskReviewers, findDesk, findReviewer, findServing, mayReview } from "../../src/roster/roster.ts";
import { HandClock, testBoard, testRoster } from "../support/board.ts";

const clock = new HandClock();
const roster = testRoster(clock, testBoard(clock));
const [first] = roster.reviewers;
const officer = roster.reviewers.find(({ roles }) => roles.includes("release"))!;

describe("who is in a roster", () => {
  it("is found by id, and nobody else is", () => {
    expect(findReviewer(roster, first!.id)).toBe(first);
    expect(findReviewer(roster, "nobody")).toBeNull();
    expect(findDesk(roster, roster.desks[0]!.id)).toBe(roster.desks[0]);
    expect(findDesk(roster, "none" as DeskId)).toBeNull();
  });

  it("serves from the first day to the last, both included, officers too", () => {
    for (const person of [first!, officer]) {
      expect(findServing(roster, person.id, person.from)).toBe(person);
      expect(findServing(roster, person.id, person.until)).toBe(person);
      expect(findServing(roster, person.id, addDays(person.from, -1))).toBeNull();
      expect(findServing(roster, person.id, addDays(person.until, 1))).toBeNull();
    }
    expect(findServing(roster, "nobody", first!.from)).toBeNull();
  });

  it("reviews while in service, unless it is for releases", () => {
    expect(mayReview(first!, first!.from)).toBe(true);
    expect(mayReview(first!, addDays(first!.from, -1))).toBe(false);
    expect(mayReview(first!, addDays(first!.until, 1))).toBe(false);
    expect(mayReview(officer, officer.from)).toBe(false);
  });

  it("sits at a desk in the roster's order, whatever the desk's own is", () => {
    const [desk] = roster.desks;
    const turned = { ...desk!, reviewers: desk!.reviewers.toReversed() };
    expect(deskReviewers(roster, turned)).toEqual(deskReviewers(roster, desk!));
    expect(deskReviewers(roster, desk!).map(({ id }) => id)).toEqual([...desk!.reviewers]);
  });
});
