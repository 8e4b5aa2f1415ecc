import type { ReportId } from "../base/brand.ts";
import { hex } from "../base/bytes.ts";
import { shuffled, type Chance } from "../base/chance.ts";
import type { Clock, UnixMs } from "../base/clock.ts";
import { countArrivals, moveArrivals } from "../store/arrival.ts";
import type { Store } from "../store/open.ts";
import { tidy } from "../store/tidy.ts";

/** When a batch is due (triage.md, mix): at 8 waiting or after 10 minutes; a demo does not keep people waiting. */
export interface MixRule {
  readonly batch: number;
  readonly longestWaitMs: number;
}

export const mixRule: MixRule = { batch: 8, longestWaitMs: 600_000 };
export const demoMixRule: MixRule = { batch: 1, longestWaitMs: 0 };

export interface Mix {
  readonly store: Store;
  /** One triage job for each moved report: no job ever names a fresh arrival. */
  readonly enqueue: (ids: readonly ReportId[]) => Promise<void>;
  readonly rule: MixRule;
  readonly clock: Clock;
  readonly chance: Chance;
}

/**
 * The handler of a mix tick. Since when something waits is held here in memory and nowhere on disk: a restart makes
 * the oldest wait at most once more.
 */
export function mixTicks(mix: Mix): () => Promise<void> {
  let waitingSinceMs: UnixMs | null = null;
  return async () => {
    const waiting = await countArrivals(mix.store.db);
    const nowMs = mix.clock.nowMs();
    waitingSinceMs = waiting === 0 ? null : (waitingSinceMs ?? nowMs);
    if (waitingSinceMs === null || !isDue(mix.rule, waiting, nowMs - waitingSinceMs)) return;
    await moveAll(mix);
    waitingSinceMs = null;
  };
}

function isDue(rule: MixRule, waiting: number, waitedMs: number): boolean {
  return waiting >= rule.batch || waitedMs >= rule.longestWaitMs;
}

/** The jobs come after the commit: those that a crash keeps from being added are added by the sweep. */
async function moveAll({ store, chance, enqueue }: Mix): Promise<void> {
  const shuffle = <Row>(rows: readonly Row[]): readonly Row[] => shuffled(chance, rows);
  await enqueue(await moveArrivals(store.db, { shuffle, newId: () => newReportId(chance) }));
  await tidy(store.db);
}

/** 128 random bits. */
export function newReportId(chance: Chance): ReportId {
  return hex(chance.bytes(16)) as ReportId;
}
