import { dayOf, systemClock, type UnixDay } from "../../base/clock.ts";
import { codeOf, Fault } from "../../base/fault.ts";
import { writeReply } from "../answer/reply.ts";
import type { Reader } from "../reader.ts";
import { parseOptions } from "../arguments.ts";
import type { Command } from "../command.ts";
import { sentenceOf } from "../says.ts";
import { atCase, caseOptions, caseUsage, say } from "./command.ts";
import type { DeskConversation } from "./desk.ts";
import { postAct } from "./post.ts";
import type { ReadCase } from "../../roster/case-write.ts";

export const caseTakeCommand: Command = {
  name: "case take",
  purpose: "take a case: you lead it, and the informant is told that somebody read them",
  help: [
    caseUsage("case take"),
    "",
    "A sealed acknowledgement goes to the report's mailbox, after signing out, so that nothing ties it to you or to the case.",
    "Of two who take it at once one is refused. A case somebody leads is handed over by them; one whose leader has left the",
    "desk may be taken. Interrupted, it is run again: the informant is told once.",
  ].join("\n"),
  run: async (args, terminal) => {
    const { values } = parseOptions(args, caseOptions);
    const taken = await atCase(values, terminal, async ({ reader, conversation, read }) => {
      const takenOn = ownTake(reader, read);
      if (takenOn === null && isLed(reader, conversation, read)) throw new Fault("case.led");
      const after = takenOn === null ? await postAct(reader, conversation, read, { kind: "take" }) : read;
      return { reader, conversation, after, day: takenOn ?? dayOf(systemClock.nowMs()) };
    });
    try {
      await acknowledge(taken.reader, taken.conversation, taken.day);
    } catch (error) {
      terminal.err(`gundo: taken, but the informant is not told yet: ${sentenceOf(codeOf(error))}`);
      return 1;
    }
    return say(values.json, terminal, taken.conversation, taken.after);
  },
};

function isLed({ roster }: Reader, { first }: DeskConversation, { known }: ReadCase): boolean {
  const desk = roster.desks.find(({ id }) => id === first.desk.id);
  return known.lead !== null && known.state !== "closed" && desk?.reviewers.includes(known.lead) === true;
}

/** The day this reviewer took it, when nothing came after: they were interrupted, and the informant may not be told yet. */
function ownTake({ keys }: Reader, { known }: ReadCase): UnixDay | null {
  const last = known.timeline.at(-1)?.event;
  return last?.act.kind === "take" && last.author === keys.id && known.lead === keys.id ? last.day : null;
}

/** Nothing where the report came without a mailbox. */
async function acknowledge(reader: Reader, { first, mailbox }: DeskConversation, day: UnixDay): Promise<void> {
  if (mailbox === undefined) return;
  const { report } = first.message;
  await writeReply(reader, { id: first.ids[0]!, desk: first.desk, report: { ...report, mailbox } }, { text: "", day });
}
