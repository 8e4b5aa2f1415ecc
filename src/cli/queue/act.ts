import type { DeadLetters } from "../../queue/queue.ts";
import { parseOptions } from "../arguments.ts";
import type { Command } from "../command.ts";
import { onLetter, whereHelp, withQueues } from "./reach.ts";

export const queueRetryCommand = commandOn(
  { name: "queue retry", purpose: "have a job that was given up tried again from the start", done: "is tried again" },
  (letters, job) => letters.retry(job),
);

export const queueDiscardCommand = commandOn(
  { name: "queue discard", purpose: "forget a job that was given up; the report itself stays", done: "is forgotten" },
  (letters, job) => letters.discard(job),
);

/** A command that does one thing to one dead letter. */
function commandOn(
  { name, purpose, done }: { readonly name: string; readonly purpose: string; readonly done: string },
  act: (letters: DeadLetters, job: string) => Promise<boolean>,
): Command {
  return {
    name,
    purpose,
    help: [`gundo ${name} JOB [--json]`, "", "JOB: the id that gundo queue list shows second.", whereHelp].join("\n"),
    run: async (args, terminal) => {
      const { values, positionals } = parseOptions(args, { json: { type: "boolean", default: false } });
      const [job] = positionals;
      const kind = await withQueues(terminal, (queues) => onLetter(queues, job, act));
      terminal.out(values.json ? JSON.stringify({ kind, job }) : `${kind} ${job} ${done}`);
      return 0;
    },
  };
}
