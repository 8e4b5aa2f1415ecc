import { sql } from "kysely";
import { hex } from "../../../src/base/bytes.ts";
import { commitTimes } from "./log-times.ts";
import { logOf } from "./pages.ts";
import type { Sent } from "./planted.ts";
import type { Read } from "./reviewers.ts";
import type { Production } from "./server.ts";
import { join } from "node:path";

/** How far rows give away in which order, and when, the reports in them came. */
export interface Shown {
  /** Reports that were looked at. */
  readonly reports: number;
  /** Kendall's tau between the order of rows and the order in which they were sent: 1 the same, 0 none. */
  readonly order: number;
  /** The same for the rows of `offer`. */
  readonly orderOfOffers: number;
  /** Different transactions among them: as many groups can be told apart. */
  readonly groups: number;
  /** How many have a time of their commit in the log. */
  readonly timed: number;
}

interface Placed {
  readonly id: string;
  readonly xmin: number;
  /** Transaction first, then place. */
  readonly rank: number;
}

/** As a thief reads them: the transaction that wrote a row, then its place in the file. */
async function placed({ ways }: Production, table: "report" | "offer"): Promise<readonly Placed[]> {
  const id = sql.ref(table === "report" ? "id" : "report_id");
  const { rows } = await sql<{ id: Uint8Array; xmin: string }>`
    select ${id} as id, xmin::text as xmin from ${sql.table(table)} order by xmin::text::bigint, ctid`.execute(
    ways().store.db,
  );
  return rows.map((row, rank) => ({ id: hex(row.id), xmin: Number(row.xmin), rank }));
}

/** `read` names the row of each text. */
export async function shown(
  server: Production,
  sent: readonly Sent[],
  read: ReadonlyMap<string, Read>,
): Promise<Shown> {
  const [reports, offers] = await Promise.all([placed(server, "report"), placed(server, "offer")]);
  const ids = sent.toSorted((a, b) => a.atMs - b.atMs).flatMap(({ text }) => read.get(text)?.id ?? []);
  const times = commitTimes(logOf(join(server.home, "postgres")));
  const own = new Set(ids);
  const ofOwn = reports.filter(({ id }) => own.has(id));
  const groups = new Set(ofOwn.map(({ xmin }) => xmin));
  return {
    reports: ids.length,
    order: tau(ranksOf(ids, reports)),
    orderOfOffers: tau(ranksOf(ids, offers)),
    groups: groups.size,
    timed: ofOwn.filter(({ xmin }) => times.has(xmin)).length,
  };
}

function ranksOf(ids: readonly string[], rows: readonly Placed[]): readonly number[] {
  const ranks = new Map(rows.map(({ id, rank }) => [id, rank]));
  return ids.flatMap((id) => ranks.get(id) ?? []);
}

/** Kendall's tau of ranks against the order they stand in: pairs in order less pairs out of it, over all pairs. */
export function tau(ranks: readonly number[]): number {
  let sum = 0;
  for (let later = 1; later < ranks.length; later++)
    for (let earlier = 0; earlier < later; earlier++) sum += Math.sign(ranks[later]! - ranks[earlier]!);
  return ranks.length < 2 ? 0 : sum / ((ranks.length * (ranks.length - 1)) / 2);
}

/** Of what still waits for the mix: how many arrivals, how many with a time, and how far that is from when they were sent. */
export interface Waiting {
  readonly arrivals: number;
  readonly timed: number;
  /** Between the log's time of the last arrivals, in order, and their senders' clock. */
  readonly worstMs: number;
}

export async function shownWaiting({ ways, home }: Production, sent: readonly Sent[]): Promise<Waiting> {
  const query = sql<{ xmin: string }>`select xmin::text as xmin from arrival order by xmin::text::bigint, ctid`;
  const { rows } = await query.execute(ways().store.db);
  const times = commitTimes(logOf(join(home, "postgres")));
  const known = rows.flatMap(({ xmin }) => times.get(Number(xmin)) ?? []);
  const last = sent.slice(-known.length).map(({ atMs }) => atMs);
  return {
    arrivals: rows.length,
    timed: known.length,
    worstMs: Math.max(0, ...known.slice(-last.length).map((time, index) => Math.abs(time - last[index]!))),
  };
}
