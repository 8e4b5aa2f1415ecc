import { msPerDay, type UnixDay, type UnixMs } from "../base/clock.ts";
import { categories } from "../dialogue/categories.ts";
import { malianRegions } from "../dialogue/places.ts";
import type { Console } from "./console.ts";
import type { Language } from "./words.ts";

/** A category's full name; a code that nobody here knows is shown as it is. */
export function categoryName(code: string, language: Language): string {
  return categories.find((one) => one.code === code)?.name[language] ?? code;
}

/** "Gao" or "Ansongo (Gao)"; a code that nobody here knows is shown as it is. */
export function placeName(code: string): string {
  for (const region of malianRegions) {
    if (region.code === code) return region.name;
    const cercle = region.cercles.find((one) => one.code === code);
    if (cercle !== undefined) return `${cercle.name} (${region.name})`;
  }
  return code;
}

/** People of the roster by their names; whoever is not on it by their id. */
export function personNames({ session }: Pick<Console, "session">, ids: readonly string[]): string {
  const people = session?.roster.reviewers ?? [];
  return ids.map((id) => people.find((person) => person.id === id)?.name ?? id).join(", ");
}

/** A language's name in another, as the browser knows it. */
export function languageName(tag: string, language: Language): string {
  return new Intl.DisplayNames(language, { type: "language", fallback: "code" }).of(tag) ?? tag;
}

/** An instant to the minute, and that it is in UTC. */
export function instantName(at: UnixMs, language: Language): string {
  const options = { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" } as const;
  return `${new Intl.DateTimeFormat(language === "en" ? "en-GB" : "fr", options).format(at)} UTC`;
}

/** A day as people of this language write it. */
export function dayName(day: UnixDay, language: Language): string {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : "fr", { dateStyle: "medium", timeZone: "UTC" }).format(
    day * msPerDay,
  );
}
