import { hex } from "../../base/bytes.ts";
import type { AuditVerdict } from "../../envelope/audit-verify.ts";
import type { ExitCode, Terminal } from "../command.ts";

type Flaw = Extract<AuditVerdict, { ok: false }>["flaw"];

const sentences: Readonly<Record<Flaw, string>> = {
  seq: "its number does not follow the row before: a row is missing, was put in, or changed places",
  link: "it does not carry the hash of the row before",
  hash: "one of its fields was changed",
  actor: "no roster knows who is said to have done it",
  signature: "whoever is said to have done it did not sign it",
  repeated: "the same act is there a second time",
  checkpoint: "a checkpoint that was kept says otherwise: the history was rewritten",
  truncated: "a checkpoint that was kept knows of this row, and it is not there",
};

/** Says how an audit stands: 0 when every row is right, 1 with the first that is not. */
export function tellVerdict(verdict: AuditVerdict, json: boolean, terminal: Terminal): ExitCode {
  if (json) terminal.out(JSON.stringify(verdictJson(verdict)));
  else if (verdict.ok) terminal.out(`${verdict.head.seq} rows, every one right; the last: ${hex(verdict.head.hash)}`);
  else terminal.err(`gundo: row ${verdict.seq}: ${sentences[verdict.flaw]}. Keep both files, and call the board.`);
  return verdict.ok ? 0 : 1;
}

/** Says that the published note at `path` knows of a last row that is not there. */
export function tellMissing(path: string, json: boolean, terminal: Terminal): ExitCode {
  if (json) terminal.out(JSON.stringify({ ok: false, release: path }));
  else
    terminal.err(
      `gundo: ${path}: the row that was the last when this was signed is not there: this copy is older than the release, or the history was rewritten. Fetch it anew; if it stays, keep both, and call the board.`,
    );
  return 1;
}

function verdictJson(verdict: AuditVerdict): object {
  if (!verdict.ok) return verdict;
  return { ok: true, rows: verdict.head.seq, last: hex(verdict.head.hash) };
}
