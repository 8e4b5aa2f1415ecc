import { isoDay } from "../../base/clock.ts";
import { jobKinds } from "../../queue/queue.ts";
import { parseOptions } from "../arguments.ts";
import type { Command } from "../command.ts";
import { parseKind, whereHelp, withQueues } from "./reach.ts";

const options = { kind: { type: "string" }, json: { type: "boolean", default: false } } as const;

export const queueListCommand: Command = {
  name: "queue list",
  purpose: "the dead letters: jobs that were given up, by kind, id, code and day",
  help: [
    "gundo queue list [--kind KIND] [--json]",
    "",
    `KIND: ${jobKinds.join(", ")}. At most 1 000 a kind are kept, for 14 days. With --json one object a line.`,
    whereHelp,
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, options);
    const kinds = values.kind === undefined ? jobKinds : [parseKind(values.kind)];
    await withQueues(terminal, async (queues) => {
      for (const kind of kinds)
        for (const { job, id, code, day } of await queues.deadLetters(kind).list()) {
          const line = { kind, job, id, code, day: isoDay(day) };
          terminal.out(
            values.json
              ? JSON.stringify(line)
              : Object.values(line)
                  .map((word) => word ?? "-")
                  .join("  "),
          );
        }
    });
    return 0;
  },
};
