import { parseReportId, type ReportId } from "../../base/brand.ts";
import { Fault } from "../../base/fault.ts";
import { sodiumDecapsulator } from "../../envelope/opener-sodium.ts";
import type { Report } from "../../envelope/report.ts";
import { deskReviewers, type Desk } from "../../roster/roster.ts";
import type { Reader } from "../reader.ts";
import { openFile } from "../reports.ts";

/** A report as this reader opened it, and the desk it came to. */
export interface Found {
  readonly id: ReportId;
  readonly desk: Desk;
  readonly report: Report;
}

/**
 * The report of this id, fetched with the whole inbox as `gundo inbox` does, so that the server does not learn which one
 * is meant; signed in for no longer than that.
 *
 * Rejects with `report.unknown` when no desk of the reader's lists it, `envelope.unopenable` when it does not open, and
 * as `Client`.
 */
export async function findReport(reader: Reader, text: string): Promise<Found> {
  const id = parseReportId(text);
  if (id === null) throw new Fault("cli.usage");
  const { client, roster, keys } = reader;
  const desks = roster.desks.filter((desk) => desk.reviewers.includes(keys.id));
  await client.signIn(roster.instance, keys);
  let found: Found | null = null;
  try {
    for (const desk of desks) found = (await findIn(reader, desk, id)) ?? found;
  } finally {
    await client.signOut();
  }
  if (found === null) throw new Fault("report.unknown");
  return found;
}

async function findIn({ client, roster, keys }: Reader, desk: Desk, id: ReportId): Promise<Found | null> {
  const decapsulator = await sodiumDecapsulator();
  const index = deskReviewers(roster, desk).findIndex((reviewer) => reviewer.id === keys.id);
  let found: Found | null = null;
  for await (const listed of client.inbox(desk.id)) {
    if (listed.id !== id) continue;
    const opened = openFile(listed.sealed, keys.identity, decapsulator, index);
    if (opened?.kind !== "report") throw new Fault("envelope.unopenable");
    found = { id, desk, report: opened.report };
  }
  return found;
}
