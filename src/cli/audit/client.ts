import { z } from "zod";
import { Fault } from "../../base/fault.ts";
import { parseAuditRow } from "../../envelope/audit-text.ts";
import type { AuditRow } from "../../envelope/audit.ts";
import type { AuditFile } from "../../roster/audit-file.ts";
import type { Client } from "../client.ts";

const page = z.object({ rows: z.array(z.unknown()), next: z.number().nullable() });

/**
 * The rows after a number, the newest checkpoint, and the rosters back to the first that the server still has. The
 * checkpoint is asked for first, so that the rows always reach it. Rejects with `audit.malformed` or as the client does.
 */
export async function fetchAudit(client: Pick<Client, "bytes" | "formerNote">, after: number): Promise<AuditFile> {
  const checkpoint = await client.bytes("/api/audit/checkpoint");
  const rows: AuditRow[] = [];
  for (let from: number | null = after; from !== null;) {
    const bytes = await client.bytes(`/api/audit?after=${from}&limit=1000`);
    const { rows: given, next }: z.infer<typeof page> = page.parse(JSON.parse(new TextDecoder().decode(bytes)));
    rows.push(...given.map(rowIn));
    from = next;
  }
  return { rosters: await allRosters(client), rows, checkpoints: [checkpoint] };
}

function rowIn(value: unknown): AuditRow {
  const row = parseAuditRow(value);
  if (row === null) throw new Fault("audit.malformed");
  return row;
}

async function allRosters(client: Pick<Client, "bytes" | "formerNote">): Promise<readonly Uint8Array[]> {
  const notes = [await client.bytes("/keys/roster.note")];
  for (let serial = 1; ; serial++) {
    const note = await client.formerNote(serial);
    if (note === null) return notes;
    notes.push(note);
  }
}
