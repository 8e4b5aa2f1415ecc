import type { DeskId, Door } from "../base/brand.ts";
import type { Chance } from "../base/chance.ts";
import { dayOf, hourOf, type Clock } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { hashDoor, newDoor } from "../envelope/door.ts";
import { encodeForget } from "../envelope/forget.ts";
import { encodeFrame, type Frame } from "../envelope/frame.ts";
import { encodeReport, type Report } from "../envelope/report.ts";
import { seal } from "../envelope/seal.ts";
import { deskRecipients } from "../roster/readers.ts";
import type { RelayKeys } from "../roster/relay-note.ts";
import { findDesk, type Desk, type Roster } from "../roster/roster.ts";
import type { Core, Posting } from "./core.ts";
import type { SeenKeys } from "./seen.ts";
import type { Sources } from "./sources.ts";

/** What sealing for somebody else needs: a phone cannot seal, so its words are sealed here, and nowhere later. */
export interface Edge {
  readonly core: Core;
  readonly roster: () => Roster;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly sources: Sources;
  readonly seenKeys: SeenKeys;
  /** The relay's day keys, or null while none is in force; absent where nothing is answered by SMS. */
  readonly relayKeys?: () => RelayKeys | null;
}

/** A report before the edge adds what every report has. */
export type Draft = Omit<Report, "receivedHour" | "door">;

/** Phone reports go to the roster's first desk; place never chooses the desk (phones.md, Dialogue). */
export function phoneDesk(roster: Roster): Desk {
  return roster.desks[0]!;
}

/**
 * A draft as sealed bytes for a desk. Nothing in clear outlives this call, and no way out of it carries clear words.
 *
 * Throws `desk.unknown`, `envelope.tooFewReaders`, `envelope.tooLarge`.
 */
export function sealDraft(edge: Edge, deskId: DeskId, draft: Draft): Posting {
  const receivedHour = hourOf(edge.clock.nowMs());
  return sealFor(edge, deskId, draft.exclude, (door) => ({
    kind: "report",
    body: encodeReport({ ...draft, receivedHour, door }),
  }));
}

/** The wish to be forgotten, sealed to those who could read the report; else as `sealDraft`. */
export function sealForget(edge: Edge, deskId: DeskId, exclude: Draft["exclude"], thread: Uint8Array): Posting {
  return sealFor(edge, deskId, exclude, (door) => ({ kind: "forget", body: encodeForget({ thread, door }) }));
}

function sealFor(edge: Edge, deskId: DeskId, exclude: Draft["exclude"], frame: (door: Door) => Frame): Posting {
  const roster = edge.roster();
  const desk = findDesk(roster, deskId);
  if (desk === null) throw new Fault("desk.unknown");
  const door = newDoor(edge.chance);
  const recipients = deskRecipients(roster, desk, exclude, dayOf(edge.clock.nowMs()), edge.chance);
  const sealed = seal(recipients, encodeFrame(frame(door)), edge.chance);
  return { desk: deskId, sealed, doorHash: hashDoor(door) };
}
