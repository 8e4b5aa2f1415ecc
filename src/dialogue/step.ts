import type { UnixDay } from "../base/clock.ts";
import type { Language, Script } from "./script.ts";
import type { Exclusion, Settings } from "./settings.ts";

/** Septets of a screen, `CON ` or `END ` counted (phones.md, Encoding). */
export const screenSeptets = 150;
/** UTF-16 units of a screen with letters that GSM-7 lacks, prefix counted: under USSD's 80. */
export const screenUnits = 70;

/** What a session has to send so far, or sends (envelope.md, Frame, report body). */
export interface Draft {
  readonly language: Language;
  /** The words exactly as they came, one line an answer. */
  readonly text: string;
  readonly exclude: readonly Exclusion[];
  readonly answers: { readonly category?: string; readonly place?: string; readonly danger?: boolean };
  /** The 16 digits of the mailbox this follows up, or null. */
  readonly thread: string | null;
  /** An answer by SMS was asked for, so that the caller's number goes into a reply capsule. */
  readonly smsAnswer: boolean;
}

/** What a reviewer wrote, and when. */
interface Answer {
  readonly day: UnixDay;
  readonly text: string;
}

/** What the caller found behind 16 digits. */
export type Reading =
  /** Newest first; at least one. */
  | { readonly kind: "answers"; readonly answers: readonly Answer[]; readonly exclude: readonly Exclusion[] }
  /** The report was taken, on that day, and nobody answered yet. */
  | { readonly kind: "taken"; readonly day: UnixDay; readonly exclude: readonly Exclusion[] }
  /** A wrong code, an empty box, a report nobody took yet: nobody can tell which. */
  | { readonly kind: "nothing" }
  /** Over the day's limit, no evaluation in time, or a store that is away. */
  | { readonly kind: "refused" };

/** What a session is told in: settings, one language, and what the caller knows besides the answers. */
export interface Talk {
  readonly settings: Settings;
  readonly script: Script;
  readonly reading: Reading | undefined;
  /** Whether the answers were guessed apart without a note (inputs.ts). */
  readonly guessed: boolean;
}

/** A question. */
export interface Ask {
  readonly kind: "ask";
  readonly body: () => string;
  /** Stands before the body when an answer was not understood. */
  readonly hint: string;
  /** What is sent if the session is cut here; null sends nothing. */
  readonly draft: Draft | null;
  /** Where an answer leads; null when it fits nothing here. */
  readonly next: (answer: string) => Step | null;
}

/** What a session has its caller hand in. */
export type HandIn =
  /** Send it, then show `thanksScreen` or `notSentScreen`. */
  | { readonly kind: "report"; readonly draft: Draft }
  /** Forget it, then show `forgottenScreen`. */
  | {
      readonly kind: "forget";
      readonly language: Language;
      readonly receipt: string;
      readonly exclude: readonly Exclusion[];
    };

/** Where no further answer is taken. */
export type Last =
  | HandIn
  | { readonly kind: "say"; readonly body: string }
  | { readonly kind: "readMailbox"; readonly receipt: string };

export type Step = Ask | Last;

/**
 * The end of a session whose answers, guessed apart, do not fit its questions: a key where words belong, or no key where
 * one belongs. Then the exclusions may have been read off the wrong answers, and nothing may be sent.
 */
export function startAgain(talk: Talk): Last {
  return { kind: "say", body: talk.script.startAgain };
}

/** A question answered by one key of those its body names; `keys` says where each leads. */
export function keyed(
  talk: Talk,
  body: () => string,
  keys: Readonly<Record<string, () => Step>>,
  draft: Draft | null = null,
): Ask {
  const ways = new Map(Object.entries(keys));
  const unknown = talk.guessed && draft === null ? startAgain(talk) : null;
  return {
    kind: "ask",
    body,
    hint: talk.script.hintKey,
    draft,
    next: (answer) => ways.get(answer.trim())?.() ?? unknown,
  };
}
