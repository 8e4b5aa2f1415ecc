import type { CaseState } from "../envelope/case-act.ts";
import type { Channel } from "../envelope/report.ts";
import type { Deadline } from "./inbox/filter.ts";
import type { Shortcut } from "./keyboard.ts";
import type { Locked, Refusal, Theme, Warning } from "./state.ts";

export const languages = ["fr", "en"] as const;
export type Language = (typeof languages)[number];

/** Every word of the console's frame, unlocking and inbox in one language; whole sentences, nothing put together from pieces. */
export interface ConsoleWords {
  readonly language: Language;
  readonly title: string;
  readonly skip: string;
  readonly otherLanguage: { readonly language: Language; readonly name: string };
  readonly theme: string;
  readonly themes: Readonly<Record<Theme, string>>;
  readonly lock: string;
  readonly shortcuts: string;
  readonly close: string;
  readonly signedInAs: (name: string, organisation: string) => string;
  readonly offline: string;

  readonly lockedBecause: Readonly<Record<Locked, string>>;
  readonly unlockTitle: string;
  readonly identityFile: string;
  readonly identityHint: string;
  readonly passphrase: string;
  readonly anchorsFile: string;
  readonly anchorsHint: string;
  readonly unlock: string;
  readonly unlocking: string;
  readonly neverLeaves: string;
  readonly noKeys: string;
  readonly demo: (identityFile: string, passphraseFile: string, anchorsFile: string) => readonly string[];
  readonly refusals: Readonly<Record<Refusal, string>>;

  readonly compareTitle: string;
  readonly compare: string;
  readonly compareSame: string;
  readonly compareOther: string;

  readonly enrolTitle: string;
  readonly enrolLead: readonly string[];
  readonly renewTitle: string;
  readonly renewLead: readonly string[];
  readonly renew: string;
  readonly chosenName: string;
  readonly chosenNameHint: string;
  readonly newPassphrase: string;
  readonly newPassphraseHint: string;
  readonly repeat: string;
  readonly makeKeys: string;
  readonly makingKeys: string;
  readonly madeTitle: string;
  readonly saveIdentity: string;
  readonly saveRequest: string;
  readonly readAloud: string;
  readonly madeNext: readonly string[];
  readonly back: string;

  readonly warningsTitle: string;
  readonly warnings: Readonly<Record<Warning, string>>;
  readonly understood: string;

  readonly inboxTitle: string;
  readonly opening: (done: number, of: number) => string;
  readonly search: string;
  readonly filters: string;
  readonly any: string;
  readonly state: string;
  readonly states: Readonly<Record<CaseState, string>>;
  readonly category: string;
  readonly place: string;
  readonly languageOf: string;
  readonly deadline: string;
  readonly deadlines: Readonly<Record<Deadline, string>>;
  readonly dangerOnly: string;
  readonly offeredOnly: string;
  readonly clear: string;
  readonly more: string;
  readonly shown: (shown: number, all: number) => string;
  readonly unopened: (files: number) => string;
  readonly emptyTitle: string;
  readonly empty: readonly string[];
  readonly noneTitle: string;
  readonly none: string;
  readonly unread: string;
  readonly danger: string;
  readonly forget: string;
  readonly attachments: (count: number) => string;
  readonly due: (day: string) => string;
  readonly late: (day: string) => string;
  readonly channels: Readonly<Record<Channel, string>>;
  readonly received: (day: string) => string;
  readonly rosterLine: (serial: number, fingerprint: string) => string;
  readonly daysLeft: (days: number) => string;

  readonly sheetTitle: string;
  readonly keys: Readonly<Record<Shortcut, string>>;
}
