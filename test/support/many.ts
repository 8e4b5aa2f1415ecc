import { sql, type Kysely } from "kysely";
import type { AsideMark } from "../../src/store/case.ts";
import type { DeskId, DoorHash, ReportId } from "../../src/base/brand.ts";
import type { UnixDay } from "../../src/base/clock.ts";
import { listAudit, lastAudit } from "../../src/store/audit.ts";
import { desksBehind, findAsides, findCase, findCases, listCaseEvents } from "../../src/store/case.ts";
import { listReportIds, listReports, sealedReports } from "../../src/store/report.ts";
import type { Tables } from "../../src/store/tables.ts";

const desk = "all" as DeskId;
const firstDay = 20_600;

/** Fills the tables that lists are read from with `count` rows each; stand-ins for the bytes, which no query looks into. */
export async function fillTables(db: Kysely<Tables>, count: number): Promise<void> {
  const header = sql`convert_to('age-encryption.org/v1' || chr(10), 'UTF8')`;
  await sql`truncate report, "case", case_event, case_aside, audit`.execute(db);
  const rows = sql`generate_series(1, ${sql.lit(count)}) as n`;
  await sql`insert into report (id, desk, received_day, size_class, door_hash, sealed)
    select uuid_send(gen_random_uuid()), case when n % 4 = 0 then 'gao' else 'all' end, ${sql.lit(firstDay)} + n % 180,
      8192, sha256(n::text::bytea), ${header} from ${rows}`.execute(db);
  await sql`insert into "case" (door_hash, desk, state, head, seq, acknowledge_day, answer_day, touched)
    select sha256(n::text::bytea), 'all', 'open', sha256('head'), 1, 20000, 20090, false from ${rows}`.execute(db);
  await sql`insert into case_event (door_hash, seq, hash, sealed)
    select sha256(n::text::bytea), 1, sha256('head'), ${header} from ${rows}`.execute(db);
  await sql`insert into case_aside (door_hash, mark)
    select sha256(n::text::bytea), sha256((-n)::text::bytea) from ${rows}`.execute(db);
  await sql`insert into audit (seq, previous, hour, action, object, hash)
    select n, sha256('a'), 400000, 'daySwept', sha256(n::text::bytea), sha256('b') from ${rows}`.execute(db);
  await sql`analyze report, "case", case_event, case_aside, audit`.execute(db);
}

/** Doors and ids that are there, and one door in ten that is not: as many of each whatever the number of rows. */
export interface Known {
  readonly doors: readonly DoorHash[];
  readonly marks: readonly AsideMark[];
  readonly ids: readonly ReportId[];
}

export async function knownRows(db: Kysely<Tables>): Promise<Known> {
  const hashes = async (sign: string) => {
    const query = sql<{ hash: Uint8Array }>`
      select sha256((${sql.lit(sign)} || case when n % 10 = 0 then 'none' else '' end || n * 9)::bytea) as hash
      from generate_series(1, 100) as n`;
    return (await query.execute(db)).rows.map(({ hash }) => new Uint8Array(hash));
  };
  const { reports } = await listReportIds(db, { desk, limit: 50 });
  const doors = (await hashes("")) as Uint8Array[] as DoorHash[];
  return { doors, marks: await hashes("-"), ids: reports.map(({ id }) => id) };
}

/** Every query that a reviewer's request makes of these tables. */
export function reviewerQueries({
  doors,
  marks,
  ids,
}: Known): Readonly<Record<string, (db: Kysely<Tables>) => Promise<unknown>>> {
  // So far from the end that 500 follow it among a thousand rows too.
  const after = { receivedDay: (firstDay + 150) as UnixDay, id: ids[0]! };
  return {
    "inbox, first page": (db) => listReports(db, { desk, limit: 50 }),
    "inbox, a page in the middle": (db) => listReports(db, { desk, after, limit: 50 }),
    "inbox ids, 500": (db) => listReportIds(db, { desk, after, limit: 500 }),
    "50 sealed by id": (db) => sealedReports(db, desk, ids),
    "a case": (db) => findCase(db, doors[0]!),
    "states of 100 cases": (db) => findCases(db, doors),
    "who stepped aside, 100 cases": (db) => findAsides(db, marks),
    "desks behind a door": (db) => desksBehind(db, doors[0]!),
    "events of a case": (db) => listCaseEvents(db, { doorHash: doors[0]!, after: 0, limit: 50 }),
    "audit, 500 rows": (db) => listAudit(db, 300, 500),
    "audit, its head": (db) => lastAudit(db),
  };
}
