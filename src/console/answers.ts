import { parseReportId, type ReportId } from "../base/brand.ts";
import { fromIsoDay, type UnixDay } from "../base/clock.ts";
import { strictInteger, strictList, strictRecord, strictText } from "../base/strict.ts";
import { caseStates } from "../envelope/case-act.ts";
import type { CaseFacts } from "./inbox/item.ts";
import type { SealedFile } from "./openers/orders.ts";

/** One row of the list, without the bytes. */
export interface ListedReport {
  readonly id: ReportId;
  readonly receivedDay: UnixDay;
  readonly offeredTo: readonly string[];
}

/** The row in a list's JSON, or null. */
export function readListed(value: unknown): ListedReport | null {
  const row = strictRecord(value, ["id", "receivedDay", "sizeClass", "offeredTo"]);
  const id = parseReportId(strictText(row?.["id"], /^/) ?? "");
  const receivedDay = fromIsoDay(strictText(row?.["receivedDay"], /^/) ?? "");
  const offeredTo = strictList(row?.["offeredTo"], (one) => strictText(one, /^/));
  return id === null || receivedDay === null || offeredTo === null ? null : { id, receivedDay, offeredTo };
}

/** A sealed file in JSON, or null. */
export function readSealed(value: unknown): SealedFile | null {
  const file = strictRecord(value, ["id", "receivedDay", "sealed"]);
  const id = strictText(file?.["id"], /^[0-9a-f]{32}$/);
  const sealed = strictText(file?.["sealed"], /^/);
  return id === null || sealed === null ? null : { id, sealed };
}

/** A list holds no null of its own: that would be a refusal. */
export function readFacts(value: unknown): { readonly facts: CaseFacts | null } | null {
  if (value === null) return { facts: null };
  const record = strictRecord(value, ["state", "seq", "acknowledgeDay", "answerDay"]);
  const state = caseStates.find((one) => one === record?.["state"]);
  const seq = strictInteger(record?.["seq"], 1, 2 ** 31);
  const acknowledgeDay = fromIsoDay(strictText(record?.["acknowledgeDay"], /^/) ?? "");
  const answerDay = fromIsoDay(strictText(record?.["answerDay"], /^/) ?? "");
  if (state === undefined || seq === null || acknowledgeDay === null || answerDay === null) return null;
  return { facts: { state, seq, acknowledgeDay, answerDay } };
}
