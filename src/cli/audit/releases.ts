import { hex } from "../../base/bytes.ts";
import { systemClock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { emptyAudit, type AuditRow } from "../../envelope/audit.ts";
import type { Anchors } from "../../roster/roster.ts";
import type { ReleasesVerdict } from "../../trends/verify.ts";
import { readFolder } from "../release/folder.ts";
import { verifyFolder } from "../release/verify.ts";

type Audits = Extract<ReleasesVerdict, { ok: true }>["audits"];

/**
 * What the releases in a folder say of the audit, once all of them hold.
 *
 * @throws Fault of whatever `gundo release verify` would refuse; `cli.file`.
 */
export function releasedAudits(anchors: Anchors, path: string): Audits {
  const verdict = verifyFolder(anchors, readFolder(path), systemClock.nowMs());
  if (!verdict.ok) throw new Fault(verdict.code);
  return verdict.audits;
}

/** The first published note whose last row is in no copy of these, or null. */
export function missingFrom(rows: readonly AuditRow[], audits: Audits): string | null {
  const known = new Set([emptyAudit, ...rows].map(({ hash }) => hex(hash)));
  return audits.find(({ hash }) => !known.has(hex(hash)))?.path ?? null;
}
