import { shuffled, unit, type Chance } from "../base/chance.ts";
import { dayOf, type Clock } from "../base/clock.ts";
import { sealToNobody } from "../envelope/nobody.ts";
import { countHeld, releaseAnswers } from "../store/mailbox.ts";
import type { Store } from "../store/open.ts";
import { tidy } from "../store/tidy.ts";

/** How answers are released. */
export interface ReleaseRule {
  /** Decoys in every release, and as many more on average when fewer answers came lately. */
  readonly fewDecoys: number;
  /** Whether decoys go out alone when no answer waits: else a release says that there was one. */
  readonly whenNoneWaits: boolean;
}

export const releaseRule: ReleaseRule = { fewDecoys: 4, whenNoneWaits: true };
/** Every two seconds: decoys alone would fill a demo's disk. */
export const demoReleaseRule: ReleaseRule = { fewDecoys: 2, whenNoneWaits: false };

export interface Releases {
  readonly store: Store;
  readonly rule: ReleaseRule;
  readonly clock: Clock;
  readonly chance: Chance;
}

// A week of hours: answers follow the reviewers' week.
const releasesRemembered = 168;

/**
 * The handler of a release. How many answers the last ones held is known here in memory and nowhere on disk, since the
 * table must not tell answers from decoys: after a restart decoys follow the few until answers come.
 */
export function answerReleases({ store, rule, clock, chance }: Releases): () => Promise<void> {
  const lately: number[] = [];
  return async () => {
    if (!rule.whenNoneWaits && (await countHeld(store.db)) === 0) return;
    const real = await releaseAnswers(store.db, {
      shuffle: (rows) => shuffled(chance, rows),
      newId: () => chance.bytes(16),
      decoys: (waiting) => decoys(decoyCount(chance, rule.fewDecoys, [...lately, waiting]), chance),
      day: dayOf(clock.nowMs()),
    });
    lately.push(real);
    lately.splice(0, lately.length - releasesRemembered);
    await tidy(store.db, ["mailbox_held", "mailbox_message"]);
  };
}

/**
 * Decoys for a release: a few, and a Poisson number that is on average not under what the releases lately held. Its
 * spread hides how many of a release are answers.
 */
export function decoyCount(chance: Chance, few: number, lately: readonly number[]): number {
  const mean = lately.reduce((sum, count) => sum + count, 0) / Math.max(1, lately.length);
  return few + poisson(chance, Math.max(few, mean));
}

/** Events of a Poisson process in one unit of time: exponential waits until it is over. */
function poisson(chance: Chance, mean: number): number {
  let count = 0;
  for (let at = -Math.log(unit(chance)); at < mean; at -= Math.log(unit(chance))) count++;
  return count;
}

function decoys(count: number, chance: Chance): readonly { id: Uint8Array; sealed: ReturnType<typeof sealToNobody> }[] {
  return Array.from({ length: count }, () => ({ id: chance.bytes(16), sealed: sealToNobody(1, chance) }));
}
