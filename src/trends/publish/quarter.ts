import { dayOf, isoDay, isoInstant, type UnixDay, type UnixMs } from "../../base/clock.ts";
import { firstDay, lastDay, type Period } from "../period.ts";
import type { OutputLanguage } from "./words.ts";

const months: Readonly<Record<OutputLanguage, readonly string[]>> = {
  fr: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
};

// GSM-7, for phones.
const shortMonths: Readonly<Record<OutputLanguage, readonly string[]>> = {
  fr: "janv fevr mars avril mai juin juil aout sept oct nov dec".split(" "),
  en: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" "),
};

function monthOf(names: readonly string[], day: UnixDay): string {
  return names[Number(isoDay(day).slice(5, 7)) - 1]!;
}

/** `janvier à mars 2027`, `January to March 2027`. */
export function quarterName(period: Period, language: OutputLanguage): string {
  const [from, to] = [firstDay(period), lastDay(period)].map((day) => monthOf(months[language], day));
  return `${from} ${language === "fr" ? "à" : "to"} ${to} ${period.slice(0, 4)}`;
}

/** `janv-mars 2027`. */
export function shortQuarterName(period: Period, language: OutputLanguage): string {
  const [from, to] = [firstDay(period), lastDay(period)].map((day) => monthOf(shortMonths[language], day));
  return `${from}-${to} ${period.slice(0, 4)}`;
}

/** `1er mai 2027`, `1 May 2027`. */
export function dayName(day: UnixDay, language: OutputLanguage): string {
  const [year, , date] = isoDay(day).split("-");
  const number = language === "fr" && date === "01" ? "1er" : String(Number(date));
  return `${number} ${monthOf(months[language], day)} ${year}`;
}

/** The same with the hour in UTC, which Mali keeps: `1er mai 2027 à 12 h (UTC)`; with minutes only in a demo, whose instants may have some. */
export function instantName(at: UnixMs, language: OutputLanguage): string {
  const [hour, minutes] = isoInstant(at).slice(11, 16).split(":") as [string, string];
  const name = dayName(dayOf(at), language);
  if (language === "en") return `${name}, ${Number(hour)}:${minutes} UTC`;
  return `${name} à ${Number(hour)} h${minutes === "00" ? "" : ` ${minutes}`} (UTC)`;
}
