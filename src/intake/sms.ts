import { meaningOf } from "../dialogue/sms.ts";
import type { InboundSms } from "../gateway/inbound.ts";
import type { Acceptance } from "./core.ts";
import { phoneDesk, sealDraft, type Edge } from "./edge.ts";
import { seenHashes } from "./seen.ts";

/** All but `stored` and `seen` are dropped without an answer: an SMS gets none by default (phones.md). */
export type SmsOutcome = Acceptance | "limited" | "nothing" | "help";

/**
 * Any text but a bare call for help is a report, kept exactly; what asks for a reply by SMS keeps its mark, since
 * capsules are off and only its readers can still answer that wish. The count of a phone goes up only once the report is stored, so that a provider
 * that repeats while the store is down uses nothing up.
 *
 * Rejects as `Core.accept` and `sealDraft` do.
 */
export async function takeSms(edge: Edge, sms: InboundSms): Promise<SmsOutcome> {
  const meaning = meaningOf(sms.text);
  if (meaning.kind !== "report") return meaning.kind;
  if (!edge.sources.allows(sms.from)) return "limited";
  const posting = sealDraft(edge, phoneDesk(edge.roster()).id, {
    channel: "sms",
    language: "fr",
    text: sms.text,
    answers: {},
    sourceTag: edge.sources.tag(sms.from),
    joinHint: edge.sources.nextPart(sms.from),
    exclude: [],
    attachments: [],
  });
  const outcome = await edge.core.accept({ ...posting, seen: seenHashes(edge.seenKeys, sms.gateway, sms.providerId) });
  if (outcome === "stored") edge.sources.count(sms.from);
  return outcome;
}
