import { sha256 } from "../envelope/hash.ts";
import type { ReleaseContent } from "./content.ts";
import { marginOf } from "./interval.ts";
import { keySpaceHash } from "./key-space-text.ts";
import { spend, type Ledger } from "./ledger.ts";
import type { Plan } from "./plan.ts";
import { filesOf } from "./publish/publish.ts";
import { contentOf, type Release } from "./release-note.ts";

/** The notes a release rests on, by their SHA-256, 32 bytes each. */
export interface Grounds {
  readonly plan: Uint8Array;
  /** In the order of the plan's officers. */
  readonly commits: readonly Uint8Array[];
  readonly claim: Uint8Array;
  readonly attempt: number;
}

/** The release before: the hash of its note, and its ledger. */
export interface FormerRelease {
  readonly hash: Uint8Array;
  readonly ledger: Ledger;
}

/** Half the width of each table's 95 % interval, under the plan's ε. */
export function marginsOf({ epsilon }: Pick<Plan, "epsilon">): Release["margins"] {
  return { t1: marginOf(epsilon.t1), t2: marginOf(epsilon.t2) };
}

/**
 * The whole release that follows from its figures: what the officers sign, and what anybody recomputes.
 *
 * @throws Fault `release.overspent`, `release.chain` as `spend`.
 */
export function releaseOf(
  plan: Plan,
  figures: ReleaseContent["figures"],
  grounds: Grounds,
  former: FormerRelease | null,
): Release {
  const { instance, period, publishesMs } = plan;
  const margins = marginsOf(plan);
  const files = filesOf(contentOf(plan, { figures, margins }));
  return {
    instance,
    period,
    publishesMs,
    ...grounds,
    previous: former?.hash ?? new Uint8Array(32),
    keySpace: keySpaceHash(plan.keySpace),
    figures,
    margins,
    ledger: spend(former?.ledger ?? [], plan, grounds.attempt),
    files: files.map(({ name, bytes }) => ({ name, sha256: sha256(bytes) })),
  };
}
