import { equal } from "../../base/bytes.ts";
import { systemChance } from "../../base/chance.ts";
import { dayOf, systemClock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { auditObject, signAct } from "../../envelope/audit.ts";
import type { CaseAct } from "../../envelope/case-act.ts";
import { decodeCaseEvent, noEventBefore, signCaseEvent } from "../../envelope/case-event.ts";
import { hashDoor } from "../../envelope/door.ts";
import { encodeFrame } from "../../envelope/frame.ts";
import { seal } from "../../envelope/seal.ts";
import { readCase } from "../../roster/case.ts";
import { doorOf } from "../../roster/conversation.ts";
import { caseRecipients } from "../../roster/readers.ts";
import type { Reader } from "../reader.ts";
import type { DeskConversation } from "./desk.ts";
import { withEvent, type ReadCase } from "./record.ts";
import { postEvent } from "./requests.ts";

/**
 * Posts an act to a case, after the events that follow-ups make due: each is linked once, and a closed case opens again.
 * What the case does not allow is refused here, before anything is sent. Returns the case after it.
 *
 * Rejects with `case.order`, `envelope.tooFewReaders`, or as `postEvent`.
 */
export async function postAct(
  reader: Reader,
  conversation: DeskConversation,
  before: ReadCase,
  act: CaseAct,
): Promise<ReadCase> {
  let now = before;
  for (const due of [...dueActs(conversation, before, act), act]) now = await postOne(reader, conversation, now, due);
  return now;
}

/** Links follow-ups that no event names yet; a follow-up to a closed case opens it again. */
function dueActs({ later }: DeskConversation, { known }: ReadCase, act: CaseAct): readonly CaseAct[] {
  if (act.kind === "aside" || act.kind === "history") return [];
  const fresh = later.map(({ message }) => hashDoor(doorOf(message))).filter((door) => !isAmong(door, known.links));
  if (fresh.length === 0) return [];
  const link: CaseAct = { kind: "link", doors: fresh.slice(0, mostLinkedAtOnce) };
  const isReopened = known.state === "closed" && act.kind !== "reopen";
  return isReopened ? [{ kind: "reopen", text: followUpText }, link] : known.state === "closed" ? [] : [link];
}

const mostLinkedAtOnce = 64;
const followUpText = "follow-up";

function isAmong(door: Uint8Array, doors: readonly Uint8Array[]): boolean {
  return doors.some((one) => equal(one, door));
}

async function postOne(
  reader: Reader,
  conversation: DeskConversation,
  { record, rosters, known }: ReadCase,
  act: CaseAct,
): Promise<ReadCase> {
  const { desk, message } = conversation.first;
  const { door, exclude } = message.report;
  const { keys, roster } = reader;
  const today = dayOf(systemClock.nowMs());
  const doorHash = hashDoor(door);
  const place = { author: keys.id, previous: record.head ?? noEventBefore, day: today, nonce: systemChance.bytes(16) };
  const body = signCaseEvent(act, place, { instance: roster.instance, doorHash }, keys.signing);
  const { hash } = decodeCaseEvent(body);
  const grown = withEvent(record, body, hash);
  const after = readCase(grown, rosters, { doorHash, desk: desk.id });
  // Whatever was wrong before stays wrong; what is new is ours, and the others would refuse it.
  if (after.problems.length > known.problems.length) throw new Fault("case.order");
  const readers = caseRecipients(roster, desk, { exclude, aside: after.aside }, today, systemChance);
  const object = auditObject(hash, door);
  await postEvent(reader.client, {
    door,
    hash,
    after: record.head,
    state: after.state,
    stepsAside: act.kind === "aside",
    sealed: seal(readers, encodeFrame({ kind: "caseEvent", body }), systemChance),
    auditSignature: signAct(keys.signing, {
      instance: roster.instance,
      reviewer: keys.id,
      action: "caseEvent",
      object,
    }),
  });
  return { record: grown, rosters, known: after };
}
