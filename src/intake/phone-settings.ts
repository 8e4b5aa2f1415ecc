import { dayOf, type Clock, type UnixDay } from "../base/clock.ts";
import { categories } from "../dialogue/categories.ts";
import { english } from "../dialogue/en.ts";
import { french } from "../dialogue/fr.ts";
import { malianRegions } from "../dialogue/places.ts";
import { dialogueSettings, type Instance, type News, type Organisation, type Settings } from "../dialogue/settings.ts";
import { receiptPlausible } from "../mailbox/receipt.ts";
import { fewestReaders, readersOf } from "../roster/readers.ts";
import { deskReviewers, type Desk, type Roster } from "../roster/roster.ts";
import { phoneDesk } from "./edge.ts";

/** What an instance says of itself by phone: help number, cost, days to an answer, first bulletin. */
export type PhoneTexts = Pick<Instance, "helpNumber" | "cost" | "answerDays" | "firstBulletin"> & {
  /** Present where answers go out by SMS too. */
  readonly smsAnswers?: object | undefined;
  /** Present where an instance has categories of its own. */
  readonly taxonomy?: { readonly categories: Instance["categories"] } | undefined;
};

// With answers, exclusions, mailbox and capsule these still fit the smallest frame (envelope.md, Frame).
const maxTextBytes = 4000;

/** The dialogue's settings for the roster in force and the news held, made anew only when either changes. */
export function phoneSettings(
  roster: () => Roster,
  texts: PhoneTexts,
  clock: Clock,
  news: () => News | null = () => null,
): () => Settings {
  let made: { readonly roster: Roster; readonly news: News | null; readonly settings: Settings } | null = null;
  return () => {
    const current = { roster: roster(), news: news() };
    if (made?.roster !== current.roster || made.news !== current.news)
      made = { ...current, settings: settingsFor(current.roster, texts, clock, current.news) };
    return made.settings;
  };
}

function settingsFor(roster: Roster, texts: PhoneTexts, clock: Clock, news: News | null): Settings {
  const desk = phoneDesk(roster);
  const today = (): UnixDay => dayOf(clock.nowMs());
  return dialogueSettings({
    ...texts,
    news,
    smsAnswers: texts.smsAnswers !== undefined,
    scripts: [french, english],
    categories: texts.taxonomy?.categories ?? categories,
    regions: malianRegions,
    organisations: organisationsOf(roster, desk),
    maxTextBytes,
    enoughReaders: (exclude) => readersOf(roster, desk, exclude, today()).length >= fewestReaders,
    receiptPlausible,
  });
}

function organisationsOf(roster: Roster, desk: Desk): readonly Organisation[] {
  const byName = new Map(deskReviewers(roster, desk).map((one) => [one.organisation, one.organisationShort]));
  return [...byName].map(([name, shortName]) => ({ name, shortName }));
}
