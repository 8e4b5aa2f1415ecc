import { Fault } from "../../base/fault.ts";
import { parseAuditFile, verifyAuditFile } from "../../roster/audit-file.ts";
import { parseAnchors } from "../../roster/parse.ts";
import { parseOptions, readInput, required } from "../arguments.ts";
import type { Command } from "../command.ts";
import { rememberedCheckpoints } from "./memory.ts";
import { tellVerdict } from "./verdict.ts";

const options = {
  anchors: { type: "string" },
  checkpoint: { type: "string", multiple: true },
  json: { type: "boolean", default: false },
} as const;

export const auditVerifyCommand: Command = {
  name: "audit verify",
  purpose: "verify a copy of the audit row by row, without any network",
  help: [
    "gundo audit verify FILE --anchors FILE [--checkpoint NOTE …] [--json]",
    "",
    "FILE is what gundo audit fetch wrote. Names the first row that was edited, deleted, put in, moved or signed by nobody. A",
    "rewritten or shortened history contradicts the checkpoints in FILE, the one remembered beside the anchors, and every",
    "NOTE somebody else kept.",
  ].join("\n"),
  run: (args, terminal) => {
    const { values, positionals } = parseOptions(args, options);
    const [path, ...more] = positionals;
    if (more.length > 0) throw new Fault("cli.usage");
    const anchorsPath = required(values.anchors);
    const kept = [...rememberedCheckpoints(anchorsPath), ...(values.checkpoint ?? []).map(readInput)];
    const file = parseAuditFile(readInput(required(path)));
    const verdict = verifyAuditFile(parseAnchors(readInput(anchorsPath)), file, kept);
    return Promise.resolve(tellVerdict(verdict, values.json, terminal));
  },
};
