import { meaningOf } from "../dialogue/sms.ts";
import type { InboundSms } from "../gateway/inbound.ts";
import { capsuleFor } from "./capsule.ts";
import type { Acceptance } from "./core.ts";
import { phoneDesk, sealDraft, type Edge } from "./edge.ts";
import { seenHashes } from "./seen.ts";

/** All but `stored` and `seen` are dropped without an answer: an SMS gets none by default (phones.md). */
export type SmsOutcome = Exclude<Acceptance, "other"> | "limited" | "nothing" | "help";

/**
 * Any text but a bare call for help is a report, kept exactly. What asks for a reply by SMS gets a capsule and loses its
 * mark; where none can be made it keeps the mark, so that its readers know of the wish. The count of a phone goes up only once the report is stored, so that a provider
 * that repeats while the store is down uses nothing up.
 *
 * Rejects as `Core.accept` and `sealDraft` do.
 */
export async function takeSms(edge: Edge, sms: InboundSms): Promise<SmsOutcome> {
  const meaning = meaningOf(sms.text);
  if (meaning.kind !== "report") return meaning.kind;
  if (!edge.sources.allows(sms.from)) return "limited";
  const capsule = meaning.capsule ? capsuleFor(edge, sms.from, sms.gateway) : null;
  const posting = sealDraft(edge, phoneDesk(edge.roster()).id, {
    channel: "sms",
    language: "fr",
    text: capsule === null ? sms.text : meaning.text,
    answers: {},
    sourceTag: edge.sources.tag(sms.from),
    joinHint: edge.sources.nextPart(sms.from),
    exclude: [],
    attachments: [],
    ...(capsule === null ? {} : { capsule }),
  });
  const accepted = await edge.core.accept({ ...posting, seen: seenHashes(edge.seenKeys, sms.gateway, sms.providerId) });
  // A provider's id is the message's, whatever the bytes that it was sealed to this time.
  const outcome = accepted === "other" ? "seen" : accepted;
  if (outcome === "stored") edge.sources.count(sms.from);
  return outcome;
}
