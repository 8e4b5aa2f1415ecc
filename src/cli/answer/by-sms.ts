import type { Sealed } from "../../base/brand.ts";
import { equal } from "../../base/bytes.ts";
import { systemChance } from "../../base/chance.ts";
import { dayOf, systemClock, type UnixDay } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { capsuleDays, isCapsule } from "../../envelope/capsule.ts";
import { decodeFrame, encodeFrame } from "../../envelope/frame.ts";
import { open } from "../../envelope/open.ts";
import { sodiumDecapsulator } from "../../envelope/opener-sodium.ts";
import { encodeOrder, isAnswerText } from "../../envelope/order.ts";
import { seal } from "../../envelope/seal.ts";
import { approversOf, capsuleHashOf, isApproved, signAnswer } from "../../roster/answer.ts";
import { decodeProposal, encodeProposal, type Proposal } from "../../roster/proposal.ts";
import { deskRecipients } from "../../roster/readers.ts";
import { verifyRelayNote } from "../../roster/relay-note.ts";
import { readInput } from "../arguments.ts";
import { writeNewFile } from "../files.ts";
import type { Reader } from "../reader.ts";
import { findReport, type Found } from "./find.ts";

const today = (): UnixDay => dayOf(systemClock.nowMs());

const hoursPerDay = 24;

/**
 * The report's capsule. Throws `report.withoutCapsule` when nobody asked for an answer by SMS, `capsule.expired` when the
 * relay's key of its day is gone.
 */
export function capsuleOf({ report: { capsule, receivedHour } }: Found): Sealed {
  if (capsule === undefined || !isCapsule(capsule)) throw new Fault("report.withoutCapsule");
  if (Math.floor(receivedHour / hoursPerDay) + capsuleDays < today()) throw new Fault("capsule.expired");
  return capsule;
}

/** A text for the phone behind a report's capsule, with the proposer's own approval. Throws `cli.usage` for no text. */
export function propose({ roster, keys }: Reader, found: Found, text: string): Proposal {
  if (!isAnswerText(text)) throw new Fault("cli.usage");
  const answer = { desk: found.desk.id, capsuleHash: capsuleHashOf(capsuleOf(found)), text };
  const own = signAnswer(roster.instance, answer, keys.id, keys.signing);
  const language = found.report.language.split("-")[0]!.slice(0, 3);
  return { ...answer, report: found.id, language, signatures: [own] };
}

/** The proposal in a file of `writeProposal`. Rejects with `envelope.unopenable`, `proposal.malformed`. */
export async function readProposal({ keys }: Reader, path: string): Promise<Proposal> {
  const plain = open(readInput(path) as Sealed, keys.identity, await sodiumDecapsulator());
  const { kind, body } = decodeFrame(plain);
  if (kind !== "caseEvent") throw new Fault("proposal.malformed");
  return decodeProposal(body);
}

/**
 * The report of a proposal, as this reader opened it. The capsule must be the one that lies there: otherwise the answer
 * would go to another phone. Rejects with `order.approvals` when it is not, or when an approval in it does not hold.
 */
export async function checkProposal(reader: Reader, proposal: Proposal): Promise<Found> {
  const found = await findReport(reader, proposal.report);
  const same = found.desk.id === proposal.desk && equal(capsuleHashOf(capsuleOf(found)), proposal.capsuleHash);
  const held = approversOf(reader.roster, proposal, proposal.signatures, today());
  if (!same || held.length !== proposal.signatures.length) throw new Fault("order.approvals");
  return found;
}

/** The proposal with this reader's approval too; approving twice changes nothing. */
export function approve({ roster, keys }: Reader, proposal: Proposal): Proposal {
  const others = proposal.signatures.filter(({ reviewer }) => reviewer !== keys.id);
  return { ...proposal, signatures: [...others, signAnswer(roster.instance, proposal, keys.id, keys.signing)] };
}

/**
 * Sends the order when enough approve, else writes the proposal for the next reader. Rejects with `relay.missing` when no
 * key of the relay is in force today, `cli.file`, and as `Client`.
 */
export async function advance(
  reader: Reader,
  found: Found,
  proposal: Proposal,
  out: () => string,
): Promise<"sent" | "proposed"> {
  if (await sendIfApproved(reader, found, proposal)) return "sent";
  writeNewFile(out(), sealProposal(reader, found, proposal));
  return "proposed";
}

/** Whether enough approve; then the order is with the relay. Rejects as `advance`. */
export async function sendIfApproved(reader: Reader, found: Found, proposal: Proposal): Promise<boolean> {
  const isEnough = isApproved(reader.roster, proposal, proposal.signatures, today());
  if (isEnough) await sendOrder(reader, found, proposal);
  return isEnough;
}

/** Sealed to whoever of the desk may read the report, and nobody else. */
function sealProposal({ roster }: Reader, { desk, report }: Found, proposal: Proposal): Sealed {
  const recipients = deskRecipients(roster, desk, report.exclude, today(), systemChance);
  return seal(recipients, encodeFrame({ kind: "caseEvent", body: encodeProposal(proposal) }), systemChance);
}

async function sendOrder({ client, roster }: Reader, found: Found, proposal: Proposal): Promise<void> {
  const recipient = verifyRelayNote(roster, await client.bytes("/keys/relay.note")).recipientFor(today());
  if (recipient === null) throw new Fault("relay.missing");
  const { desk, language, text, signatures } = proposal;
  const body = encodeOrder({ desk, language, text, signatures, capsule: capsuleOf(found) });
  const order = seal([recipient], encodeFrame({ kind: "relayOrder", body }), systemChance);
  await client.postOpenly("/relay/orders", order, "application/age");
}
