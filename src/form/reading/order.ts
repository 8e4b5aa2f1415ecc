import type { UnixMs } from "../../base/clock.ts";
import type { ReadingNotice } from "../../dialogue/words-reading.ts";
import type { Exclusion } from "../../envelope/report.ts";
import type { Receipt } from "../../mailbox/receipt.ts";
import type { Roster } from "../../roster/roster.ts";

/** Reads what lies behind the digits. The roster was verified by the page. */
export interface ReadOrder {
  readonly step: "read";
  readonly origin: string;
  readonly roster: Roster;
  readonly nowMs: UnixMs;
  readonly language: string;
  readonly receipt: Receipt;
}

/** What may follow a reading. */
export interface NextOrder {
  readonly step: "again" | "exchange" | "forget";
  /** What was asked; null where an answer repeated it. */
  readonly exclude: readonly Exclusion[] | null;
  /** For `again`. */
  readonly text: string;
}

/** What the worker says back, one for each order; that it cannot read any it says at its start too. */
export type Outcome =
  | { readonly kind: "cannot" }
  | {
      readonly kind: "read";
      /** Newest first; days as `YYYY-MM-DD`. */
      readonly answers: readonly { readonly day: string; readonly text: string }[];
      /** The day of the newest sign, or null when there is none. */
      readonly day: string | null;
    }
  | { readonly kind: "sent" | "forgotten" | "noNumbers" }
  /** `stillOpen`: the old numbers could not be forgotten yet. */
  | { readonly kind: "exchanged"; readonly receipt: Receipt; readonly stillOpen: boolean }
  | { readonly kind: "notice"; readonly notice: ReadingNotice };
