import fc from "fast-check";
import { expect, test } from "vitest";
import { lookAlikes, otherParts, sameSource, type Comparable } from "../../../src/console/case/alike.ts";

const one = (text: string, more: Partial<Comparable> = {}) => ({ report: { text, answers: {}, ...more } });
const tag = (byte: number) => new Uint8Array(16).fill(byte);

const others = [
  "Des hommes armés prennent une taxe au pont de Diré chaque mardi",
  "On a volé trente boeufs près de Ténenkou la semaine passée",
  "Le douanier demande de l'argent aux camions",
  "Trois enfants partis avec un recruteur vers le nord",
  "Un convoi de carburant passe la nuit par le gué",
].map((text) => one(text));

test("the same matter in another spelling stands first, and what is not alike does not stand there", () => {
  const asked = one("taxe illegale, hommes armes sur le pont de DIRE les mardis");
  const found = lookAlikes(asked, [asked, ...others]);
  expect(found[0]?.one).toBe(others[0]);
  expect(found).toHaveLength(1);
});

test("two reports that name different régions are worth half to each other", () => {
  const [here, same, there] = ["ML0601", "ML06", "ML0701"].map((place) =>
    one("caisses de fusils cachées chez le forgeron", { answers: { place } }),
  );
  const [first, second] = lookAlikes(here!, [here!, there!, same!, ...others]);
  expect([first?.one, second?.one]).toEqual([same, there]);
  expect(first!.likeness).toBeCloseTo(1);
  expect(second!.likeness).toBeCloseTo(0.5);
});

test("for any texts: never itself, at most eight, in falling order, within 0 and 1, whatever the order of the inbox", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { minLength: 1, maxLength: 12 }), (texts) => {
      const all = texts.map((text) => one(text));
      const found = lookAlikes(all[0]!, all);
      const values = found.map(({ likeness }) => likeness);
      expect(found.length).toBeLessThanOrEqual(8);
      expect(found.some((other) => other.one === all[0])).toBe(false);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
      expect(values.every((value) => value >= 0.25 && value <= 1.000_001)).toBe(true);
      const turned = lookAlikes(all[0]!, all.toReversed()).map(({ likeness }) => likeness.toFixed(9));
      expect(turned).toEqual(values.map((value) => value.toFixed(9)));
    }),
  );
});

test("the same phone that day, and the parts of one SMS among them; who left no mark has no company", () => {
  const a = one("a", { sourceTag: tag(1), joinHint: 7 });
  const b = one("b", { sourceTag: tag(1), joinHint: 7 });
  const c = one("c", { sourceTag: tag(1), joinHint: 8 });
  const d = one("d", { sourceTag: tag(2), joinHint: 7 });
  const e = one("e");
  const all = [a, b, c, d, e, one("f")];
  expect(sameSource(a, all)).toEqual([b, c]);
  expect(otherParts(a, all)).toEqual([b]);
  expect(sameSource(e, all)).toEqual([]);
  expect(otherParts(e, all)).toEqual([]);
});
