import { isoDay, addDays } from "../../src/base/clock.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { trendsFrom, type PublicNote } from "../../src/gate/trends/from-notes.ts";
import type { TrendSource } from "../../src/gate/trends/source.ts";
import { erratumText } from "../../src/trends/erratum.ts";
import { marginOf } from "../../src/trends/interval.ts";
import { keySpaceHash } from "../../src/trends/key-space-text.ts";
import { epsilons, type BothLanguages, type Figures } from "../../src/trends/key-space.ts";
import { spend, type Ledger } from "../../src/trends/ledger.ts";
import { lastDay, parsePeriod } from "../../src/trends/period.ts";
import { planText } from "../../src/trends/plan.ts";
import { filesOf } from "../../src/trends/publish/publish.ts";
import { contentOf, releaseText } from "../../src/trends/release-note.ts";
import { at, hashOf, instance, officers, signedBy, testPlan, verifiersOf } from "./releases.ts";

/** A quarter as the public finds it. */
export interface ToldQuarter {
  readonly period: string;
  /** What was released; absent where nothing was. */
  readonly figures?: Figures;
  /** Names of notes that are there besides: they say where the quarter stands. */
  readonly steps?: readonly string[];
  readonly errata?: readonly BothLanguages[];
  readonly instance?: string;
}

/** When the bulletin of a quarter appears: 33 days after its last, at eight. */
export function instantOf(period: string): string {
  return `${isoDay(addDays(lastDay(parsePeriod(period)!), 33))}T08:00:00Z`;
}

/** The public notes of these quarters, plans and releases signed by two officers with real keys. */
export function publicNotes(quarters: readonly ToldQuarter[]): readonly PublicNote[] {
  const notes: PublicNote[] = [];
  let [previousPlan, previousRelease] = [new Uint8Array(32), new Uint8Array(32)];
  let ledger: Ledger = [];
  for (const { period: name, figures, steps = [], errata = [], instance: own = instance } of quarters) {
    const period = parsePeriod(name)!;
    const put = (noteName: string, note: Uint8Array): Uint8Array => {
      notes.push({ period, name: noteName, note });
      return new Uint8Array(sha256(note));
    };
    const plan = testPlan({ instance: own, period, publishesMs: at(instantOf(name)), previous: previousPlan });
    previousPlan = put("plan", signedBy(planText(plan), ...officers)) as Uint8Array<ArrayBuffer>;
    for (const step of steps) put(step, signedBy(`${step}\n`, ...officers));
    if (figures === undefined) continue;
    const margins = { t1: marginOf(epsilons.t1), t2: marginOf(epsilons.t2) };
    ledger = spend(ledger, plan, 1);
    const release = {
      instance: own,
      period,
      attempt: 1,
      publishesMs: plan.publishesMs,
      plan: previousPlan,
      commits: [hashOf(`${name} a`), hashOf(`${name} b`)],
      claim: hashOf(`${name} claim`),
      previous: previousRelease,
      keySpace: keySpaceHash(plan.keySpace),
      figures,
      margins,
      ledger,
      files: filesOf(contentOf(plan, { figures, margins })).map((file) => ({
        name: file.name,
        sha256: sha256(file.bytes),
      })),
    };
    previousRelease = put("release", signedBy(releaseText(release), ...officers)) as Uint8Array<ArrayBuffer>;
    for (const [index, words] of errata.entries()) {
      const said = { instance: own, period, number: index + 1, release: previousRelease, words };
      put(`erratum-${index + 1}`, signedBy(erratumText(said), ...officers));
    }
  }
  return notes;
}

/** A source over these notes, as a core's is over its store. */
export function sourceOf(notes: () => readonly PublicNote[], own = instance): TrendSource {
  return trendsFrom(
    () => Promise.resolve(notes()),
    () => ({ instance: own, officers: verifiersOf(officers) }),
  );
}
