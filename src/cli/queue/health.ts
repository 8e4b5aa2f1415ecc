import { jobKinds, type JobKind, type Queues } from "../../queue/queue.ts";
import { parseOptions } from "../arguments.ts";
import type { Command } from "../command.ts";
import { whereHelp, withQueues } from "./reach.ts";

interface KindHealth {
  readonly kind: JobKind;
  readonly unfinished: number;
  readonly dead: number;
}

export const queueHealthCommand: Command = {
  name: "queue health",
  purpose: "whether jobs can be added, and how many wait or were given up",
  help: [
    "gundo queue health [--json]",
    "",
    "Exit code 1 when no job can be added. A job that was given up is a dead letter: see gundo queue list.",
    whereHelp,
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, { json: { type: "boolean", default: false } });
    const { ready, kinds } = await withQueues(terminal, healthOf);
    if (values.json) terminal.out(JSON.stringify({ ready, kinds }));
    else {
      terminal.out(ready ? "jobs can be added" : "no job can be added now");
      for (const { kind, unfinished, dead } of kinds)
        terminal.out(`${kind.padEnd(10)} ${unfinished} unfinished, ${dead} given up`);
    }
    return ready ? 0 : 1;
  },
};

async function healthOf(queues: Queues): Promise<{ ready: boolean; kinds: readonly KindHealth[] }> {
  const kindHealth = async (kind: JobKind): Promise<KindHealth> => {
    const [unfinished, letters] = await Promise.all([queues.unfinished(kind), queues.deadLetters(kind).list()]);
    return { kind, unfinished, dead: letters.length };
  };
  return { ready: await queues.ready(), kinds: await Promise.all(jobKinds.map(kindHealth)) };
}
