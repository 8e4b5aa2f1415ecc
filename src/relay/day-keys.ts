import type { Brand } from "../base/brand.ts";
import { readU32be, u32be } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { addDays, type UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { capsuleDays } from "../envelope/capsule.ts";
import { identityOfSeed, newIdentity, recipientOf, type Identity } from "../envelope/recipient.ts";
import type { RelayDay } from "../roster/relay-note.ts";

/** The relay's identity of one day: it opens what was sealed to the relay on that day, and nothing of anybody else's. */
export type RelayDayKey = Brand<{ readonly day: UnixDay; readonly identity: Identity }, "RelayDayKey">;

/** Where day keys lie: outside the database and its backups, or a seized backup would open what it holds. */
export interface DayKeyFiles {
  read(name: string): Uint8Array | null;
  write(name: string, bytes: Uint8Array): void;
  names(): readonly string[];
  destroy(name: string): void;
}

export interface DayKeys {
  /**
   * Destroys the keys that are over and makes those that are missing, from `today` to `daysAhead` days on; what a note
   * may name. A key that was destroyed is never made anew.
   *
   * Throws `relay.clock` when keys were made for days far ahead: the clock was wrong then, or is now.
   */
  turn(today: UnixDay): readonly RelayDay[];
  /** The keys that still open, newest first. Each is read anew, so that none outlives its file. */
  live(today: UnixDay): readonly RelayDayKey[];
}

/** Keys are made so far ahead that an edge which hears nothing of its core over a midnight still has one. */
export const daysAhead = 2;

const prefix = "relay-day-";
const lastName = "relay-last-day";

export function openDayKeys(files: DayKeyFiles, chance: Chance): DayKeys {
  return {
    turn: (today) => {
      destroyPastDayKeys(files, today);
      makeMissing(files, today, chance);
      return daysIn(files)
        .filter((day) => day >= today)
        .map((day) => ({ day, recipient: recipientOf(keyOf(files, day)!.identity) }));
    },
    live: (today) =>
      daysIn(files)
        .filter((day) => day + capsuleDays >= today)
        .toReversed()
        .flatMap((day) => keyOf(files, day) ?? []),
  };
}

/** Destroys every key whose capsules have expired: on time also where nothing is answered by SMS any more. */
export function destroyPastDayKeys(files: DayKeyFiles, today: UnixDay): void {
  for (const day of daysIn(files)) if (day + capsuleDays < today) files.destroy(`${prefix}${day}`);
}

function makeMissing(files: DayKeyFiles, today: UnixDay, chance: Chance): void {
  const last = lastDay(files);
  if (last > today + daysAhead) throw new Fault("relay.clock");
  for (let day = Math.max(today, last + 1); day <= today + daysAhead; day++) {
    // One made just before a crash is there already, though not yet counted.
    if (files.read(`${prefix}${day}`) === null) files.write(`${prefix}${day}`, newIdentity(chance).reveal());
    files.write(lastName, u32be(day));
  }
}

/** The last day for which a key was ever made: up to it none is made again. */
function lastDay(files: DayKeyFiles): number {
  const bytes = files.read(lastName);
  if (bytes === null) return -1;
  if (bytes.length !== 4) throw new Fault("relay.clock");
  return readU32be(bytes, 0);
}

function daysIn(files: DayKeyFiles): readonly UnixDay[] {
  return files
    .names()
    .flatMap((name) => /^relay-day-(\d{1,6})$/.exec(name)?.[1] ?? [])
    .map((day) => addDays(0 as UnixDay, Number(day)))
    .toSorted((a, b) => a - b);
}

function keyOf(files: DayKeyFiles, day: UnixDay): RelayDayKey | null {
  const seed = files.read(`${prefix}${day}`);
  const identity = seed === null ? null : identityOfSeed(seed);
  return identity === null ? null : ({ day, identity } as RelayDayKey);
}
