import { describe, expect, test } from "vitest";
import { addDays, dayOf } from "../../src/base/clock.ts";
import { formatVerifierKey, parseVerifierKey } from "../../src/envelope/note.ts";
import {
  deskReviewers,
  findDesk,
  findReviewer,
  mayReview,
  type Reviewer,
  type RosterBody,
} from "../../src/roster/roster.ts";
import { checkRules } from "../../src/roster/rules.ts";
import { HandClock, testBoard } from "../support/board.ts";

const clock = new HandClock();
const { body } = testBoard(clock);
const [all, gao] = body.desks as [RosterBody["desks"][0], RosterBody["desks"][0]];
const [r1, r2] = body.reviewers as [Reviewer, Reviewer];

function withFirst(change: Partial<Reviewer>): RosterBody {
  return { ...body, reviewers: [{ ...r1, ...change }, ...body.reviewers.slice(1)] };
}

describe("one roster by itself", () => {
  test("a desk of two, as many approvals as people, and a lead who reviews are within the rules", () => {
    expect(() => checkRules(body)).not.toThrow();
    expect(() => checkRules({ ...body, desks: [{ ...all, approvals: 5 }, gao] })).not.toThrow();
    expect(() => checkRules(withFirst({ roles: ["review", "lead"] }))).not.toThrow();
  });

  test("every desk is held to the rules, not the first alone", () => {
    const small = { ...gao, reviewers: ["r4"], approvals: 1 };
    expect(() => checkRules({ ...body, desks: [all, small] })).toThrow("roster.deskTooSmall");
    expect(() => checkRules({ ...body, desks: [all, { ...gao, approvals: 3 }] })).toThrow("roster.approvals");
    expect(() => checkRules({ ...body, desks: [all, { ...gao, reviewers: ["r4", "r4"] }] })).toThrow(
      "roster.duplicateId",
    );
    expect(() => checkRules({ ...body, desks: [all, { ...gao, reviewers: ["r4", "r9"] }] })).toThrow(
      "roster.deskMember",
    );
  });

  test("two people may not share a signing key under their two names", () => {
    const verifier = parseVerifierKey(formatVerifierKey("r1", r2.verifier.publicKey))!;
    expect(() => checkRules(withFirst({ verifier }))).toThrow("roster.sharedKey");
  });

  test.each<[string, Reviewer["roles"]]>([
    ["no role", []],
    ["one role twice", ["review", "review"]],
    ["lead alone", ["lead"]],
    ["release and lead", ["release", "lead"]],
    ["release twice", ["release", "release"]],
  ])("a person with %s is refused", (_what, roles) => {
    expect(() => checkRules(withFirst({ roles }))).toThrow("roster.roles");
  });
});

describe("who is in it", () => {
  test("desks and people are found by id, or not", () => {
    expect(findDesk(body, gao.id)).toBe(gao);
    expect(findDesk({ ...body, desks: [all] }, gao.id)).toBeNull();
    expect(findReviewer(body, "r2")).toBe(r2);
    expect(findReviewer(body, "r9")).toBeNull();
  });

  test("a desk's reviewers stand in roster order, whatever the desk's own", () => {
    const turned = { ...gao, reviewers: ["r5", "r4"] };
    expect(deskReviewers(body, turned).map(({ id }) => id)).toEqual(["r4", "r5"]);
  });

  test("a reviewer serves from the first day to the last, an officer reads on none", () => {
    const today = dayOf(clock.nowMs());
    const serving = { ...r1, from: today, until: addDays(today, 1) };
    const reads = [-1, 0, 1, 2].map((days) => mayReview(serving, addDays(today, days)));
    expect(reads).toEqual([false, true, true, false]);
    expect(mayReview({ ...serving, roles: ["release"] }, today)).toBe(false);
  });
});
