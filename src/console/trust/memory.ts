import { fromHex, hex } from "../../base/bytes.ts";
import { parseJson, strictInteger, strictRecord, strictText } from "../../base/strict.ts";
import type { AuditHead } from "../../envelope/audit.ts";
import type { RosterMemory } from "../../roster/verify.ts";
import { parsePeriod, type Period } from "../../trends/period.ts";
import type { Theme } from "../state.ts";
import { languages, type Language } from "../words.ts";

/** What a browser keeps between two visits: public facts and taste. Nothing in it says who uses it or what they read. */
export interface Remembered {
  readonly language: Language | null;
  readonly theme: Theme;
  /** SHA-256 of the anchors that were trusted, 32 bytes. */
  readonly anchors: Uint8Array | null;
  readonly roster: RosterMemory | null;
  readonly audit: AuditHead | null;
  /** SHA-256 of the page, 32 bytes. */
  readonly page: Uint8Array | null;
  /** The last quarter whose labels left from here; every reviewer's do. */
  readonly labels: Period | null;
}

export interface Memory {
  read(): Remembered;
  write(part: Partial<Remembered>): void;
}

const nothing: Remembered = {
  language: null,
  theme: "system",
  anchors: null,
  roster: null,
  audit: null,
  page: null,
  labels: null,
};

const name = "gundo";

/** Memory in `localStorage`; where a browser keeps nothing there, for this visit only. */
export function openMemory(): Memory {
  let held = readKept();
  return {
    read: () => held,
    write: (part) => {
      held = { ...held, ...part };
      keep(rememberedText(held));
    },
  };
}

function readKept(): Remembered {
  try {
    return parseRemembered(localStorage.getItem(name) ?? "");
  } catch {
    // A browser that forbids storage throws here: the console works without, and warns of less.
    return nothing;
  }
}

function keep(text: string): void {
  try {
    localStorage.setItem(name, text);
  } catch {
    // As above: what is remembered only ever adds a warning.
  }
}

export function rememberedText({ language, theme, anchors, roster, audit, page, labels }: Remembered): string {
  return JSON.stringify({
    v: 1,
    language,
    theme,
    anchors: anchors && hex(anchors),
    roster: roster && { serial: roster.serial, noteHash: hex(roster.noteHash) },
    audit: audit && { seq: audit.seq, hash: hex(audit.hash) },
    page: page && hex(page),
    labels,
  });
}

/** What cannot be read is as good as nothing: the reviewer is then asked to compare the anchors once more. */
export function parseRemembered(text: string): Remembered {
  const names = ["v", "language", "theme", "anchors", "roster", "audit", "page"];
  const record = strictRecord(parseJson(text), names, ["labels"]);
  if (record?.["v"] !== 1) return nothing;
  const roster = strictRecord(record["roster"], ["serial", "noteHash"]);
  const audit = strictRecord(record["audit"], ["seq", "hash"]);
  return {
    language: languages.find((one) => one === record["language"]) ?? null,
    theme: (["system", "light", "dark"] as const).find((one) => one === record["theme"]) ?? "system",
    anchors: hashIn(record["anchors"]),
    roster: pair(strictInteger(roster?.["serial"], 1, 2 ** 31), hashIn(roster?.["noteHash"]), (serial, noteHash) => ({
      serial,
      noteHash,
    })),
    audit: pair(strictInteger(audit?.["seq"], 0, 2 ** 31), hashIn(audit?.["hash"]), (seq, hash) => ({ seq, hash })),
    page: hashIn(record["page"]),
    labels: parsePeriod(record["labels"]),
  };
}

function hashIn(value: unknown): Uint8Array | null {
  return fromHex(strictText(value, /^[0-9a-f]{64}$/) ?? "-");
}

function pair<T>(
  number: number | null,
  hash: Uint8Array | null,
  make: (number: number, hash: Uint8Array) => T,
): T | null {
  return number === null || hash === null ? null : make(number, hash);
}
