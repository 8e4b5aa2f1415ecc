import type { DeskId, ReportId } from "../base/brand.ts";
import { noFilter, type Filter } from "./inbox/filter.ts";
import type { Item } from "./inbox/item.ts";
import type { Resealing, ShownCase } from "./case/shown.ts";
import type { Language } from "./words.ts";

/** Where the reviewer is. It is kept here only: neither the address nor the browser's history ever tells. */
export type Screen =
  | { readonly screen: "unlock" }
  | { readonly screen: "enrol" }
  | { readonly screen: "inbox" }
  | { readonly screen: "release" }
  | { readonly screen: "case"; readonly id: ReportId }
  | { readonly screen: "renew" };

export type Theme = "system" | "light" | "dark";

/** What went wrong with what was asked for last; each has its sentence. */
export type Refusal =
  | "passphrase"
  | "identityFile"
  | "anchorsFile"
  | "anchorsOther"
  | "rosterSigners"
  | "rosterOlder"
  | "rosterForked"
  | "rosterInstance"
  | "rosterExpired"
  | "rosterMalformed"
  | "notOnRoster"
  | "signInRefused"
  | "unreached"
  | "busy"
  | "passphraseShort"
  | "passphraseDiffers"
  | "name"
  | "unexpected";

/** What the server shows that is not what was seen last; each is named on screen until it is put away. */
export type Warning =
  | "rosterOlder"
  | "rosterForked"
  | "rosterEdited"
  | "rosterStale"
  | "rosterUnreadable"
  | "anchorsOther"
  | "auditOlder"
  | "auditRewritten"
  | "auditUnsigned"
  | "pageOther"
  | "pageChanged";

/** Why the console is locked. */
export type Locked = "first" | "asked" | "idle" | "removed";

/** Who is at work; nothing in it is secret. */
export interface SignedIn {
  readonly reviewer: string;
  readonly name: string;
  readonly organisation: string;
  /** Releases, and so reads nothing. */
  readonly isOfficer: boolean;
  readonly desks: readonly { readonly id: DeskId; readonly name: string }[];
  readonly rosterSerial: number;
  readonly rosterFingerprint: string;
  /** Days until the roster, or the reviewer's own service, ends: what comes first. */
  readonly daysLeft: number;
}

/** How far the opening has come, or null when nothing is being opened. */
export interface Progress {
  readonly done: number;
  readonly of: number;
}

/** Everything on screen. Reports are in it in clear; locking puts `lockedState` in its place. */
export interface State {
  readonly language: Language;
  readonly theme: Theme;
  readonly screen: Screen;
  readonly locked: Locked;
  /** Something is under way that the same button must not start twice. */
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  readonly warnings: readonly Warning[];
  readonly signedIn: SignedIn | null;
  /** Digits of the server's anchors, while the reviewer is asked to compare them. */
  readonly compare: string | null;
  readonly items: ReadonlyMap<ReportId, Item>;
  /** Files that do not open: decoys, and what excludes this reviewer; nobody can tell. */
  readonly unopened: number;
  readonly progress: Progress | null;
  /** The server did not answer the last time it was asked. */
  readonly offline: boolean;
  readonly filter: Filter;
  readonly search: string;
  /** The report under the cursor in the list. */
  readonly cursor: ReportId | null;
  readonly sheet: boolean;
  /** The case on screen. */
  readonly shown: ShownCase | null;
  readonly resealing: Resealing | null;
}

/** A console that holds no key and no word. */
export function lockedState(language: Language, theme: Theme, locked: Locked): State {
  return {
    language,
    theme,
    screen: { screen: "unlock" },
    locked,
    busy: false,
    refusal: null,
    warnings: [],
    signedIn: null,
    compare: null,
    items: new Map(),
    unopened: 0,
    progress: null,
    offline: false,
    filter: noFilter,
    search: "",
    cursor: null,
    sheet: false,
    shown: null,
    resealing: null,
  };
}
