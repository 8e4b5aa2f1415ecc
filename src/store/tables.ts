import type { Generated, GeneratedAlways } from "kysely";
import type { CaseState } from "../envelope/case-act.ts";
import type { SizeClass } from "../envelope/pad.ts";

/** Every table of the schema `gundo`. README.md says of each column why it is there and how long it lives. */
export interface Tables {
  arrival: ArrivalTable;
  report: ReportTable;
  seen: SeenTable;
  offer: OfferTable;
  case: CaseTable;
  case_event: CaseEventTable;
  case_aside: CaseAsideTable;
  spent_nonce: SpentNonceTable;
  session: SessionTable;
  audit: AuditTable;
  audit_checkpoint: AuditCheckpointTable;
  readiness: ReadinessTable;
  mailbox_held: MailboxHeldTable;
  mailbox_message: MailboxMessageTable;
  outbox: OutboxTable;
  part: PartTable;
  relay_note: RelayNoteTable;
  digest_turn: DigestTurnTable;
  sweep_day: SweepDayTable;
  quarter_key: QuarterKeyTable;
  label: LabelTable;
  release_note: ReleaseNoteTable;
  release_parcel: ReleaseParcelTable;
}

/** Where an order to the relay stands (README.md, The outbox). */
export type OutboxState = "waiting" | "sending" | "sent" | "refused" | "maybe" | "delivered" | "failed";

interface OutboxTable {
  id: Uint8Array;
  day: number;
  state: OutboxState;
  sealed: Uint8Array | null;
  once_hash: Uint8Array | null;
  message_hash: Uint8Array | null;
}

interface PartTable {
  id: Uint8Array;
  day: number;
  sealed: Uint8Array;
}

interface QuarterKeyTable {
  period: string;
  reviewer: string;
  key_hash: Uint8Array;
  sealed: Uint8Array;
}

interface LabelTable {
  id: Uint8Array;
  period: string;
  sealed: Uint8Array;
}

interface ReleaseNoteTable {
  period: string;
  name: string;
  shown_ms: number;
  note: Uint8Array;
}

interface ReleaseParcelTable {
  period: string;
  kind: string;
  officer: string;
  sealed: Uint8Array;
}

interface RelayNoteTable {
  id: number;
  note: Uint8Array;
}

interface ArrivalTable {
  /** Random; names the row for the mix only. */
  id: Generated<Uint8Array>;
  desk: string;
  received_day: number;
  size_class: SizeClass;
  door_hash: Uint8Array;
  sealed: Uint8Array;
}

interface ReportTable {
  id: Uint8Array;
  desk: string;
  received_day: number;
  size_class: SizeClass;
  door_hash: Uint8Array;
  sealed: Uint8Array;
}

interface SeenTable {
  hash: Uint8Array;
  expires_day: number;
}

interface OfferTable {
  report_id: Uint8Array;
  round: number;
  look_day: number;
  acknowledge_day: number;
  answer_day: number;
}

interface CaseTable {
  door_hash: Uint8Array;
  desk: string;
  state: CaseState;
  head: Uint8Array;
  seq: number;
  acknowledge_day: number;
  answer_day: number;
  ends_day: number | null;
  touched: boolean;
}

interface CaseEventTable {
  door_hash: Uint8Array;
  seq: number;
  hash: Uint8Array;
  sealed: Uint8Array;
}

interface CaseAsideTable {
  door_hash: Uint8Array;
  mark: Uint8Array;
}

interface SpentNonceTable {
  nonce_hash: Uint8Array;
  expires_ms: number;
}

interface SessionTable {
  token_hash: Uint8Array;
  reviewer: string;
  verifier: Uint8Array;
  expires_ms: number;
}

interface AuditTable {
  seq: number;
  previous: Uint8Array;
  hour: number;
  actor: string | null;
  action: string;
  object: Uint8Array;
  signature: Uint8Array | null;
  hash: Uint8Array;
}

interface MailboxHeldTable {
  /** Follows from the row; names it for the release only. */
  id: GeneratedAlways<Uint8Array>;
  mailbox_id: Uint8Array;
  day: number;
  sealed: Uint8Array;
}

interface MailboxMessageTable {
  id: Uint8Array;
  mailbox_id: Uint8Array;
  day: number;
  sealed: Uint8Array;
}

interface AuditCheckpointTable {
  id: number;
  seq: number;
  hour: number;
  note: Uint8Array;
}

interface DigestTurnTable {
  mark: Uint8Array;
  hour: number;
  tries: number;
  again: boolean;
}

interface SweepDayTable {
  id: number;
  day: number;
  leap_day: number | null;
}

interface ReadinessTable {
  id: number;
  flip: boolean;
}
