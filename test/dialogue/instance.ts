import { fromIsoDay } from "../../src/base/clock.ts";
import { categories } from "../../src/dialogue/categories.ts";
import { english } from "../../src/dialogue/en.ts";
import { french } from "../../src/dialogue/fr.ts";
import { malianRegions } from "../../src/dialogue/places.ts";
import { dialogueSettings, type Exclusion, type Instance } from "../../src/dialogue/settings.ts";

/** 16 digits that this test's check accepts. */
export const goodCode = "1234567812345678";
export const mistypedCode = "1234567812345679";

/** Twelve organisations: more than a screen holds. */
export const organisations = Array.from({ length: 12 }, (_, index) => ({
  name: `Organisation numéro ${index + 1}`,
  shortName: `Orga ${"MWÉMWÉMWÉMWÉ".slice(0, 8)}${index + 1}`,
}));

/** Excluding the second organisation would leave too few readers. */
function enoughReaders(exclude: readonly Exclusion[]): boolean {
  return exclude.every((rule) => rule.value !== organisations[1]!.name);
}

/** An instance whose every text is as long as the settings let it be. */
export const instance: Instance = {
  scripts: [french, english],
  categories,
  regions: malianRegions,
  organisations,
  helpNumber: "+223 7000 0000 00000",
  cost: { fr: "vingt-cinq francs CFA ok", en: "twenty-five francs CFA ." },
  answerDays: 365,
  firstBulletin: fromIsoDay("2027-05-01")!,
  news: null,
  smsAnswers: true,
  maxTextBytes: 4000,
  enoughReaders,
  receiptPlausible: (digits) => digits === goodCode,
};

export const settings = dialogueSettings(instance);
