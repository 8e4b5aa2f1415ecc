import { base64, fromBase64, fromUtf8, hex, utf8 } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { parseJson, strictRecord } from "../base/strict.ts";
import { verifyCheckpoint } from "../envelope/audit-checkpoint.ts";
import { auditRowJson, parseAuditRow } from "../envelope/audit-text.ts";
import { verifyAudit, type AuditVerdict } from "../envelope/audit-verify.ts";
import type { AuditRow } from "../envelope/audit.ts";
import { sha256 } from "../envelope/hash.ts";
import { rosterHistory } from "./history.ts";
import type { Anchors, UnverifiedRoster } from "./roster.ts";

/**
 * All that is needed to verify an audit away from any network: the rosters that say who signs, the rows in order, and
 * every checkpoint that was ever fetched. As a file it is a JSON object a line, each with one of these three names.
 */
export interface AuditFile {
  readonly rosters: readonly UnverifiedRoster[];
  readonly rows: readonly AuditRow[];
  /** Signed notes. */
  readonly checkpoints: readonly Uint8Array[];
}

export const emptyAuditFile: AuditFile = { rosters: [], rows: [], checkpoints: [] };

export function auditFileBytes({ rosters, rows, checkpoints }: AuditFile): Uint8Array {
  const lines = [
    ...rosters.map((note) => ({ roster: base64(note) })),
    ...rows.map((row) => ({ row: auditRowJson(row) })),
    ...checkpoints.map((note) => ({ checkpoint: base64(note) })),
  ];
  return utf8(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

/** @throws Fault `audit.malformed` for a line that is none of the three. */
export function parseAuditFile(bytes: Uint8Array): AuditFile {
  const text = fromUtf8(bytes);
  if (text === null || (text !== "" && !text.endsWith("\n"))) throw new Fault("audit.malformed");
  const rosters: Uint8Array[] = [];
  const rows: AuditRow[] = [];
  const checkpoints: Uint8Array[] = [];
  for (const line of text.split("\n").slice(0, -1)) {
    const record = parseJson(line);
    const row = parseAuditRow(strictRecord(record, ["row"])?.["row"]);
    const roster = noteIn(strictRecord(record, ["roster"])?.["roster"]);
    const checkpoint = noteIn(strictRecord(record, ["checkpoint"])?.["checkpoint"]);
    if (row !== null) rows.push(row);
    else if (roster !== null) rosters.push(roster);
    else if (checkpoint !== null) checkpoints.push(checkpoint);
    else throw new Fault("audit.malformed");
  }
  return { rosters, rows, checkpoints };
}

/** The same, with what is new in `added`; what is in both is kept once. */
export function extendAuditFile(kept: AuditFile, added: AuditFile): AuditFile {
  return {
    rosters: distinct([...kept.rosters, ...added.rosters]),
    rows: [...kept.rows, ...added.rows],
    checkpoints: distinct([...kept.checkpoints, ...added.checkpoints]),
  };
}

/**
 * Walks an audit file from the first row on, and names the first bad one. `kept` are checkpoints from elsewhere.
 *
 * @throws Fault as `verifySigned` when no roster in it is the board's; `note.signature` for a checkpoint that is not the
 * core's; `note.malformed`.
 */
export function verifyAuditFile(anchors: Anchors, file: AuditFile, kept: readonly Uint8Array[] = []): AuditVerdict {
  const rosters = rosterHistory(anchors, file.rosters).map(({ body }) => body);
  const { instance } = anchors;
  const verifiers = rosters.map(({ checkpoint }) => checkpoint);
  const checkpoints = [...file.checkpoints, ...kept].map((note) => verifyCheckpoint(note, instance, verifiers));
  const keysOf = (id: string): readonly Uint8Array[] =>
    rosters.flatMap(({ reviewers }) =>
      reviewers.filter((one) => one.id === id).map(({ verifier }) => verifier.publicKey),
    );
  return verifyAudit(file.rows, { instance, keysOf, checkpoints });
}

function noteIn(value: unknown): Uint8Array | null {
  return typeof value === "string" ? fromBase64(value) : null;
}

function distinct(notes: readonly Uint8Array[]): readonly Uint8Array[] {
  return [...new Map(notes.map((note) => [hex(sha256(note)), note])).values()];
}
