import type { E164 } from "../../../src/base/brand.ts";
import { systemClock, type UnixMs } from "../../../src/base/clock.ts";
import { canary, type Canary } from "../../support/canary.ts";

/** How a report came. */
export type Way = "sms" | "smsAsking" | "ussd" | "ussdCut" | "page" | "browser" | "attachment";

/** Twenty reports in a row, by the way they come. */
const ways: readonly Way[] = [
  ...Array.from({ length: 7 }, (): Way => "sms"),
  "smsAsking",
  ...Array.from({ length: 4 }, (): Way => "ussd"),
  "ussdCut",
  ...Array.from({ length: 2 }, (): Way => "page"),
  ...Array.from({ length: 4 }, (): Way => "browser"),
  "attachment",
];

export const wayOf = (index: number): Way => ways[index % ways.length]!;

const first = ["Moussa", "Fanta", "Oumar", "Kadiatou", "Ibrahima", "Assétou", "Boubou", "Djénéba"];
const last = ["Diallo-Traoré", "Sidibé-Maïga", "Cissé-Konaté", "Ag Alhousseïni", "Coulibaly-Samaké"];
export const names: readonly string[] = first.flatMap((one) => last.map((other) => `${one} ${other}`));

export const places: readonly string[] = [
  "Tassiga-Labbézanga",
  "Koukourou-Bâ",
  "Kounari-Sossobé",
  "Tin-Hama-Ouest",
  "Fafa-Béléna",
  "Dialloubé-Nord",
  "N'Gouma-Sâre",
  "Toguéré-Koumbé",
  "Bourem-Inaly",
  "Hombori-Tondo",
];

/** What reports say, each with a place of its own among numbers, names and places. */
const told = [
  "Le camion du chef dort derrière le puits depuis mardi",
  "Ils cachent des armes sous le grand baobab du marché",
  "Trois hommes à moto guettent la piste avant l'aube",
  "Les fûts enterrés près de la mare sont partis hier soir",
  "On paie le passeur devant l'école, le vendredi après la prière",
];

/** What reviewers write, in answers, by SMS, in notes and labels. */
export const written = {
  answer: "Merci, restez loin du puits et ne posez plus de questions",
  sms: "Nous avons lu. Ne retournez pas voir le camion du chef",
  note: "Le témoin connaît le chef du village, ne rien transmettre encore",
  followUp: "Ils sont revenus deux fois depuis, avec une antenne sur le toit",
  attached: "Photographié depuis la terrasse de la maison bleue en face",
  label: "Incident du pont cassé, le même que la semaine dernière",
} as const;

export const sentences: readonly string[] = [...told, ...Object.values(written)];

/** One informant's. */
export interface Message {
  readonly index: number;
  readonly way: Way;
  readonly number: E164;
  readonly text: string;
}

/** A number that nobody has yet (+223 7000 0000 upward). */
export const numberOf = (index: number): E164 => `+2237000${String(index).padStart(4, "0")}` as E164;

/** Every text has a sentence, a name, a place and a number that are searched for, and a mark of its own. */
export function messageOf(index: number): Message {
  const number = numberOf(index);
  const name = names[index % names.length]!;
  const place = places[Math.floor(index / 3) % places.length]!;
  const spoken = number.slice("+223".length).replaceAll(/(..)(?=.)/g, "$1 ");
  const text = `${told[index % told.length]!}, dit ${name} de ${place}. Appelez ${spoken}. Fiche ${index}`;
  return { index, way: wayOf(index), number, text };
}

/** What was taken and thanked for. */
export interface Sent extends Message {
  /** By the clock of who sent it, once it was acknowledged. */
  readonly atMs: UnixMs;
  /** The sixteen digits that a phone was shown. */
  readonly receipt: string | null;
}

export const sentNow = (message: Message, receipt: string | null = null): Sent => ({
  ...message,
  atMs: systemClock.nowMs(),
  receipt,
});

/** Everything that the first so many reports plant, and whatever reviewers write. */
export function canaryFor(reports: number): Canary {
  const numbers = Array.from({ length: reports }, (_, index) => numberOf(index));
  return canary({ numbers, names, places, texts: sentences });
}
