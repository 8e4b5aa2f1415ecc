import { expect, test } from "vitest";
import { namesOwnOrganisations, organisationsOf } from "../../src/roster/organisations.ts";
import { HandClock, testRoster } from "../support/board.ts";

const roster = testRoster(new HandClock());
const [all, gao] = roster.desks;
const without = (value: string) => [{ rule: "organisation", value } as const];

test("organisations of a desk, each once, in roster order, officers' not among them", () => {
  expect(organisationsOf(roster, all!)).toEqual(["Benkadi", "Jigi", "Hakili"]);
  expect(organisationsOf(roster, gao!)).toEqual(["Benkadi", "Jigi"]);
});

test("an exclusion that would exclude nobody of the desk is found", () => {
  expect(namesOwnOrganisations(roster, all!, without("Hakili"))).toBe(true);
  expect(namesOwnOrganisations(roster, gao!, without("Hakili"))).toBe(false);
  expect(namesOwnOrganisations(roster, all!, without("hakili"))).toBe(false);
  expect(namesOwnOrganisations(roster, all!, [...without("Jigi"), ...without("Yeelen")])).toBe(false);
  expect(namesOwnOrganisations(roster, all!, [{ rule: "place", value: "ML07" }])).toBe(true);
  expect(namesOwnOrganisations(roster, all!, [])).toBe(true);
});
