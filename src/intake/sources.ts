import type { E164 } from "../base/brand.ts";
import { base64, concat, utf8 } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { dayOf, type Clock, type UnixDay } from "../base/clock.ts";
import { hmacSha256 } from "../envelope/hash.ts";

/** What the edge knows of a phone for one day: never the number, only HMACs of it under keys that live in memory. */
export interface Sources {
  /** 128 bits, equal for one phone on one day in one edge, and for nothing else (envelope.md, sourceTag). */
  tag(from: E164): Uint8Array;
  /** Whether this phone may still send a report today. */
  allows(from: E164): boolean;
  /** Which in a quick run of messages the next one is, from 1: the console joins parts by it (phones.md, SMS). */
  nextPart(from: E164): number;
  /** Counts one stored report. */
  count(from: E164): void;
  /** Whether this phone may still have a mailbox read today. */
  allowsReading(from: E164): boolean;
  /** Counts one reading, whatever it found. */
  countReading(from: E164): void;
  /** Throws the day's keys and counts away when the day is over, even when nobody sends. */
  forgetPast(): void;
}

export const reportsPerPhonePerDay = 250;
/**
 * Far more than anybody needs who waits for an answer, and enough for a phone that a village shares; so few that it takes
 * 43 000 phones to use up the evaluations of a day (mailbox, README, Guessing).
 */
export const readingsPerPhonePerDay = 20;
/** Messages of one phone within this time of each other are taken for parts of one. */
export const joinWithinMs = 120_000;
// A phone more than this on one day pushes the oldest out: memory stays flat under a flood from many numbers.
const mostPhones = 100_000;

interface Day {
  readonly day: UnixDay;
  readonly tagKey: Uint8Array;
  readonly countKey: Uint8Array;
  readonly counts: Map<string, Count>;
}

interface Count {
  readonly reports: number;
  readonly readings: number;
  /** Of the last message. */
  readonly part: number;
  readonly lastMs: number;
}

const none: Count = { reports: 0, readings: 0, part: 0, lastMs: Number.NEGATIVE_INFINITY };

/** In memory only; a restart forgets everything, which costs an attacker's limit and nobody's safety. */
export function openSources(clock: Clock, chance: Chance): Sources {
  let current = newDay(dayOf(clock.nowMs()), chance);
  const today = (): Day => {
    const day = dayOf(clock.nowMs());
    if (day !== current.day) {
      wipe(current);
      current = newDay(day, chance);
    }
    return current;
  };
  return {
    tag: (from) => hmacSha256(today().tagKey, concat(utf8("gundo/source/v1"), utf8(from))).subarray(0, 16),
    allows: (from) => countOf(today(), from).reports < reportsPerPhonePerDay,
    nextPart: (from) => partOf(countOf(today(), from), clock.nowMs()),
    count: (from) => {
      const before = countOf(today(), from);
      const nowMs = clock.nowMs();
      keep(today(), from, { ...before, reports: before.reports + 1, part: partOf(before, nowMs), lastMs: nowMs });
    },
    allowsReading: (from) => countOf(today(), from).readings < readingsPerPhonePerDay,
    countReading: (from) => {
      const before = countOf(today(), from);
      keep(today(), from, { ...before, readings: before.readings + 1 });
    },
    forgetPast: () => void today(),
  };
}

function newDay(day: UnixDay, chance: Chance): Day {
  return { day, tagKey: chance.bytes(32), countKey: chance.bytes(32), counts: new Map() };
}

function wipe(past: Day): void {
  past.tagKey.fill(0);
  past.countKey.fill(0);
  past.counts.clear();
}

function countKey(day: Day, from: E164): string {
  return base64(hmacSha256(day.countKey, utf8(from)).subarray(0, 16));
}

function countOf(day: Day, from: E164): Count {
  return day.counts.get(countKey(day, from)) ?? none;
}

function partOf({ part, lastMs }: Count, nowMs: number): number {
  return nowMs - lastMs <= joinWithinMs ? part + 1 : 1;
}

function keep(day: Day, from: E164, count: Count): void {
  const key = countKey(day, from);
  day.counts.delete(key);
  day.counts.set(key, count);
  if (day.counts.size > mostPhones) day.counts.delete(day.counts.keys().next().value!);
}
