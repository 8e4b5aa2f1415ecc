import type { DeadLetters } from "../../queue/queue.ts";
import { parseOptions } from "../arguments.ts";
import type { Command } from "../command.ts";
import { auditLetter, onLetter, whereHelp, withQueues } from "./reach.ts";

export const queueRetryCommand = commandOn(
  {
    name: "queue retry",
    purpose: "have a job that was given up tried again from the start",
    done: "is tried again",
    action: "jobRetried",
  },
  (letters, job) => letters.retry(job),
);

export const queueDiscardCommand = commandOn(
  {
    name: "queue discard",
    purpose: "forget a job that was given up; the report itself stays",
    done: "is forgotten",
    action: "jobDiscarded",
  },
  (letters, job) => letters.discard(job),
);

interface LetterCommand {
  readonly name: string;
  readonly purpose: string;
  readonly done: string;
  /** What the audit calls it. */
  readonly action: "jobRetried" | "jobDiscarded";
}

/** A command that does one thing to one dead letter, and leaves a row in the audit. */
function commandOn(
  { name, purpose, done, action }: LetterCommand,
  act: (letters: DeadLetters, job: string) => Promise<boolean>,
): Command {
  return {
    name,
    purpose,
    help: [
      `gundo ${name} JOB [--json]`,
      "",
      "JOB: the id that gundo queue list shows second. It leaves a row in the audit.",
      whereHelp,
    ].join("\n"),
    run: async (args, terminal) => {
      const { values, positionals } = parseOptions(args, { json: { type: "boolean", default: false } });
      const [job] = positionals;
      const kind = await withQueues(terminal, (queues) =>
        onLetter(queues, job, async (letters, id, of) => {
          await auditLetter(terminal, action, of, id);
          return act(letters, id);
        }),
      );
      terminal.out(values.json ? JSON.stringify({ kind, job }) : `${kind} ${job} ${done}`);
      return 0;
    },
  };
}
