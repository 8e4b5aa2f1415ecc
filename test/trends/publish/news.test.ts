import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { english } from "../../../src/dialogue/en.ts";
import { french } from "../../../src/dialogue/fr.ts";
import { septets } from "../../../src/dialogue/gsm7.ts";
import { screenSeptets } from "../../../src/dialogue/step.ts";
import { newsScreens } from "../../../src/trends/publish/news.ts";
import { anyFigures, releaseOf } from "../../support/release.ts";

const scripts = [french, english];

describe("the news on a phone", () => {
  test("three screens: the country, the most reported, why it is blurred", () => {
    expect(newsScreens(releaseOf(), "fr")).toEqual([
      expect.stringMatching(/^janv-mars 2027, tout le pays: environ 205 signalements \(de \d+ a \d+\)\.$/),
      "Le plus signale:\nBanditisme 40 (30-50)\nDrogue 35 (25-45)\nContrebande 30 (15-40)",
      "Arrondi a 5 pres et brouille expres: personne ne peut savoir qui a parle. Signaler n'est pas prouver.",
    ]);
    expect(newsScreens(releaseOf(), "en")[1]).toBe(
      "Most reported:\nBanditry 40 (30-50)\nDrugs 35 (25-45)\nSmuggling 30 (15-40)",
    );
  });

  test("nothing to tell is said, without a number", () => {
    const { figures } = releaseOf();
    const nothing = releaseOf({ ...figures, t1: figures.t1.map(() => 0) });
    expect(newsScreens(nothing, "fr").slice(0, 2)).toEqual([
      "janv-mars 2027, tout le pays: rien qui se distingue de zero.",
      "Aucune categorie, prise seule, ne se distingue de zero.",
    ]);
  });

  test("fit a screen in GSM-7 behind a hint, whatever the figures and the quarter", () => {
    fc.assert(
      fc.property(anyFigures, fc.integer({ min: 1, max: 4 }), (figures, quarter) => {
        for (const script of scripts) {
          const screens = newsScreens(releaseOf(figures, `2027-Q${quarter}`), script.language);
          for (const body of screens)
            expect(septets(`CON ${script.hintKey}\n${body}\n1 ${script.next}`)).toBeLessThanOrEqual(screenSeptets);
        }
      }),
    );
  });
});
