import type { CaseEventHash, DoorHash } from "../base/brand.ts";

/** How a case ended; `forgotten`: the informant asked for it. */
export const outcomes = ["answered", "passedOn", "nothingToDo", "duplicate", "forgotten"] as const;
export type Outcome = (typeof outcomes)[number];

/** What a reviewer says a report counts as (trends.md, Labels). */
export interface Label {
  readonly category: string;
  /** P-code of a cercle or région. */
  readonly place: string;
  /** What the quarter's tokens are made of: never a village's name, which the report alone holds. */
  readonly unit?: string;
  readonly incident?: string;
  readonly locality?: string;
  /** Plausible on its own. */
  readonly plausible: boolean;
  /** Versions of the category and place files. */
  readonly taxonomy: string;
  readonly geography: string;
}

/** How many people could have known what a report says: 1, 2 to 4, 5 to 20, more. */
export const knowers = ["one", "few", "some", "many"] as const;
export type Knowers = (typeof knowers)[number];

/** Whether a report points at who made it (web.md, the re-identification check). */
export interface Exposure {
  readonly knowers: Knowers;
  /** The facts by themselves name the source, however many could know them. */
  readonly named: boolean;
}

/** Under five possible sources, or one that the facts name, nothing of a case goes to anybody outside. */
export function mayForward(exposure: Exposure | null): boolean {
  return exposure !== null && !exposure.named && (exposure.knowers === "some" || exposure.knowers === "many");
}

/** What one event of a case does. Closed: the core learns none of it, and a reader knows every kind. */
export type CaseAct =
  | { readonly kind: "take" }
  | { readonly kind: "handOver"; readonly to: string }
  | { readonly kind: "aside" }
  | { readonly kind: "note"; readonly text: string }
  | { readonly kind: "label"; readonly label: Label }
  | { readonly kind: "assess"; readonly exposure: Exposure }
  /** Reports of the same matter, by SHA-256(door): a door here would hand a right to whoever reads this and not that. */
  | { readonly kind: "link"; readonly doors: readonly DoorHash[] }
  /** What was written to the mailbox. */
  | { readonly kind: "question"; readonly text: string }
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "acknowledge" }
  /** An SMS by capsule, and the proposer's own approval (64 bytes) of what the relay will check. */
  | { readonly kind: "propose"; readonly language: string; readonly text: string; readonly signature: Uint8Array }
  | { readonly kind: "approve"; readonly proposal: CaseEventHash; readonly signature: Uint8Array }
  | { readonly kind: "close"; readonly outcome: Outcome }
  | { readonly kind: "reopen"; readonly text: string }
  /** Null where a later history carries what this one did. */
  | { readonly kind: "history"; readonly history: History | null };

/** Bodies of every event before this one, for readers who cannot open those; in parts, where one file does not hold all. */
export interface History {
  /** Serial of the roster to whose desk it was sealed: whoever re-seals knows what is done. */
  readonly serial: number;
  /** How many of the events the parts before this one carry; 0 in the first. */
  readonly skip: number;
  readonly events: readonly Uint8Array[];
  /** Another part follows. */
  readonly more: boolean;
}

export const caseKinds = [
  "take",
  "handOver",
  "aside",
  "note",
  "label",
  "assess",
  "link",
  "question",
  "answer",
  "acknowledge",
  "propose",
  "approve",
  "close",
  "reopen",
  "history",
] as const satisfies readonly CaseAct["kind"][];
export type CaseKind = (typeof caseKinds)[number];

/** Longest text of an event, in bytes: any of them then fits the smallest class, so that its size tells no kind. */
export const mostTextBytes = 4000;

/** The state of a case, of which the core is told this word and nothing else. */
export const caseStates = ["waiting", "open", "answered", "closed"] as const;
export type CaseState = (typeof caseStates)[number];
