import fc from "fast-check";
import { expect, test } from "vitest";
import { redact, redactedText, taken } from "../../../src/console/case/redact.ts";

const after = (text: string, keep?: readonly string[]) => redactedText(redact(text, keep));

test.each([
  "70 00 61 83",
  "+223 70006183",
  "(+223)70-00-61-83",
  "70.00.61.83",
  "７０００６１８３",
  "٧٠٠٠٦١٨٣",
  "7 0 0 0 6 1 8 3",
  "70/00/61/83",
  "00223—7000—6183",
])("a telephone number is taken out however it is written: %s", (spelled) => {
  expect(after(`appelez le ${spelled} ce soir`)).toBe(`appelez le ${taken} ce soir`);
});

test.each(["moussa@example.org", "https://example.org/x?id=7", "www.example.org", "@moussa_7"])(
  "an address is taken out: %s",
  (spelled) => {
    expect(after(`voir ${spelled} oui`)).toBe(`voir ${taken} oui`);
  },
);

test("names go as one piece of one length, a sentence's first word stays when it is an ordinary one", () => {
  expect(after("Hier Mohamed ag Intalla est venu. Le soir, Ousmane Cissé aussi")).toBe(
    `${taken} est venu. Le soir, ${taken} aussi`,
  );
  expect(after("Le chef a parlé. Moussa a payé")).toBe(`Le chef a parlé. ${taken} a payé`);
  expect(after("la route de Gourma-Rharous")).toBe(`la route de ${taken}`);
});

test("a région that is told anyway may stay, a name around it may not", () => {
  expect(after("Un camion vers Gao, puis Mali", ["Gao"])).toBe(`Un camion vers Gao, puis ${taken}`);
  expect(after("avec Gao Traoré", ["Gao"])).toBe(`avec ${taken}`);
});

test("for any text: the pieces are the text, and no run of four digits is left", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const pieces = redact(text);
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
      expect(redactedText(pieces)).not.toMatch(/\p{Nd}{4}/u);
    }),
  );
});
