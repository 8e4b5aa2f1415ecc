import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { categories } from "../../src/dialogue/categories.ts";
import { english } from "../../src/dialogue/en.ts";
import { french } from "../../src/dialogue/fr.ts";
import { septets } from "../../src/dialogue/gsm7.ts";
import { malianRegions } from "../../src/dialogue/places.ts";
import { dialogueSettings, nameSeptets, newsOf, scriptOf, type News } from "../../src/dialogue/settings.ts";
import { screenSeptets } from "../../src/dialogue/step.ts";
import { instance } from "./instance.ts";
import { reach, screensOf } from "./walk.ts";

describe("settings", () => {
  it.each([
    ["no script", { scripts: [] }],
    ["a language twice", { scripts: [french, french] }],
    ["no category", { categories: [] }],
    ["no place", { regions: [] }],
    ["no organisation", { organisations: [] }],
    ["a help number of letters", { helpNumber: "police" }],
    ["a long help number", { helpNumber: "7".repeat(21) }],
    ["a long price", { cost: { fr: "f".repeat(25), en: "free" } }],
    ["a price that GSM-7 lacks", { cost: { fr: "reçu", en: "free" } }],
    ["no patience", { answerDays: 0 }],
    ["half a day", { answerDays: 1.5 }],
    ["more text than the frame holds", { maxTextBytes: 4001 }],
  ])("with %s are refused", (_, change) => {
    expect(() => dialogueSettings({ ...instance, ...change })).toThrow("config.refused");
  });

  it("speak the first language where one is missing", () => {
    expect(scriptOf(dialogueSettings({ ...instance, scripts: [french] }), "en")).toBe(french);
  });

  it("make every screen fit, whatever an instance is named", () => {
    const name = fc.oneof(
      fc.string({ maxLength: 40 }),
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.constant("€".repeat(40)),
    );
    const named = fc.record({
      organisations: fc.array(fc.record({ name, shortName: name }), { minLength: 1, maxLength: 30 }),
      regions: fc.array(
        fc.record({ code: name, name, cercles: fc.array(fc.record({ code: name, name }), { maxLength: 12 }) }),
        { minLength: 1, maxLength: 20 },
      ),
      categories: fc.array(
        fc.record({
          code: name,
          group: fc.constantFrom("", "G1", "G2"),
          name: fc.record({ fr: name, en: name }),
          ussd: fc.record({ fr: name, en: name }),
        }),
        { minLength: 1, maxLength: 15 },
      ),
    });
    fc.assert(
      fc.property(named, (change) => {
        const screens = screensOf(reach(dialogueSettings({ ...instance, ...change }), {}));
        expect(screens.filter((screen) => (septets(screen) ?? Number.POSITIVE_INFINITY) > screenSeptets)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

const news: News = { fr: ["un", "deux", "trois"], en: ["one", "two", "three"] };
/** What "5" shows in either language with these news. */
const shown = (given: News | null): readonly (readonly string[])[] => {
  const settings = dialogueSettings({ ...instance, news: given });
  return [french, english].map((script) => newsOf(settings, script));
};

describe("news of a release", () => {
  it("stand in the place of the announcement, which stays before the first", () => {
    expect(shown(news)).toEqual([news.fr, news.en]);
    expect(shown(null)[0]![2]).toContain("Premier bulletin le 01/05/2027");
  });

  it.each([
    ["a screen too long", "x".repeat(125)],
    ["letters that GSM-7 lacks", "ça"],
  ])("are left out for the announcement with %s in one language", (_, body) => {
    expect(shown({ ...news, en: ["one", body, "three"] })).toEqual(shown(null));
  });

  it("may be as long as a screen has room behind a hint", () => {
    expect(shown({ ...news, fr: ["x".repeat(122), "deux", "trois"] })[0]![0]).toHaveLength(122);
  });
});

describe("the taxonomy and the geography", () => {
  it("have thirteen categories with names for a phone", () => {
    expect(new Set(categories.map((one) => one.code)).size).toBe(13);
    for (const { ussd } of categories)
      for (const name of [ussd.fr, ussd.en]) expect(septets(name)).toBeLessThanOrEqual(nameSeptets);
  });

  it("have ten régions and 53 cercles, each under its région's P-code", () => {
    const cercles = malianRegions.flatMap((region) => region.cercles);
    expect([malianRegions.length, new Set(cercles.map((one) => one.code)).size]).toEqual([10, 53]);
    for (const region of malianRegions)
      for (const cercle of region.cercles) expect(cercle.code).toMatch(new RegExp(`^${region.code}\\d\\d$`));
  });

  it("lose no name to the cut of sixteen septets", () => {
    const names = malianRegions.flatMap((region) => [region, ...region.cercles]).map((place) => place.name);
    for (const name of names) expect(name.length).toBeLessThanOrEqual(nameSeptets);
  });
});
