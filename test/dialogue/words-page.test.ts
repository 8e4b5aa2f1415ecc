import fc from "fast-check";
import { expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import { categories } from "../../src/dialogue/categories.ts";
import { malianRegions } from "../../src/dialogue/places.ts";
import { mostTextBytes, pageField, readPageForm, whenCodes } from "../../src/dialogue/words-page.ts";

const filled = (fields: Readonly<Record<string, string>>): URLSearchParams =>
  new URLSearchParams({ text: "x", ...fields });

test("every choice that the page offers is read as it is", () => {
  const places = malianRegions.flatMap((region) => [region.code, ...region.cercles.map(({ code }) => code)]);
  for (const place of places)
    expect(readPageForm(filled({ [pageField.place]: place, [pageField.withoutPlace]: place }))).toMatchObject({
      ok: true,
      entry: { answers: { place }, exclude: [{ rule: "place", value: place }] },
    });
  for (const { code } of categories)
    expect(readPageForm(filled({ category: code }))).toMatchObject({ entry: { answers: { category: code } } });
  for (const when of whenCodes) expect(readPageForm(filled({ when }))).toMatchObject({ entry: { answers: { when } } });
});

test("nothing chosen is nothing said", () => {
  const empty = { category: "", place: "", when: "", [pageField.withoutPlace]: "" };
  expect(readPageForm(filled(empty))).toEqual({ ok: true, entry: { text: "x", answers: {}, exclude: [] } });
});

test("a value that the page never offered refuses the whole, so that no exclusion is dropped in silence", () => {
  for (const [name, value] of [
    [pageField.withoutPlace, "Gao"],
    [pageField.withoutPlace, "ML7"],
    [pageField.withoutOrganisation, ""],
    [pageField.place, "ML07030"],
    [pageField.category, "arm"],
    [pageField.when, "yesterday"],
  ] as const)
    expect(readPageForm(filled({ [name]: value }))).toEqual({ ok: false, notice: "changed" });
  const file = {
    getAll: (name: string) => (name === "text" ? ["x"] : name === pageField.withoutOrganisation ? [{}] : []),
  };
  expect(readPageForm(file)).toEqual({ ok: false, notice: "changed" });
});

test("words are kept exactly but for line ends, counted in bytes, and needed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 1500 }), (text) => {
      const reading = readPageForm({ getAll: (name) => (name === "text" ? [text] : []) });
      if (text.trim() === "") expect(reading).toEqual({ ok: false, notice: "empty" });
      else if (utf8(text).length > mostTextBytes) expect(reading.ok).toBe(false);
      else expect(reading).toMatchObject({ ok: true, entry: { text: text.replace(/\r\n?/g, "\n") } });
    }),
  );
  expect(readPageForm(filled({ text: "a\r\nb\rc" }))).toMatchObject({ entry: { text: "a\nb\nc" } });
  expect(readPageForm(filled({ text: "é".repeat(2001) }))).toEqual({ ok: false, notice: "tooLong" });
  expect(readPageForm(filled({ text: "é".repeat(2000) })).ok).toBe(true);
  expect(readPageForm(new URLSearchParams())).toEqual({ ok: false, notice: "empty" });
});
