import { expect, test } from "vitest";
import { epsilonText } from "../../../src/trends/epsilon.ts";
import { protectionOf } from "../../../src/trends/publish/card.ts";
import { releaseOf } from "../../support/release.ts";

test("one unit spends ε of both tables; those who speak of one place alone spend that of the second, once for each group", () => {
  const { one, groups, place } = protectionOf(releaseOf());
  expect([epsilonText(one), groups, epsilonText(place)]).toEqual(["1", 3, "39/20"]);
});
