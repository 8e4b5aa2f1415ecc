import { dayOf, isoDay } from "../../base/clock.ts";
import { keyFingerprint } from "../fingerprint.ts";
import type { Desk, Reviewer, RosterBody } from "../roster.ts";
import { changesOf, readersByDesk, type Change } from "./changes.ts";

/** The languages a board works in. */
export type CeremonyLanguage = "fr" | "en";

/** One sentence for each kind of change. */
type Sentences = { readonly [Kind in Change["change"]]: (change: Change & { readonly change: Kind }) => string };

const keyOf = ({ recipient, verifier }: Reviewer): string => keyFingerprint(recipient, verifier.publicKey);
const who = ({ id, name, organisation }: Reviewer): string => `${name} (${id}), ${organisation}`;
const list = (items: readonly string[]): string => (items.length === 0 ? "–" : items.join(", "));
const service = ({ from, until }: Reviewer): string => `${isoDay(from)} … ${isoDay(until)}`;
const details = (one: Reviewer): string =>
  [one.name, one.organisation, one.organisationShort, list(one.places), list(one.languages), list(one.roles)].join(
    " · ",
  );
const deskDetails = ({ name, places, approvals }: Desk): string => [name, list(places), approvals].join(" · ");

const english: Sentences = {
  admitted: ({ person, desks }) =>
    `ADMITTED  ${who(person)}: will read for ${list(desks)}, as ${list(person.roles)}, ${service(person)}; lives or works in ${list(person.places)}; keys ${keyOf(person)}`,
  removed: ({ person }) => `REMOVED  ${who(person)}: reads nothing that is sealed from now on`,
  keys: ({ person }) => `NEW KEYS  ${who(person)}: ${keyOf(person)}`,
  details: ({ person, former }) => `CHANGED  ${person.id}: ${details(former)} → ${details(person)}`,
  service: ({ person, former }) => `SERVICE  ${person.id}: ${service(former)} → ${service(person)}`,
  order: () => "ORDER  the same people or desks in another order",
  deskOpened: ({ desk }) => `DESK OPENED  ${desk.id}: ${deskDetails(desk)}`,
  deskClosed: ({ desk }) => `DESK CLOSED  ${desk.id}`,
  deskDetails: ({ former, desk }) => `DESK CHANGED  ${desk.id}: ${deskDetails(former)} → ${deskDetails(desk)}`,
  joined: ({ desk, id }) => `JOINS  ${id} reads for the desk ${desk.id}`,
  left: ({ desk, id }) => `LEAVES  ${id} no longer reads for the desk ${desk.id}`,
  server: ({ key }) => `SERVER  its key changes (${key})`,
};

const french: Sentences = {
  admitted: ({ person, desks }) =>
    `ADMIS·E  ${who(person)} : lira pour ${list(desks)}, rôle ${list(person.roles)}, ${service(person)} ; vit ou travaille à ${list(person.places)} ; clés ${keyOf(person)}`,
  removed: ({ person }) => `RETIRÉ·E  ${who(person)} : ne lit plus rien de ce qui est scellé désormais`,
  keys: ({ person }) => `NOUVELLES CLÉS  ${who(person)} : ${keyOf(person)}`,
  details: ({ person, former }) => `MODIFIÉ  ${person.id} : ${details(former)} → ${details(person)}`,
  service: ({ person, former }) => `SERVICE  ${person.id} : ${service(former)} → ${service(person)}`,
  order: () => "ORDRE  les mêmes personnes ou bureaux dans un autre ordre",
  deskOpened: ({ desk }) => `BUREAU OUVERT  ${desk.id} : ${deskDetails(desk)}`,
  deskClosed: ({ desk }) => `BUREAU FERMÉ  ${desk.id}`,
  deskDetails: ({ former, desk }) => `BUREAU MODIFIÉ  ${desk.id} : ${deskDetails(former)} → ${deskDetails(desk)}`,
  joined: ({ desk, id }) => `REJOINT  ${id} lit pour le bureau ${desk.id}`,
  left: ({ desk, id }) => `QUITTE  ${id} ne lit plus pour le bureau ${desk.id}`,
  server: ({ key }) => `SERVEUR  sa clé change (${key})`,
};

const words = {
  en: {
    sentences: english,
    head: "roster",
    until: "good until",
    nothing: "nobody and nothing changes but the dates",
    reads: "is read by",
  },
  fr: {
    sentences: french,
    head: "registre",
    until: "valable jusqu'au",
    nothing: "rien ni personne ne change, sauf les dates",
    reads: "est lu par",
  },
} as const;

// What a member reads before signing must not be steered by what somebody wrote into a name.
const unsafe = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** A line as it may be shown: characters that could steer a terminal or turn a line around are replaced. */
export function shownLine(line: string): string {
  return line.replaceAll(unsafe, "\uFFFD");
}

function said(sentences: Sentences, change: Change): string {
  const sentence = sentences[change.change] as (change: Change) => string;
  return sentence(change);
}

/** What a signature would change, in plain words, a line a change, and then who would read; whoever wrote it. */
export function changeLines(
  former: RosterBody | null,
  next: RosterBody,
  language: CeremonyLanguage,
): readonly string[] {
  const { sentences, head, until, nothing, reads } = words[language];
  const changes = changesOf(former, next).map((change) => said(sentences, change));
  return [
    `${next.instance}, ${head} ${next.serial}, ${until} ${isoDay(dayOf(next.expiresMs))}`,
    ...(changes.length === 0 ? [nothing] : changes),
    ...readersByDesk(next).map(({ desk, people }) => `${desk.id} ${reads} ${list(people.map(({ id }) => id))}`),
  ].map(shownLine);
}
