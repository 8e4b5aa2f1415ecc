import { systemClock } from "../../base/clock.ts";
import {
  auditFileBytes,
  emptyAuditFile,
  extendAuditFile,
  parseAuditFile,
  verifyAuditFile,
} from "../../roster/audit-file.ts";
import { trustedAnchors } from "../anchors.ts";
import { parseOptions, readInput, readPassphrase, required } from "../arguments.ts";
import { Client } from "../client.ts";
import type { Command } from "../command.ts";
import { readIfThere, replaceFile } from "../files.ts";
import { decryptKeys } from "../../roster/identity.ts";
import { fetchRoster } from "../roster/fetch.ts";
import { fetchAudit } from "./client.ts";
import { rememberCheckpoint, rememberedCheckpoints } from "./memory.ts";
import { tellVerdict } from "./verdict.ts";

const options = {
  url: { type: "string" },
  identity: { type: "string" },
  "passphrase-file": { type: "string" },
  anchors: { type: "string" },
  out: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const auditFetchCommand: Command = {
  name: "audit fetch",
  purpose: "keep a copy of the audit, and see whether the server's still continues yours",
  help: [
    "gundo audit fetch --url URL --identity FILE --passphrase-file FILE --out FILE [--anchors FILE] [--json]",
    "",
    "Adds to --out the rows it has not got, the rosters that say who signed them, and the server's signed checkpoint, and",
    "verifies the whole. A server that rewrote what you have is named with the first row that differs; your copy is then left",
    "as it was, and what the server gave is kept beside it as FILE.refused. The newest checkpoint is remembered beside the",
    "anchors, in anchors.json.audit, even if --out is lost.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const client = new Client(required(values.url));
    const out = required(values.out);
    const identityPath = required(values.identity);
    const keys = await decryptKeys(readInput(identityPath), readPassphrase(required(values["passphrase-file"])));
    const fromServer = (): Promise<Uint8Array> => client.bytes("/keys/anchors.json");
    const trusted = await trustedAnchors(values.anchors, identityPath, fromServer, terminal);
    const { roster } = await fetchRoster(client, trusted, systemClock.nowMs());
    const held = readIfThere(out);
    const kept = held === null ? emptyAuditFile : parseAuditFile(held);
    await client.signIn(roster.instance, keys);
    const added = await fetchAudit(client, kept.rows.at(-1)?.seq ?? 0);
    await client.signOut();
    const file = extendAuditFile(kept, added);
    const verdict = verifyAuditFile(trusted.anchors, file, rememberedCheckpoints(trusted.path));
    replaceFile(verdict.ok ? out : `${out}.refused`, auditFileBytes(file));
    if (verdict.ok) rememberCheckpoint(trusted.path, added.checkpoints[0]!);
    return tellVerdict(verdict, values.json, terminal);
  },
};
