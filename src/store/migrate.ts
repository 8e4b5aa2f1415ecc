import type { Kysely } from "kysely";
import { Migrator, type Migration } from "kysely/migration";
import { up as reports } from "./migrations/0001-reports.ts";
import { up as mailboxes } from "./migrations/0002-mailboxes.ts";
import { up as outbox } from "./migrations/0003-outbox.ts";
import { up as audit } from "./migrations/0004-audit.ts";
import { up as cases } from "./migrations/0005-case.ts";
import { up as signIn } from "./migrations/0006-sign-in.ts";
import { up as checkpoint } from "./migrations/0007-checkpoint.ts";
import { up as asideByMark } from "./migrations/0008-aside-by-mark.ts";
import { up as digest } from "./migrations/0009-digest.ts";
import { up as sweepDay } from "./migrations/0010-sweep-day.ts";
import { up as parts } from "./migrations/0011-parts.ts";
import { up as trends } from "./migrations/0012-trends.ts";
import { up as secondSeed } from "./migrations/0013-second-seed.ts";
import { scrubbed } from "./scrub.ts";
import type { Tables } from "./tables.ts";

/** Gundo's own schema; BullMQ's lies beside it. */
export const schema = "gundo";

/** Every migration, in order, for ever: a new one is a new line, an old one is never edited. */
const migrations: Readonly<Record<string, Migration>> = {
  "0001-reports": { up: reports },
  "0002-mailboxes": { up: mailboxes },
  "0003-outbox": { up: outbox },
  "0004-audit": { up: audit },
  "0005-case": { up: cases },
  "0006-sign-in": { up: signIn },
  "0007-checkpoint": { up: checkpoint },
  "0008-aside-by-mark": { up: asideByMark },
  "0009-digest": { up: digest },
  "0010-sweep-day": { up: sweepDay },
  "0011-parts": { up: parts },
  "0012-trends": { up: trends },
  "0013-second-seed": { up: secondSeed },
};

/**
 * Brings the database to this version. Several processes may call it at once: one does it, the others wait.
 *
 * @throws Fault `store.unavailable`, or `bug` when a migration fails or a newer Gundo has been here.
 */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve({ ...migrations }) };
  const { error } = await new Migrator({ db, provider, migrationTableSchema: schema }).migrateToLatest();
  if (error !== undefined) throw scrubbed(error);
}
