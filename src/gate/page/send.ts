import { codeOf } from "../../base/fault.ts";
import type { PageEntry, PageNotice } from "../../dialogue/words-page.ts";
import { phoneDesk, sealDraft } from "../../intake/edge.ts";
import { formatReceipt } from "../../mailbox/receipt.ts";
import { namesOwnOrganisations } from "../../roster/organisations.ts";
import type { StepParts } from "./steps.ts";
import type { PageWords } from "./words.ts";

/** A report was stored; null: without numbers. */
export interface Sent {
  readonly numbers: readonly [string, string] | null;
}

/** Seals and hands in; what cannot be sent is a notice, and every other failure says no more than "not sent". */
export async function sendEntry(parts: StepParts, words: PageWords, entry: PageEntry): Promise<Sent | PageNotice> {
  const { edge, evaluations, emit } = parts;
  const roster = edge.roster();
  const desk = phoneDesk(roster);
  if (!namesOwnOrganisations(roster, desk, entry.exclude)) return "changed";
  try {
    const made = await evaluations.receipt();
    const mailbox = made && { id: made.mailbox.id, recipient: made.mailbox.recipient };
    const posting = sealDraft(edge, desk.id, {
      ...entry,
      channel: "webText",
      language: words.language,
      attachments: [],
      ...(mailbox && { mailbox }),
    });
    await edge.core.accept(posting);
    return { numbers: made && formatReceipt(made.receipt) };
  } catch (error) {
    const code = codeOf(error);
    if (code === "envelope.tooFewReaders") return "tooFewReaders";
    emit({ event: "failed", part: "gate", code });
    return "notSent";
  }
}
