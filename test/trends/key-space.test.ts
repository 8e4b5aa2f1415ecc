import { describe, expect, test } from "vitest";
import { cellsOf, epsilons, tableIds } from "../../src/trends/key-space.ts";
import { malianKeySpace } from "../support/trends.ts";

describe("the fixed key-space (trends.md, Mechanism)", () => {
  test("T1 has every category of the country, other included", () => {
    const cells = cellsOf("t1", malianKeySpace);
    expect(cells).toHaveLength(13);
    expect(cells[0]).toBe("DRG");
    expect(cells.at(-1)).toBe("OTH");
  });

  test("T2 has ten régions by three groups, and none that is national only", () => {
    const cells = cellsOf("t2", malianKeySpace);
    expect(cells).toHaveLength(30);
    expect(cells.slice(0, 4)).toEqual(["ML01.G1", "ML01.G2", "ML01.G3", "ML02.G1"]);
    expect(cells.join()).not.toMatch(/G4|G5/);
  });

  test("one unit costs 1 in a period", () => {
    const spent = tableIds.reduce((sum, id) => sum + (20 / epsilons[id].denominator) * epsilons[id].numerator, 0);
    expect(spent).toBe(20);
  });
});
