import { describe, expect, test } from "vitest";
import { discreteLaplace } from "../../src/trends/noise.ts";
import google from "../vectors/laplace.json" with { type: "json" };
import { accepted, isClose, isPrivate } from "./checks/google.ts";
import { moreEpsilon } from "./checks/shape.ts";

describe("Google's cases for Laplace noise (test/vectors/laplace.json)", () => {
  test.each(google.closeness)("closeness: $name", (one) => {
    expect(accepted((vote) => isClose(discreteLaplace, one, vote))).toBe(true);
  });
  test.each(google.countDp)("differential privacy of counts: $name", (one) => {
    expect(accepted((vote) => isPrivate(discreteLaplace, one, vote))).toBe(true);
  });
});

test("and they refuse ε × 1.175", () => {
  expect(isPrivate(moreEpsilon, google.countDp[0]!, 0)).toBe(false);
  expect(isClose(moreEpsilon, google.closeness[0]!, 0)).toBe(false);
});
