import { equal } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { bound, type Bounded } from "./bound.ts";
import type { Claim } from "./claim.ts";
import { seedHash, type Commit } from "./commit.ts";
import type { ReleaseContent } from "./content.ts";
import { marginsOf } from "./follows.ts";
import { addNoise } from "./noise.ts";
import type { Noted } from "./note.ts";
import type { Plan } from "./plan.ts";
import { contentOf } from "./release-note.ts";
import type { LabelItem } from "./row.ts";

/** All that decides a draw. Whoever has the same draws the same: the second officer, and the first one after a crash. */
export interface Draw {
  readonly plan: Noted<Plan>;
  /** The very note that the core accepted: its hash salts the coins. */
  readonly claim: Noted<Claim>;
  /** In the order of the plan's officers, as the seeds. */
  readonly commits: readonly Noted<Commit>[];
  /** 32 bytes each. */
  readonly seeds: readonly Uint8Array[];
  readonly items: readonly LabelItem[];
}

export interface Drawn {
  readonly content: ReleaseContent;
  /** Items of codes that are not in the plan's key-space: in no figure. */
  readonly refused: Bounded["refused"];
}

/**
 * Bounds what each unit adds, and puts noise on every cell (trends.md, Who computes). Exact counts live in this call alone.
 *
 * @throws Fault `release.chain` when the claim is of another plan; `release.commitment` when it names other commitments, or
 * a seed is not the one its officer committed to.
 */
export function draw({ plan, claim, commits, seeds, items }: Draw): Drawn {
  const { period, keySpace, epsilon } = plan.said;
  if (!equal(claim.said.plan, plan.hash)) throw new Fault("release.chain");
  const kept = plan.said.officers.every((officer, index) => isKept(claim.said, officer, commits[index], seeds[index]));
  if (!kept || seeds.length !== 2) throw new Fault("release.commitment");
  const { counts, refused } = bound(items, keySpace, claim.hash);
  const figures = addNoise(counts, keySpace, epsilon, { seeds, claimHash: claim.hash, period });
  return { content: contentOf(plan.said, { figures, margins: marginsOf(plan.said) }), refused };
}

/** Whether this seed was promised by this officer for this claim: another one could be chosen for what it draws. */
function isKept(claim: Claim, officer: string, commit?: Noted<Commit>, seed?: Uint8Array): boolean {
  if (commit === undefined || seed === undefined) return false;
  const isOwn = commit.said.officer === officer && commit.said.attempt === claim.attempt;
  const isNamed = claim.commits.some((hash) => equal(hash, commit.hash));
  return isOwn && isNamed && seed.length === 32 && equal(seedHash(seed), commit.said.seed);
}
