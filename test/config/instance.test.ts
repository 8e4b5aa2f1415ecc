import { describe, expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import { parseInstance, type Taxonomy } from "../../src/config/instance.ts";
import { ownTaxonomy } from "../support/taxonomy.ts";

const texts = {
  helpNumber: "70 00 00 00",
  cost: { fr: "gratuit", en: "free" },
  answerDays: 14,
  firstBulletin: "2027-05-15",
};
const parsed = (more: object = {}) => parseInstance(utf8(JSON.stringify({ ...texts, ...more })));
const withTaxonomy = (more: object) => parsed({ taxonomy: { ...ownTaxonomy, ...more } });
const [fishing, racket, other] = ownTaxonomy.categories as [
  Taxonomy["categories"][0],
  Taxonomy["categories"][0],
  Taxonomy["categories"][0],
];

describe("instance.json", () => {
  test("may go without categories, and then says nothing of them", () => {
    expect(parsed().taxonomy).toBeUndefined();
  });

  test("may bring the instance's own", () => {
    expect(parsed({ taxonomy: ownTaxonomy }).taxonomy).toEqual(ownTaxonomy);
  });

  test.each<[string, object]>([
    ["no version", { version: "" }],
    ["a code twice", { categories: [fishing, { ...racket, code: "PEC" }] }],
    ["a group twice", { groups: [ownTaxonomy.groups[0], ownTaxonomy.groups[0]] }],
    ["a group nobody knows", { categories: [fishing, { ...racket, group: "G9" }] }],
    ["no category that a région's table could count", { categories: [racket, other] }],
    ["a name that fits no phone's screen", { categories: [{ ...fishing, ussd: { fr: "Peche", en: "x".repeat(17) } }] }],
    ["a sign that is not on every phone", { categories: [{ ...fishing, ussd: { fr: "Pêche", en: "Fishing" } }] }],
    ["a code in small letters", { categories: [{ ...fishing, code: "pec" }] }],
    ["a name in one language", { categories: [{ ...fishing, name: { fr: "Pêche interdite" } }] }],
    ["a line break in a name", { categories: [{ ...fishing, name: { fr: "a\nb", en: "a" } }] }],
    ["a field that nobody knows", { categories: [{ ...fishing, weight: 2 }] }],
    ["none at all", { categories: [] }],
  ])("is refused with categories that have %s", (_what, more) => {
    expect(() => withTaxonomy(more)).toThrow("instance.malformed");
  });
});
