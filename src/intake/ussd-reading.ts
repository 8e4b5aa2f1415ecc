import type { E164 } from "../base/brand.ts";
import { equal, utf8 } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import type { Reading } from "../dialogue/step.ts";
import type { Settings } from "../dialogue/settings.ts";
import { draftOf } from "../dialogue/ussd.ts";
import { parseReceipt } from "../mailbox/receipt.ts";
import type { Found } from "./found.ts";
import type { Readings } from "./readings.ts";
import type { Sources } from "./sources.ts";
import { forgetReading, type UssdSession } from "./ussd-sessions.ts";

/** A session that has come to its digits, and how it reads. */
export interface Typed {
  readonly readings: Readings;
  readonly sources: Sources;
  readonly settings: Settings;
  readonly session: UssdSession;
  readonly from: E164;
  readonly inputs: readonly string[];
  /** The 16 digits. */
  readonly receipt: string;
}

export type TypedReading =
  | { readonly kind: "found"; readonly found: Found }
  /** Over the day's limit, no evaluation in time, or the store is away. */
  | { readonly kind: "later" }
  /**
   * The note was lost behind the digits, and the mailbox is empty now: if it was not when the keys since were typed, they
   * would be taken for other ones, and words sent without the exclusions that the answer repeated.
   */
  | { readonly kind: "lost" };

/** What the digits of a session open: read once, kept in its memory; a lost note reads again. */
export async function readTyped(typed: Typed): Promise<TypedReading> {
  const lost = typed.session.reading === null && !endsAtDigits(typed);
  const found = await readOnce(typed);
  if (found === null) return { kind: "later" };
  return lost && found.reading().kind === "nothing" ? { kind: "lost" } : { kind: "found", found };
}

/** What the dialogue is told. */
export function readingOf(read: TypedReading): Reading {
  return read.kind === "found" ? read.found.reading() : { kind: "refused" };
}

/** Whether nothing was typed since the digits. */
export function endsAtDigits({ settings, session, inputs }: Pick<Typed, "settings" | "session" | "inputs">): boolean {
  return draftOf(settings, inputs.slice(0, -1), { guessed: session.turn.guessed }).kind !== "needs";
}

async function readOnce({ readings, sources, session, from, receipt: typed }: Typed): Promise<Found | null> {
  const receipt = parseReceipt(typed);
  if (receipt === null) throw new Fault("bug");
  const digits = utf8(receipt);
  if (session.reading === null || !equal(session.reading.digits, digits)) {
    forgetReading(session);
    if (!sources.allowsReading(from)) return null;
    sources.countReading(from);
    session.reading = { digits, found: readings.read(receipt) };
  }
  return keptReading(session, session.reading);
}

/** What could not be read is not kept, so that the provider's repeat tries again. */
async function keptReading(session: UssdSession, reading: NonNullable<UssdSession["reading"]>): Promise<Found | null> {
  let found: Found | null = null;
  try {
    found = await reading.found;
  } finally {
    if (found === null && session.reading === reading) session.reading = null;
  }
  return found;
}
