import { sql, type Kysely } from "kysely";
import type { DeskId, DoorHash, ReportId, Sealed } from "../base/brand.ts";
import type { UnixDay } from "../base/clock.ts";
import type { SizeClass } from "../envelope/pad.ts";
import { idBytes, idOf, plainBytes } from "./bytes.ts";
import { inOrder, writeAnew, type Order } from "./shuffle.ts";
import type { Tables } from "./tables.ts";

/** One report as the desk is shown it: the sealed bytes exactly as they came. */
export interface StoredReport {
  readonly id: ReportId;
  readonly desk: DeskId;
  readonly receivedDay: UnixDay;
  readonly sizeClass: SizeClass;
  readonly doorHash: DoorHash;
  readonly sealed: Sealed;
}

/** Where a page ended: the next begins after it. */
export interface ReportCursor {
  readonly receivedDay: UnixDay;
  readonly id: ReportId;
}

/** A page of a desk's list, whole or without the sealed bytes. */
export interface ReportPage<Row = StoredReport> {
  readonly reports: readonly Row[];
  /** Null on the last page. */
  readonly next: ReportCursor | null;
}

/** What a list shows of a report without its bytes. */
export type ListedReport = Pick<StoredReport, "id" | "receivedDay" | "sizeClass">;

/** What is asked for by id. */
export type SealedReport = Pick<StoredReport, "id" | "receivedDay" | "sealed">;

interface WantedPage {
  readonly desk: DeskId;
  readonly after?: ReportCursor;
  readonly limit: number;
}

/**
 * A desk's reports, newest day first, within a day by descending id, which is random. The cost of a page does not
 * depend on how many reports there are, nor on how far in it is.
 */
export async function listReports(db: Kysely<Tables>, wanted: WantedPage): Promise<ReportPage> {
  const rows = await pageOf(db, wanted).selectAll().execute();
  const reports = rows.map((row) => ({
    id: idOf(row.id),
    desk: row.desk as DeskId,
    receivedDay: row.received_day as UnixDay,
    sizeClass: row.size_class,
    doorHash: plainBytes(row.door_hash) as DoorHash,
    sealed: plainBytes(row.sealed) as Sealed,
  }));
  return pageThrough(reports, wanted.limit);
}

/** The same list without the sealed bytes, which are then not read from the disk either. */
export async function listReportIds(db: Kysely<Tables>, wanted: WantedPage): Promise<ReportPage<ListedReport>> {
  const rows = await pageOf(db, wanted).select(["id", "received_day", "size_class"]).execute();
  const reports = rows.map(({ id, received_day, size_class }) => ({
    id: idOf(id),
    receivedDay: received_day as UnixDay,
    sizeClass: size_class,
  }));
  return pageThrough(reports, wanted.limit);
}

/** Reports of a desk by id, in the order asked for; those of another desk, or gone, are left out. */
export async function sealedReports(
  db: Kysely<Tables>,
  desk: DeskId,
  ids: readonly ReportId[],
): Promise<readonly SealedReport[]> {
  if (ids.length === 0) return [];
  const query = db.selectFrom("report").select(["id", "received_day", "sealed"]).where("desk", "=", desk);
  const rows = await query.where("id", "in", ids.map(idBytes)).execute();
  const reports = rows.map(({ id, received_day, sealed }) => ({
    id: idOf(id),
    receivedDay: received_day as UnixDay,
    sealed: plainBytes(sealed) as Sealed,
  }));
  const found = new Map(reports.map((report) => [report.id, report]));
  return [...new Set(ids)].flatMap((id) => found.get(id) ?? []);
}

/** One row more than asked for tells whether there is a next page. */
function pageOf(db: Kysely<Tables>, { desk, after, limit }: WantedPage) {
  const query = db.selectFrom("report").where("desk", "=", desk);
  const from =
    after === undefined
      ? query
      : query.where(sql<boolean>`(received_day, id) < (${after.receivedDay}, ${idBytes(after.id)})`);
  return from
    .orderBy("received_day", "desc")
    .orderBy("id", "desc")
    .limit(limit + 1);
}

function pageThrough<Row extends ReportCursor>(rows: readonly Row[], limit: number): ReportPage<Row> {
  const reports = rows.slice(0, limit);
  const last = reports.at(-1);
  const next = rows.length > limit && last !== undefined ? { receivedDay: last.receivedDay, id: last.id } : null;
  return { reports, next };
}

/**
 * Writes a day's reports anew in the given order, and their offers with them, in one transaction: place and transaction
 * number of a row, and of its sealed bytes, then say nothing about when it came (triage.md, Store). For each past day, once
 * nothing of it can still arrive, and for the running one now and then; follow it with `tidy(db, ["report", "offer"])`.
 *
 * @throws Fault `store.unavailable`: nothing changed. `bug` when `order` drops or repeats a row: nothing changed.
 */
export function shuffleDay(db: Kysely<Tables>, day: UnixDay, order: Order): Promise<void> {
  return db.transaction().execute(async (trx) => {
    const rows = await trx.selectFrom("report").select("id").where("received_day", "=", day).forUpdate().execute();
    await writeAnew(trx, "report", reportColumns, inOrder(rows, order));
    await rewriteOffers(
      trx,
      rows.map(({ id }) => id),
    );
  });
}

/**
 * An offer is written moments after its report came out of the mix, and lives as long: left where it is, it would tell the
 * order of arrival for half a year. By id, which is random and was drawn by the mix.
 */
async function rewriteOffers(trx: Kysely<Tables>, ids: readonly Uint8Array[]): Promise<void> {
  await sql`
    with taken as (delete from offer where report_id = any(${ids}::bytea[]) returning *)
    insert into offer (report_id, round, look_day, acknowledge_day, answer_day)
    select report_id, round, look_day, acknowledge_day, answer_day from taken order by report_id, round`.execute(trx);
}

const reportColumns = ["id", "desk", "received_day", "size_class", "door_hash", "sealed"] as const;
