import { dayOf, isoDay } from "../../base/clock.ts";
import { fingerprint } from "../fingerprint.ts";
import { organisationsOf } from "../organisations.ts";
import type { Roster } from "../roster.ts";

/** Sentences of the page, the same in each language. */
interface PageWords {
  readonly language: "fr" | "en";
  readonly title: string;
  readonly number: (serial: number, until: string) => string;
  readonly read: string;
  readonly who: string;
  readonly compare: string;
}

const pages: readonly PageWords[] = [
  {
    language: "fr",
    title: "Qui peut lire",
    number: (serial, until) => `Registre n° ${serial}, valable jusqu'au ${until}.`,
    read: "Empreinte, à lire à la radio et à afficher : six groupes de quatre chiffres.",
    who: "Ces organisations lisent ce qui est envoyé, personne d'autre :",
    compare:
      "La page d'envoi montre la même empreinte. Si un seul chiffre diffère, n'envoyez rien et prévenez une de ces organisations.",
  },
  {
    language: "en",
    title: "Who can read",
    number: (serial, until) => `Roster no. ${serial}, good until ${until}.`,
    read: "Fingerprint, to be read on the radio and put on walls: six groups of four digits.",
    who: "These organisations read what is sent, and nobody else:",
    compare:
      "The page that sends shows the same fingerprint. If one digit differs, send nothing and tell one of these organisations.",
  },
];

const style =
  "body{font:16px/1.4 serif;margin:2cm}section{break-inside:avoid;margin-bottom:1.5cm}.digits{font:bold 30px/1.6 monospace;border:2px solid;padding:.3em .6em;display:inline-block}";

/** A page to print, French and English on one sheet, that loads nothing: no names of people, organisations only. */
export function fingerprintPage(roster: Roster): string {
  const sections = pages.map((words) => sectionOf(words, roster));
  return [
    "<!doctype html>",
    `<html lang="fr"><meta charset="utf-8"><title>${escaped(roster.instance)}</title><style>${style}</style>`,
    ...sections,
    "</html>",
    "",
  ].join("\n");
}

/** The digits as they are spoken and shown everywhere. */
export function rosterFingerprint(roster: Roster): string {
  return fingerprint("gundo/roster/v1", roster.noteHash);
}

function sectionOf(words: PageWords, roster: Roster): string {
  const desks = roster.desks.map((desk) => {
    const organisations = organisationsOf(roster, desk).map((name) => `<li>${escaped(name)}</li>`);
    return `<h3>${escaped(desk.name)}</h3>\n<ul>${organisations.join("")}</ul>`;
  });
  return [
    `<section lang="${words.language}"><h1>${escaped(roster.instance)} · ${words.title}</h1>`,
    `<p>${words.number(roster.serial, isoDay(dayOf(roster.expiresMs)))}</p>`,
    `<p>${words.read}</p>\n<p class="digits">${rosterFingerprint(roster)}</p>`,
    `<p>${words.who}</p>`,
    ...desks,
    `<p>${words.compare}</p></section>`,
  ].join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
