import { describe, expect, test } from "vitest";
import { fromUtf8, utf8 } from "../../../src/base/bytes.ts";
import { latestOf } from "../../../src/gate/trends/source.ts";
import type { PublicNote } from "../../../src/gate/trends/from-notes.ts";
import { publicNotes, sourceOf } from "../../support/trend-notes.ts";
import { releaseOf, someFigures } from "../../support/release.ts";
import { officers } from "../../support/releases.ts";

const errata = [{ fr: "Une phrase était fausse.", en: "A sentence was wrong." }];
const notes = publicNotes([
  { period: "2027-Q1", figures: someFigures, errata, steps: ["commit-officer-a"] },
  { period: "2027-Q2" },
]);

describe("trends out of signed notes", () => {
  test("what the officers signed, who they are, and what else there is", async () => {
    const { quarters } = await sourceOf(() => notes).read();
    expect(quarters.map(({ plan, notes: names }) => [plan.period, names])).toEqual([
      ["2027-Q1", ["plan", "commit-officer-a", "release", "erratum-1"]],
      ["2027-Q2", ["plan"]],
    ]);
    const released = quarters[0]!.released!;
    expect(released.signers).toEqual(officers.map(({ id }) => id));
    expect(released.errata).toEqual(errata);
    const { figures, keySpace, epsilon } = releaseOf();
    expect(released.content).toMatchObject({ figures, keySpace, epsilon });
    expect(quarters[1]!.released).toBeNull();
  });

  test("are verified once, and again when another note is there", async () => {
    let shown: readonly PublicNote[] = notes.slice(0, 2);
    const source = sourceOf(() => shown);
    const first = await source.read();
    expect(await source.read()).toBe(first);
    expect(latestOf(first)).toBeNull();
    shown = notes;
    const second = await source.read();
    expect(second.version).not.toBe(first.version);
    expect(latestOf(second)).not.toBeNull();
  });

  test.each(["plan", "release", "erratum-1"])("a changed %s is shown to nobody", async (name) => {
    const altered = notes.map((one) =>
      one.name === name && one.period === "2027-Q1"
        ? { ...one, note: utf8(fromUtf8(one.note)!.replace("2027-Q1", "2027-Q3")) }
        : one,
    );
    await expect(sourceOf(() => altered).read()).rejects.toThrow("note.signature");
  });

  test("nor what strangers signed", async () => {
    const { trendsFrom } = await import("../../../src/gate/trends/from-notes.ts");
    const source = trendsFrom(
      () => Promise.resolve(notes),
      () => ({ instance: "test-line", officers: [] }),
    );
    await expect(source.read()).rejects.toThrow("release.signers");
  });
});
