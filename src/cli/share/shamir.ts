import { combine, split } from "shamir-secret-sharing";
import { equal } from "../../base/bytes.ts";
import type { Chance } from "../../base/chance.ts";
import { Fault, type FaultCode } from "../../base/fault.ts";
import { oprfKeyOf } from "../../mailbox/oprf-key.ts";
import type { Anchors } from "../../roster/roster.ts";
import type { Share } from "./text.ts";

/**
 * One part of the key for each member of the board, as many of which give it as sign a roster. The library draws the
 * polynomials by itself (node:crypto), so a test's `Chance` cannot replay them.
 *
 * Rejects with `share.board` when one member alone could do everything: there is nothing to share then.
 */
export async function splitKey(seed: Uint8Array, anchors: Anchors, chance: Chance): Promise<readonly Share[]> {
  const { instance, board, threshold } = anchors;
  if (threshold < 2) throw new Fault("share.board");
  const parts = await split(seed, board.length, threshold);
  const { publicKey } = oprfKeyOf(seed);
  const sharing = chance.bytes(16);
  return board.map(({ id: holder }, at) => ({ instance, publicKey, sharing, holder, threshold, part: parts[at]! }));
}

/**
 * The 32 bytes of OPRF_KEY out of enough shares. With more than enough, one that somebody altered does no harm: every
 * choice of enough is tried against the public half.
 *
 * Rejects with `share.few`, `share.instance`, `share.secret`, `share.sharing`, `share.twice`, `share.altered`.
 */
export async function combineShares(shares: readonly Share[]): Promise<Uint8Array> {
  const refusal = refusalOf(shares);
  if (refusal !== null) throw new Fault(refusal);
  const { publicKey, threshold } = shares[0]!;
  for (const enough of choices(shares, threshold)) {
    const seed = await combined(enough.map(({ part }) => part));
    if (seed !== null && equal(oprfKeyOf(seed).publicKey, publicKey)) return seed;
  }
  throw new Fault("share.altered");
}

function refusalOf(shares: readonly Share[]): FaultCode | null {
  const [first] = shares;
  if (first === undefined) return "share.few";
  if (shares.some(({ instance }) => instance !== first.instance)) return "share.instance";
  if (shares.some(({ publicKey }) => !equal(publicKey, first.publicKey))) return "share.secret";
  if (shares.some((one) => !equal(one.sharing, first.sharing) || one.threshold !== first.threshold))
    return "share.sharing";
  if (new Set(shares.map(({ holder }) => holder)).size < shares.length) return "share.twice";
  return shares.length < first.threshold ? "share.few" : null;
}

/** What these parts give, or null when two of them claim one place: one of those was altered. */
async function combined(parts: readonly Uint8Array[]): Promise<Uint8Array | null> {
  const places = new Set(parts.map((part) => part.at(-1)));
  return places.size === parts.length ? combine([...parts]) : null;
}

/** Every choice of `size` of these, in order. */
function* choices<T>(items: readonly T[], size: number): Generator<readonly T[], void> {
  if (size === 0) yield [];
  else
    for (const [at, item] of items.entries())
      for (const rest of choices(items.slice(at + 1), size - 1)) yield [item, ...rest];
}
