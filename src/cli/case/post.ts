import { systemChance } from "../../base/chance.ts";
import { dayOf, systemClock } from "../../base/clock.ts";
import type { CaseAct } from "../../envelope/case-act.ts";
import { actsDue, writeEvent, type ReadCase } from "../../roster/case-write.ts";
import { remembering } from "../../roster/case-memory.ts";
import type { Reader } from "../reader.ts";
import type { DeskConversation } from "./desk.ts";
import { postEvent } from "./requests.ts";

/**
 * Posts an act to a case, after the events that follow-ups make due. What the case does not allow is refused here, before
 * anything is sent. Returns the case after it.
 *
 * Rejects with `case.order`, `envelope.tooFewReaders`, or as `postEvent`.
 */
export async function postAct(
  { client, roster, keys, cases }: Reader,
  conversation: DeskConversation,
  before: ReadCase,
  act: CaseAct,
): Promise<ReadCase> {
  const writer = { roster, keys, today: dayOf(systemClock.nowMs()), chance: systemChance };
  let now = before;
  for (const due of actsDue(conversation, before, act)) {
    const { post, after } = writeEvent(writer, conversation, now, due);
    await postEvent(client, post);
    now = after;
  }
  remembering(cases, conversation.first.message.report.door, keys.id, now);
  return now;
}
