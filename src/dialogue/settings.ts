import type { Brand } from "../base/brand.ts";
import { isoDay, type UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { beginningOf, septetCost, septets, toGsm7 } from "./gsm7.ts";
import type { Language, Script } from "./script.ts";
import { screenSeptets } from "./step.ts";

/** Septets of a name among a screen's choices. */
export const nameSeptets = 16;

export interface Category {
  readonly code: string;
  /** Categories of one group stand behind one key; "" stands alone. */
  readonly group: string;
  readonly name: Readonly<Record<Language, string>>;
  readonly ussd: Readonly<Record<Language, string>>;
}

interface Place {
  /** P-code. */
  readonly code: string;
  readonly name: string;
}

export interface Region extends Place {
  readonly cercles: readonly Place[];
}

export interface Organisation {
  /** As the roster names it: what an exclusion carries. */
  readonly name: string;
  readonly shortName: string;
}

/** Who must not read: the same shape as in the frame (envelope.md, Envelope). `value` is a P-code or an organisation. */
export interface Exclusion {
  readonly rule: "place" | "organisation";
  readonly value: string;
}

/** What the latest release says, in each language on three screens: bodies without `CON ` and without their key. */
export type News = Readonly<Record<Language, readonly [string, string, string]>>;

/** What one instance says and asks by phone. */
export interface Instance {
  /** The first is spoken before anyone chose; at most nine, each language once. */
  readonly scripts: readonly Script[];
  readonly categories: readonly Category[];
  readonly regions: readonly Region[];
  /** Of the desk that phone reports go to. */
  readonly organisations: readonly Organisation[];
  /** Digits, spaces and `+`, at most 20. */
  readonly helpNumber: string;
  /** Price of a call in words, at most 24 septets. */
  readonly cost: Readonly<Record<Language, string>>;
  /** Days until an answer, 1 to 365. */
  readonly answerDays: number;
  readonly firstBulletin: UnixDay;
  /** In the place of the announcement of the first bulletin once there is one; null before. */
  readonly news: News | null;
  /** Whether answers can go out by SMS; then, and only then, it is asked. */
  readonly smsAnswers: boolean;
  /** Bytes of UTF-8 that fit the smallest frame; 160 to 4 000. */
  readonly maxTextBytes: number;
  /** Whether at least two of the desk could read past these exclusions (envelope.md, Envelope). */
  readonly enoughReaders: (exclude: readonly Exclusion[]) => boolean;
  /** Whether the check digit of these 16 digits holds (envelope.md, Receipts). */
  readonly receiptPlausible: (digits: string) => boolean;
}

/** An instance whose every screen fits: only `dialogueSettings` makes one. */
export type Settings = Brand<Instance, "DialogueSettings">;

function shortName(name: string): string {
  return beginningOf(toGsm7(name).replace(/\s+/g, " ").trim(), nameSeptets, septetCost);
}

function namePlace<P extends Place>(place: P): P {
  return { ...place, name: shortName(place.name) };
}

function fits(text: string, limit: number): boolean {
  return (septets(text) ?? Number.POSITIVE_INFINITY) <= limit;
}

function acceptable(instance: Instance): boolean {
  const languages = instance.scripts.map((script) => script.language);
  return (
    languages.length >= 1 &&
    languages.length <= 9 &&
    new Set(languages).size === languages.length &&
    [instance.categories, instance.regions, instance.organisations].every((list) => list.length > 0) &&
    /^[0-9+ ]{2,20}$/.test(instance.helpNumber) &&
    languages.every((language) => fits(instance.cost[language], 24)) &&
    isWithin(instance.answerDays, 1, 365) &&
    isWithin(instance.maxTextBytes, 160, 4000)
  );
}

function isWithin(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

/** News are signed figures, which must not be cut: where one screen does not fit, the announcement stays. */
function fittingNews({ news, scripts }: Instance): News | null {
  const fitsAll = (script: Script): boolean =>
    [script.next, script.toMenu].every((key) =>
      news![script.language].every((body) => fits(`CON ${script.hintKey}\n${body}\n1 ${key}`, screenSeptets)),
    );
  return news !== null && scripts.every(fitsAll) ? news : null;
}

/**
 * The settings of an instance, its names respelled in GSM-7 and cut to 16 septets; news that do not fit a screen are left
 * out.
 *
 * Throws `config.refused` for an empty list and for what must not be cut: a help number, a price or a figure out of its bounds.
 */
export function dialogueSettings(instance: Instance): Settings {
  if (!acceptable(instance)) throw new Fault("config.refused");
  const named: Instance = {
    ...instance,
    news: fittingNews(instance),
    categories: instance.categories.map(({ ussd, ...rest }) => ({
      ...rest,
      ussd: { fr: shortName(ussd.fr), en: shortName(ussd.en) },
    })),
    regions: instance.regions.map((region) => ({ ...namePlace(region), cercles: region.cercles.map(namePlace) })),
    organisations: instance.organisations.map((one) => ({ ...one, shortName: shortName(one.shortName) })),
  };
  return named as Settings;
}

/** The script of a language, the first one when the instance has none for it. */
export function scriptOf(settings: Settings, language: Language): Script {
  return settings.scripts.find((script) => script.language === language) ?? settings.scripts[0]!;
}

/** The day of the first bulletin as a phone in Mali shows a day: `DD/MM/YYYY`. */
export function firstBulletinDay(settings: Settings): string {
  return isoDay(settings.firstBulletin).split("-").toReversed().join("/");
}

/** The three screens of "5 Nouvelles": of the latest release, or what is coming and when (trends.md, Published). */
export function newsOf(settings: Settings, script: Script): readonly [string, string, string] {
  return settings.news?.[script.language] ?? script.news(firstBulletinDay(settings));
}
