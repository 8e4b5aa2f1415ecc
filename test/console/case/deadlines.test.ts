import { expect, test } from "vitest";
import type { UnixDay } from "../../../src/base/clock.ts";
import { deadlinesOf, nextDeadline } from "../../../src/console/case/deadlines.ts";
import type { CaseAct, CaseState } from "../../../src/envelope/case-act.ts";
import type { Case } from "../../../src/roster/case.ts";

const came = 20_800 as UnixDay;
const on = (days: number) => (came + days) as UnixDay;

function caseWith(state: CaseState, ...kinds: readonly CaseAct["kind"][]): Case {
  return { state, timeline: kinds.map((kind) => ({ event: { act: { kind } } })) } as unknown as Case;
}

const said = (known: Case, days: number) =>
  deadlinesOf(came, known, on(days)).map(({ duty, state, daysLeft }) => `${duty} ${state} ${daysLeft}`);

test("look in two days, acknowledge in seven, answer in ninety; the day itself is not late", () => {
  expect(said(caseWith("waiting"), 0)).toEqual(["look open 2", "acknowledge open 7", "answer open 90"]);
  expect(said(caseWith("waiting"), 7)).toEqual(["look late -5", "acknowledge open 0", "answer open 83"]);
  expect(said(caseWith("waiting"), 91)).toEqual(["look late -89", "acknowledge late -84", "answer late -1"]);
});

test("any event is a look, taking it acknowledges, an answer answers; who closed it owes nothing", () => {
  expect(said(caseWith("waiting", "note"), 3)).toEqual(["look done -1", "acknowledge open 4", "answer open 87"]);
  expect(said(caseWith("open", "take"), 8)).toEqual(["look done -6", "acknowledge done -1", "answer open 82"]);
  expect(said(caseWith("answered", "take", "answer"), 95)[2]).toBe("answer done -5");
  expect(nextDeadline(deadlinesOf(came, caseWith("closed", "close"), on(200)))).toBeNull();
  expect(nextDeadline(deadlinesOf(came, caseWith("open", "take"), on(8)))?.duty).toBe("answer");
});
