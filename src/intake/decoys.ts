import type { DeskId } from "../base/brand.ts";
import { unit, type Chance } from "../base/chance.ts";
import { addDays, dayOf, msPerDay, type Clock, type UnixDay } from "../base/clock.ts";
import { hashDoor, newDoor } from "../envelope/door.ts";
import { sealToNobody } from "../envelope/nobody.ts";
import { deskReviewers, type Desk, type Roster } from "../roster/roster.ts";
import type { Core, Posting } from "./core.ts";

/** How many reports of each desk passed this edge lately: in memory, by the day, gone with the process. */
export interface Tally {
  count(desk: DeskId): void;
  /** At least as many as passed in any seven days that end now: today's and the seven days' before it. */
  lastWeek(desk: DeskId): number;
}

const daysKept = 7;

export function openTally(clock: Clock): Tally {
  const days = new Map<UnixDay, Map<DeskId, number>>();
  const today = (): UnixDay => {
    const day = dayOf(clock.nowMs());
    for (const past of days.keys()) if (past < addDays(day, -daysKept) || past > day) days.delete(past);
    return day;
  };
  return {
    count: (desk) => {
      const day = today();
      const counts = days.get(day) ?? new Map<DeskId, number>();
      days.set(day, counts.set(desk, (counts.get(desk) ?? 0) + 1));
    },
    lastWeek: (desk) => {
      today();
      return [...days.values()].reduce((sum, counts) => sum + (counts.get(desk) ?? 0), 0);
    },
  };
}

/** The core, with every report that it stores counted. Decoys go past this, or they would breed. */
export function tallied(core: Core, tally: Tally): Core {
  return {
    accept: async (posting) => {
      const outcome = await core.accept(posting);
      if (outcome === "stored") tally.count(posting.desk);
      return outcome;
    },
  };
}

/** A file like any report of the desk that nobody can open: every stanza is to a key that is thrown away. */
export function sealDecoy(roster: Roster, desk: Desk, chance: Chance): Posting {
  const sealed = sealToNobody(deskReviewers(roster, desk).length, chance);
  return { desk: desk.id, sealed, doorHash: hashDoor(newDoor(chance)) };
}

/** Decoys a day and desk: not under last week's reports, nor under the floor (envelope.md, Envelope). */
export function decoysPerDay(reportsLastWeek: number, floorPerDay: number): number {
  return Math.max(reportsLastWeek / 7, floorPerDay);
}

/** Milliseconds to the next decoy of a desk, exponential by its inverse: a Poisson clock has no memory to tell. */
export function nextAfterMs(chance: Chance, perDay: number): number {
  return (-Math.log(unit(chance)) * msPerDay) / perDay;
}
