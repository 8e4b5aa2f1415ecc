import { describe, expect, test } from "vitest";
import type { DeskId } from "../../../src/base/brand.ts";
import { systemChance } from "../../../src/base/chance.ts";
import { addDays } from "../../../src/base/clock.ts";
import { recipientOf } from "../../../src/envelope/recipient.ts";
import { changesOf, type Change } from "../../../src/roster/ceremony/changes.ts";
import { nextDraft } from "../../../src/roster/ceremony/draft.ts";
import { changeLines } from "../../../src/roster/ceremony/words.ts";
import type { Desk, Reviewer, RosterBody } from "../../../src/roster/roster.ts";
import { HandClock, testBoard, testPerson, testRoster } from "../../support/board.ts";

const clock = new HandClock();
const made = testBoard(clock);
const former = testRoster(clock, made);
const draft = nextDraft(former, clock.nowMs());
const other = testPerson("r1");

const person = (change: Partial<Reviewer>): RosterBody => ({
  ...draft,
  reviewers: draft.reviewers.map((one) => (one.id === "r1" ? { ...one, ...change } : one)),
});
const desk = (change: Partial<Desk>): RosterBody => ({
  ...draft,
  desks: draft.desks.map((one) => (one.id === "all" ? { ...one, ...change } : one)),
});
const kinds = (next: RosterBody): readonly string[] => changesOf(former, next).map(({ change }) => change);

describe("every difference that a signature would make is told", () => {
  test("nothing but the dates: nothing", () => {
    expect(kinds(draft)).toEqual([]);
    expect(changeLines(former, draft, "en")).toContain("nobody and nothing changes but the dates");
    expect(changeLines(former, draft, "fr")).toContain("rien ni personne ne change, sauf les dates");
  });

  const single: readonly (readonly [string, Change["change"], RosterBody])[] = [
    ["recipient", "keys", person({ recipient: recipientOf(other.identity) })],
    ["signing key", "keys", person({ verifier: other.verifier })],
    ["name", "details", person({ name: "Eve" })],
    ["organisation", "details", person({ organisation: "Autre" })],
    ["short name", "details", person({ organisationShort: "Autre" })],
    ["places", "details", person({ places: [] })],
    ["languages", "details", person({ languages: ["bm"] })],
    ["roles", "details", person({ roles: ["review", "lead"] })],
    ["first day", "service", person({ from: addDays(former.reviewers[0]!.from, 1) })],
    ["last day", "service", person({ until: addDays(former.reviewers[0]!.until, 1) })],
    ["order of people", "order", { ...draft, reviewers: draft.reviewers.toReversed() }],
    ["order of desks", "order", { ...draft, desks: draft.desks.toReversed() }],
    ["desk's name", "deskDetails", desk({ name: "Autre" })],
    ["desk's places", "deskDetails", desk({ places: ["ML01"] })],
    ["desk's approvals", "deskDetails", desk({ approvals: 1 })],
    ["who leaves a desk", "left", desk({ reviewers: ["r2", "r3", "r4", "r5"] })],
    [
      "who joins a desk",
      "joined",
      {
        ...draft,
        desks: draft.desks.map((one) => (one.id === "gao" ? { ...one, reviewers: ["r1", "r4", "r5"] } : one)),
      },
    ],
    ["a desk less", "deskClosed", { ...draft, desks: draft.desks.slice(0, 1) }],
    ["a desk more", "deskOpened", { ...draft, desks: [...draft.desks, { ...draft.desks[0]!, id: "new" as DeskId }] }],
    [
      "a person less",
      "removed",
      { ...draft, reviewers: draft.reviewers.slice(1), desks: desk({ reviewers: ["r2", "r3", "r4", "r5"] }).desks },
    ],
    ["a person more", "admitted", { ...draft, reviewers: [...draft.reviewers, { ...draft.reviewers[0]!, id: "r9" }] }],
    ["VOPRF key", "server", { ...draft, oprf: { current: systemChance.bytes(32), previous: null } }],
    ["former VOPRF key", "server", { ...draft, oprf: { ...draft.oprf, previous: systemChance.bytes(32) } }],
    ["relay's key", "server", { ...draft, relay: other.verifier }],
    ["core's key", "server", { ...draft, checkpoint: other.verifier }],
  ];

  test.each(single)("%s: %s, and it alone", (_, kind, next) => {
    expect(kinds(next)).toEqual([kind]);
    for (const language of ["en", "fr"] as const)
      expect(changeLines(former, next, language)).not.toEqual(changeLines(former, draft, language));
  });

  test("of a first roster everybody and every desk is told", () => {
    const told = changesOf(null, draft);
    expect(told.filter(({ change }) => change === "admitted")).toHaveLength(draft.reviewers.length);
    expect(told.filter(({ change }) => change === "deskOpened")).toHaveLength(draft.desks.length);
  });
});

test("the last lines say who would read for each desk; a name cannot steer what is shown", () => {
  const lines = changeLines(former, person({ name: "Awa \u202e\u2028D." }), "en");
  expect(lines.slice(-2)).toEqual(["all is read by r1, r2, r3, r4, r5", "gao is read by r4, r5"]);
  expect(lines.join("\n")).toContain("Awa ��D.");
});
