import { expect, test } from "vitest";
import { epsilonText } from "../../../src/trends/epsilon.ts";
import { protectionOf } from "../../../src/trends/publish/card.ts";
import { releaseOf } from "../../support/release.ts";

test("one unit spends ε of both tables; a locality is in the second alone, once for each of its groups", () => {
  const { one, groups, place } = protectionOf(releaseOf());
  expect([epsilonText(one), groups, epsilonText(place)]).toEqual(["1", 3, "39/20"]);
});
