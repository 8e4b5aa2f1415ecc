import type { DoorHash, Sealed } from "../base/brand.ts";
import { base64url } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { hourOf, type Clock } from "../base/clock.ts";
import type { PageEntry, PageNotice } from "../dialogue/words-page.ts";
import { hashDoor, newDoor } from "../envelope/door.ts";
import { encodeFrame } from "../envelope/frame.ts";
import { encodeReport, type Report } from "../envelope/report.ts";
import { sealPrepared, type Prepared } from "../envelope/seal.ts";
import { askWithWork } from "../envelope/work.ts";
import type { Desk, Roster } from "../roster/roster.ts";
import { soonest } from "./readers.ts";
import type { MadeReceipt, Receipts } from "./receipts.ts";

/** What leaves the phone: one age file, and the hash that the core compares. */
export interface SealedReport {
  readonly sealed: Sealed;
  readonly doorHash: DoorHash;
  /** 16 random bytes: sent twice, it is stored once. */
  readonly repeatKey: Uint8Array;
}

/** What was written, and what goes with it. */
export type SentEntry = PageEntry & Pick<Report, "attachments">;

/** Everything a report is made of once "send" was pressed. */
export interface Sending {
  readonly roster: Roster;
  readonly prepared: Prepared;
  readonly entry: SentEntry;
  readonly language: string;
  readonly made: MadeReceipt | null;
}

/** Throws `envelope.tooLarge`. */
export function sealReport(sending: Sending, clock: Clock, chance: Chance): SealedReport {
  const { roster, prepared, entry, language, made } = sending;
  const door = newDoor(chance);
  const receivedHour = hourOf(soonest(roster, clock));
  const mailbox = made === null ? {} : { mailbox: made.mailbox };
  const report = { ...entry, ...mailbox, channel: "web", language, receivedHour, door } as const;
  const plain = encodeFrame({ kind: "report", body: encodeReport(report) });
  const sealed = sealPrepared(prepared, plain, chance);
  plain.fill(0);
  return { sealed, doorHash: hashDoor(door), repeatKey: chance.bytes(16) };
}

/** Null once the core has it durably (201, or 200 when it was there before); else what to tell the person. */
export async function postReport(
  desk: Desk,
  { sealed, doorHash, repeatKey }: SealedReport,
  receipts: Receipts,
): Promise<PageNotice | null> {
  const hashes = { "gundo-door-hash": base64url(doorHash), "idempotency-key": base64url(repeatKey) };
  const own = { "content-type": "application/age", ...hashes };
  const body = sealed as Uint8Array as Uint8Array<ArrayBuffer>;
  try {
    const request = { method: "POST", body, credentials: "omit", cache: "no-store" } as const;
    const response = await askWithWork(
      (headers) => fetch(`/reports/${desk.id}`, { ...request, headers: { ...own, ...headers } }),
      (asked) => receipts.work(asked),
    );
    if (response.ok) return null;
    // 404 and 422: no such desk any more, or another number of readers. The page was made for another roster.
    return response.status === 404 || response.status === 422 ? "changed" : "notSent";
  } catch {
    // The network ended between us and the core: nobody here knows on which side of the insert.
    return "unanswered";
  }
}
