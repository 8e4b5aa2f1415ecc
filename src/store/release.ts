import { sql, type Kysely, type Transaction } from "kysely";
import type { Sealed } from "../base/brand.ts";
import type { UnixMs } from "../base/clock.ts";
import type { Period } from "../trends/period.ts";
import { plainBytes } from "./bytes.ts";
import type { Tables } from "./tables.ts";

/** One signed note of a release (trends.md, Who computes). */
export interface StoredNote {
  readonly period: Period;
  /** Its name in the published directory without the ending: `plan`, `plan.seen`, `commit-oumar`, `release`. */
  readonly name: string;
  readonly note: Uint8Array;
}

// Any fixed number serves; it only must not be another room's.
const releaseLock = 0x72_65_6c;

/**
 * Runs `act` while nobody else keeps a note or labels: whether a claim was accepted, and which labels it had to name, is
 * decided one after the other.
 */
export function withReleases<T>(db: Kysely<Tables>, act: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${releaseLock})`.execute(trx);
    return act(trx);
  });
}

/** Every note there is, shown or not: for whoever decides about the next one, and for nobody else. */
export async function everyNote(trx: Kysely<Tables>): Promise<readonly StoredNote[]> {
  const rows = await trx
    .selectFrom("release_note")
    .select(["period", "name", "note"])
    .orderBy("period")
    .orderBy("name")
    .execute();
  return rows.map(noteOf);
}

/** Notes that may be read now, by period and name. A release before its instant is among them for nobody. */
export async function shownNotes(db: Kysely<Tables>, nowMs: UnixMs): Promise<readonly StoredNote[]> {
  const query = db.selectFrom("release_note").select(["period", "name", "note"]).where("shown_ms", "<=", nowMs);
  return (await query.orderBy("period").orderBy("name").execute()).map(noteOf);
}

/**
 * Keeps a note that anybody may read from `shownMs` on. Whoever calls has locked the releases, and knows that there is none
 * of this name.
 */
export async function insertNote(trx: Transaction<Tables>, stored: StoredNote, shownMs: UnixMs): Promise<void> {
  await trx
    .insertInto("release_note")
    .values({ ...stored, shown_ms: shownMs })
    .execute();
}

/** Once a release is drawn and co-signed, nothing it was made of is left. Follow it with `tidy`, as every sweep does. */
export async function destroySources(trx: Transaction<Tables>, period: Period): Promise<void> {
  for (const table of ["label", "quarter_key", "release_parcel"] as const)
    await trx.deleteFrom(table).where("period", "=", period).execute();
}

/** What a claim before this one led to is of no use to the draw of this one. */
export async function dropDrawParcels(trx: Transaction<Tables>, period: Period): Promise<void> {
  await trx.deleteFrom("release_parcel").where("period", "=", period).where("kind", "in", ["reveal", "draw"]).execute();
}

/** What goes from one officer to the other, or is kept for themselves: the seed of each attempt (`release_parcel`). */
export const parcelKinds = ["plan", "seed", "seed-2", "reveal", "draw"] as const;
export type ParcelKind = (typeof parcelKinds)[number];

export interface ParcelPlace {
  readonly period: Period;
  readonly kind: ParcelKind;
  /** Who may fetch it. */
  readonly officer: string;
}

/** Keeps a parcel in the place of an older one. Whoever calls has locked the releases. */
export async function putParcel(trx: Transaction<Tables>, place: ParcelPlace, sealed: Sealed): Promise<void> {
  await trx
    .insertInto("release_parcel")
    .values({ ...place, sealed })
    .onConflict((conflict) => conflict.columns(["period", "kind", "officer"]).doUpdateSet({ sealed }))
    .execute();
}

/** Which parcels lie there: whose turn it is shows from it. */
export async function parcelPlaces(db: Kysely<Tables>): Promise<readonly ParcelPlace[]> {
  const query = db.selectFrom("release_parcel").select(["period", "kind", "officer"]);
  const rows = await query.orderBy("period").orderBy("kind").orderBy("officer").execute();
  return rows.map(({ period, kind, officer }) => ({ period: period as Period, kind: kind as ParcelKind, officer }));
}

/** The parcel, or null. */
export async function findParcel(db: Kysely<Tables>, { period, kind, officer }: ParcelPlace): Promise<Sealed | null> {
  const row = await db
    .selectFrom("release_parcel")
    .select("sealed")
    .where("period", "=", period)
    .where("kind", "=", kind)
    .where("officer", "=", officer)
    .executeTakeFirst();
  return row === undefined ? null : (plainBytes(row.sealed) as Sealed);
}

function noteOf({ period, name, note }: Omit<Tables["release_note"], "shown_ms">): StoredNote {
  return { period: period as Period, name, note: plainBytes(note) };
}
