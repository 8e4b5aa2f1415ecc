import type { Chance } from "../src/base/chance.ts";
import type { Clock } from "../src/base/clock.ts";
import type { Emit } from "../src/base/events.ts";
import type { FaultCode } from "../src/base/fault.ts";
import type { Mode } from "../src/config/config.ts";
import type { News } from "../src/dialogue/settings.ts";
import { alike } from "../src/intake/alike.ts";
import type { Core, Mailboxes } from "../src/intake/core.ts";
import { runDecoys, systemTimer } from "../src/intake/decoy-clock.ts";
import { openTally, tallied } from "../src/intake/decoys.ts";
import { phoneSettings, type PhoneTexts } from "../src/intake/phone-settings.ts";
import { openReadings } from "../src/intake/readings.ts";
import { openReceipts } from "../src/intake/receipts.ts";
import type { SeenKeys } from "../src/intake/seen.ts";
import { openSources } from "../src/intake/sources.ts";
import { openUssdSessions } from "../src/intake/ussd-sessions.ts";
import type { PhoneEdge } from "../src/intake/ussd.ts";
import type { RelayKeys } from "../src/roster/relay-note.ts";
import type { OprfKeys } from "../src/mailbox/oprf-key.ts";
import type { Roster } from "../src/roster/roster.ts";

/** What an edge needs besides a core and a roster, wherever it runs. */
export interface PhoneMeans {
  readonly mode: Mode;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly emit: Emit;
  readonly seenKeys: SeenKeys;
  readonly texts: PhoneTexts;
  readonly oprfKeys: OprfKeys;
}

export interface EdgeMeans extends PhoneMeans {
  readonly core: Core;
  readonly mailboxes: Mailboxes;
  readonly roster: () => Roster;
  /** The relay's day keys as far as they are known here. */
  readonly relayKeys: () => RelayKeys | null;
  /** What "5 Nouvelles" shows of the latest release. */
  readonly news: () => News | null;
}

/** Never none: an edge that nobody writes to posts too. One an hour, and in a demo, where nobody waits for hours, one in ten minutes. */
const decoyFloorPerDay: Record<Mode, number> = { production: 24, demo: 144 };

/** The edge of a process, and its decoys, which run until they are disposed of. */
export function openEdge(means: EdgeMeans): { readonly edge: PhoneEdge; readonly decoys: AsyncDisposable } {
  const { roster, clock, chance, seenKeys, emit } = means;
  const core = alike(means.core, seenKeys, chance);
  const tally = openTally(clock);
  const failed = (code: FaultCode): void => emit({ event: "failed", part: "decoys", code });
  const floorPerDay = decoyFloorPerDay[means.mode];
  const decoys = runDecoys({ core, roster, tally, floorPerDay, chance, timer: systemTimer, failed });
  const receipts = openReceipts(means.oprfKeys, chance);
  const edge: PhoneEdge = {
    core: tallied(core, tally),
    mailboxes: means.mailboxes,
    roster,
    clock,
    chance,
    seenKeys,
    sources: openSources(clock, chance),
    settings: phoneSettings(roster, means.texts, clock, means.news),
    sessions: openUssdSessions(clock),
    // Off unless the instance says so: no number goes into a capsule that nobody would answer.
    ...(means.texts.smsAnswers === undefined ? {} : { relayKeys: means.relayKeys }),
    receipts,
    readings: openReadings({ receipts, mailboxes: means.mailboxes, clock }),
  };
  return { edge, decoys };
}
