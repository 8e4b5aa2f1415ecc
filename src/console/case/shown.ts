import type { ReportId } from "../../base/brand.ts";
import type { CaseKind } from "../../envelope/case-act.ts";
import type { CaseEvent } from "../../envelope/case-event.ts";
import type { ReadCase } from "../../roster/case-write.ts";
import type { Progress } from "../state.ts";

/** Which action's form is open. */
export type Panel =
  | "answer"
  | "sms"
  | "note"
  | "label"
  | "assess"
  | "handOver"
  | "close"
  | "reopen"
  | "export"
  | "aside";

/** Why something was not done; each has its sentence. */
export type CaseRefusal =
  | "order"
  | "led"
  | "unknown"
  | "readers"
  | "tooFewReaders"
  | "tooLong"
  | "relayMissing"
  | "capsuleExpired"
  | "unreached"
  | "unexpected";

/** What became of what was asked for last. */
export type Notice =
  | { readonly notice: "done"; readonly kind: CaseKind }
  /** Somebody else was first: what they did, if it opens. */
  | { readonly notice: "conflict"; readonly newer: CaseEvent | null }
  | { readonly notice: "refused"; readonly refusal: CaseRefusal };

/** The case on screen, in clear: locking lets go of it with everything else. */
export interface ShownCase {
  /** The report it was opened by. */
  readonly id: ReportId;
  /** Null while it is fetched. */
  readonly read: ReadCase | null;
  readonly panel: Panel | null;
  readonly busy: boolean;
  readonly notice: Notice | null;
}

/** Sealing anew under way, or what came of it. */
export interface Resealing {
  readonly progress: Progress;
  readonly resealed: number;
  /** Cases that could not be: damaged, or too few readers left. */
  readonly refused: number;
  readonly done: boolean;
}
