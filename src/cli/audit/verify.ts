import { Fault } from "../../base/fault.ts";
import { parseAuditFile, verifyAuditFile } from "../../roster/audit-file.ts";
import { parseAnchors } from "../../roster/parse.ts";
import { missingFrom, releasedAudits } from "./releases.ts";
import { parseOptions, readInput, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { rememberedCheckpoints } from "./memory.ts";
import { tellMissing, tellVerdict } from "./verdict.ts";

const options = {
  anchors: { type: "string" },
  checkpoint: { type: "string", multiple: true },
  releases: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

export const auditVerifyCommand: Command = {
  name: "audit verify",
  purpose: "verify a copy of the audit row by row, without any network",
  help: [
    "gundo audit verify FILE --anchors FILE [--checkpoint NOTE …] [--releases DIR] [--json]",
    "",
    "FILE is what gundo audit fetch wrote. Names the first row that was edited, deleted, put in, moved or signed by nobody. A",
    "rewritten or shortened history contradicts the checkpoints in FILE, the one remembered beside the anchors, and every",
    "NOTE somebody else kept. DIR is what gundo release fetch wrote: the server signed with each step of a release what the",
    "last row was then.",
  ].join("\n"),
  run: (args, terminal) => {
    const { values, positionals } = parseOptions(args, options);
    const [path, ...more] = positionals;
    if (more.length > 0) throw new Fault("cli.usage");
    const anchorsPath = required(values.anchors);
    const kept = [...rememberedCheckpoints(anchorsPath), ...(values.checkpoint ?? []).map(readInput)];
    const file = parseAuditFile(readInput(required(path)));
    const anchors = parseAnchors(readInput(anchorsPath));
    const verdict = verifyAuditFile(anchors, file, kept);
    if (!verdict.ok || values.releases === undefined)
      return Promise.resolve(tellVerdict(verdict, values.json, terminal));
    const missing = missingFrom(file.rows, releasedAudits(anchors, values.releases));
    return Promise.resolve(
      missing === null ? tellVerdict(verdict, values.json, terminal) : tellMissing(missing, values.json, terminal),
    );
  },
};
