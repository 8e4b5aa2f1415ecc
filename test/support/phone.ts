import type { E164 } from "../../src/base/brand.ts";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf } from "../../src/base/clock.ts";
import { Fault } from "../../src/base/fault.ts";
import { demoInstance } from "../../src/config/instance.ts";
import type { Posting } from "../../src/intake/core.ts";
import { phoneSettings } from "../../src/intake/phone-settings.ts";
import { openReadings } from "../../src/intake/readings.ts";
import { openReceipts } from "../../src/intake/receipts.ts";
import { derivedSeenKeys } from "../../src/intake/seen.ts";
import { openSources } from "../../src/intake/sources.ts";
import { systemWait, type Wait } from "../../src/intake/steady.ts";
import type { PhoneEdge } from "../../src/intake/ussd.ts";
import { openUssdSessions } from "../../src/intake/ussd-sessions.ts";
import type { OprfKeys } from "../../src/mailbox/oprf-key.ts";
import type { Roster } from "../../src/roster/roster.ts";
import type { HandClock } from "./board.ts";
import type { TestMailboxes } from "./mailboxes.ts";

/** A core that keeps what it is given, once an id, and can be told to refuse. */
export class MemoryCore {
  readonly postings: Posting[] = [];
  refuses = false;

  accept(posting: Posting): Promise<"stored" | "seen"> {
    if (this.refuses) return Promise.reject(new Fault("store.unavailable"));
    const known = new Set(this.postings.flatMap(({ seen }) => seen ?? []).map(hex));
    if (posting.seen?.some((hash) => known.has(hex(hash)))) return Promise.resolve("seen");
    this.postings.push(posting);
    return Promise.resolve("stored");
  }
}

export interface PhoneParts {
  readonly core: MemoryCore;
  readonly held: TestMailboxes;
  readonly roster: Roster;
  readonly clock: HandClock;
  readonly oprfKeys: OprfKeys;
  readonly seenKey: Uint8Array;
  readonly wait?: Wait;
}

/** An edge of phones in memory, with a process's own memory new. */
export function phoneEdge({ core, held, roster, clock, oprfKeys, seenKey, wait = systemWait }: PhoneParts): PhoneEdge {
  const receipts = openReceipts(oprfKeys, systemChance);
  const mailboxes = held.over(clock);
  return {
    core,
    mailboxes,
    roster: () => roster,
    clock,
    chance: systemChance,
    sources: openSources(clock, systemChance),
    seenKeys: derivedSeenKeys(seenKey, clock),
    settings: phoneSettings(() => roster, demoInstance(dayOf(clock.nowMs())), clock),
    sessions: openUssdSessions(clock),
    receipts,
    readings: openReadings({ receipts, mailboxes, clock, wait }),
  };
}

/** What the provider says of a turn or an end. */
export function callFrom(from: E164, sessionId: string, text: string) {
  return { gateway: "africastalking" as const, providerId: sessionId, from, text };
}
