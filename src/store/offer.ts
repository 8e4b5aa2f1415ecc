import { sql, type Kysely } from "kysely";
import type { ReportId } from "../base/brand.ts";
import type { UnixDay } from "../base/clock.ts";
import { idBytes, idOf } from "./bytes.ts";
import type { Tables } from "./tables.ts";

/** One round in which a report is offered to its desk, with its coarse deadlines (triage.md, queue triage). */
export interface Offer {
  readonly reportId: ReportId;
  /** 0 is the first. */
  readonly round: number;
  readonly lookDay: UnixDay;
  readonly acknowledgeDay: UnixDay;
  readonly answerDay: UnixDay;
}

/** Idempotent: `already` when this round was written before, its days kept; `gone` when there is no such report. */
export async function insertOffer(db: Kysely<Tables>, offer: Offer): Promise<"offered" | "already" | "gone"> {
  const id = idBytes(offer.reportId);
  const { numAffectedRows } = await sql`
    insert into offer (report_id, round, look_day, acknowledge_day, answer_day)
    select ${id}::bytea, ${offer.round}::smallint, ${offer.lookDay}::integer, ${offer.acknowledgeDay}::integer,
      ${offer.answerDay}::integer
    where exists (select from report where id = ${id})
    on conflict do nothing`.execute(db);
  if (numAffectedRows === 1n) return "offered";
  const known = await db
    .selectFrom("offer")
    .select("round")
    .where("report_id", "=", id)
    .where("round", "=", offer.round)
    .execute();
  return known.length > 0 ? "already" : "gone";
}

/** Reports that a crash left between the mix and their first offer, at most `limit`, in no order of arrival. */
export async function reportsWithoutOffer(db: Kysely<Tables>, limit: number): Promise<readonly ReportId[]> {
  const rows = await db
    .selectFrom("report")
    .select("report.id")
    .where((where) =>
      where.not(
        where.exists(where.selectFrom("offer").select("offer.round").whereRef("offer.report_id", "=", "report.id")),
      ),
    )
    .orderBy("report.id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => idOf(id));
}
