import { hex } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { strictInteger, strictRecord, strictText } from "../base/strict.ts";
import { readNote } from "../envelope/note-text.ts";
import type { NoteVerifier } from "../envelope/note.ts";
import type { BothLanguages } from "./key-space.ts";
import { canonical, erratumKind, noteTextOf, readSigned, strictHash, valueIn } from "./note.ts";
import { parsePeriod, type Period } from "./period.ts";

/**
 * What readers should know of a release that is out, in words. No figure: a corrected one would tell the difference
 * between two counts without noise, so no sign that Unicode counts as a number is taken.
 */
export interface Erratum {
  readonly instance: string;
  readonly period: Period;
  /** 1, then one more each time. */
  readonly number: number;
  /** SHA-256 of the release note, 32 bytes. */
  readonly release: Uint8Array;
  readonly words: BothLanguages;
}

const mostSigns = 2000;
const wordsPattern = new RegExp(`^[^\\p{Cc}\\p{N}]{1,${mostSigns}}$`, "u");
const mostErrata = 99;

export function erratumText({ instance, period, number, release, words: { fr, en } }: Erratum): string {
  return noteTextOf(erratumKind, instance, { period, number, release: hex(release), fr, en });
}

/** Whether an erratum may say this: 1 to 2 000 signs on one line, and no number among them. */
export function isErratum({ fr, en }: BothLanguages): boolean {
  return wordsPattern.test(fr) && wordsPattern.test(en);
}

/** What keeps words from being an erratum's: "sign" for one that no line of text has. */
export type ErratumFlaw = "empty" | "number" | "sign" | "long";

/** The first thing that is wrong with these words, for whoever types them, or null. */
export function erratumFlaw(text: string): ErratumFlaw | null {
  if (text.trim() === "") return "empty";
  if (/\p{N}/u.test(text)) return "number";
  if (/\p{Cc}/u.test(text)) return "sign";
  return wordsPattern.test(text) ? null : "long";
}

/**
 * The erratum in a note, whoever signed it.
 *
 * @throws Fault `note.malformed`, `release.malformed`, `release.instance`.
 */
export function keptErratum(note: Uint8Array, instance: string): Erratum {
  const { text } = readNote(note);
  return canonical(erratumOf(valueIn(text, erratumKind, instance), instance), text, erratumText);
}

/**
 * The erratum that both `officers` signed.
 *
 * @throws Fault as `readSigned`; `release.signers` when one did not sign.
 */
export function verifyErratum(note: Uint8Array, instance: string, officers: readonly NoteVerifier[]): Erratum {
  const { text, value, signers } = readSigned(note, erratumKind, instance, officers);
  if (signers.length !== 2) throw new Fault("release.signers");
  return canonical(erratumOf(value, instance), text, erratumText);
}

function erratumOf(value: unknown, instance: string): Erratum | null {
  const record = strictRecord(value, ["period", "number", "release", "fr", "en"]);
  const period = parsePeriod(record?.["period"]);
  const number = strictInteger(record?.["number"], 1, mostErrata);
  const release = strictHash(record?.["release"]);
  const fr = strictText(record?.["fr"], wordsPattern);
  const en = strictText(record?.["en"], wordsPattern);
  if (period === null || number === null || release === null || fr === null || en === null) return null;
  return { instance, period, number, release, words: { fr, en } };
}
