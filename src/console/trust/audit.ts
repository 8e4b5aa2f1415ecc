import { equal } from "../../base/bytes.ts";
import { codeOf, Fault } from "../../base/fault.ts";
import { strictInteger, strictList, strictRecord } from "../../base/strict.ts";
import { verifyCheckpoint, type Checkpoint } from "../../envelope/audit-checkpoint.ts";
import { parseAuditRow } from "../../envelope/audit-text.ts";
import { rowHash, type AuditHead, type AuditRow } from "../../envelope/audit.ts";
import type { Roster } from "../../roster/roster.ts";
import type { Api } from "../api.ts";
import type { Warning } from "../state.ts";

/** How the server's audit stands to the head this browser saw last; `head` is what to remember. */
export interface AuditVerdict {
  readonly warning: Warning | null;
  readonly head: AuditHead | null;
}

/**
 * Takes the newest checkpoint and walks the rows from the head remembered to it. Whose signature each act carries is for
 * `gundo audit verify`: what is asked here is whether the server still tells the history it told before.
 */
export async function checkAudit(api: Api, roster: Roster, remembered: AuditHead | null): Promise<AuditVerdict> {
  const checkpoint = await newestCheckpoint(api, roster);
  if (checkpoint === null) return { warning: remembered === null ? null : "auditOlder", head: remembered };
  if (checkpoint === "unsigned") return { warning: "auditUnsigned", head: remembered };
  const head = { seq: checkpoint.seq, hash: checkpoint.hash };
  if (remembered === null) return { warning: null, head };
  if (head.seq < remembered.seq) return { warning: "auditOlder", head: remembered };
  const rows = await rowsBetween(api, remembered.seq, head.seq);
  return leadsTo(remembered, rows, head) ? { warning: null, head } : { warning: "auditRewritten", head: remembered };
}

/** Null before the core signed its first; `unsigned` when the roster's key did not sign it. */
async function newestCheckpoint(api: Api, roster: Roster): Promise<Checkpoint | "unsigned" | null> {
  let note: Uint8Array;
  try {
    note = new Uint8Array(await (await api.request("/api/audit/checkpoint")).arrayBuffer());
  } catch (error) {
    if (codeOf(error) === "audit.noCheckpoint") return null;
    throw error;
  }
  try {
    return verifyCheckpoint(note, roster.instance, [roster.checkpoint]);
  } catch (error) {
    if (error instanceof Fault) return "unsigned";
    throw error;
  }
}

/** Rows after one number up to another, page after page. */
async function rowsBetween(api: Api, after: number, upTo: number): Promise<readonly AuditRow[]> {
  const rows: AuditRow[] = [];
  for (let from: number | null = after; from !== null && from < upTo;) {
    const page = strictRecord(await api.json(`/api/audit?after=${from}&limit=1000`), ["rows", "next"]);
    const given = strictList(page?.["rows"], parseAuditRow);
    if (given === null) throw new Fault("audit.malformed");
    rows.push(...given.filter(({ seq }) => seq <= upTo));
    from = strictInteger(page?.["next"], from + 1, 2 ** 31);
  }
  return rows;
}

/** Whether each row carries the hash of the one before, from the one head to the other. */
function leadsTo(from: AuditHead, rows: readonly AuditRow[], to: AuditHead): boolean {
  let before = from;
  for (const row of rows) {
    if (row.seq !== before.seq + 1 || !equal(row.previous, before.hash) || !equal(row.hash, rowHash(row))) return false;
    before = row;
  }
  return before.seq === to.seq && equal(before.hash, to.hash);
}
