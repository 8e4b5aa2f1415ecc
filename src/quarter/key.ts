import type { Sealed } from "../base/brand.ts";
import { concat, equal } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import type { UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";
import { encodeFrame, type Frame } from "../envelope/frame.ts";
import { sha256 } from "../envelope/hash.ts";
import type { Recipient } from "../envelope/recipient.ts";
import { seal } from "../envelope/seal.ts";
import { sign } from "../envelope/sign.ts";
import type { Keys } from "../roster/identity.ts";
import { firstLead } from "../roster/readers.ts";
import { mayReview, type Reviewer, type RosterBody } from "../roster/roster.ts";
import type { Period } from "../trends/period.ts";
import {
  decodeQuarterKey,
  encodeQuarterKey,
  isSignedQuarterKey,
  quarterKeyMessage,
  type QuarterKey,
} from "../trends/quarter-key.ts";
import { keyHolders, ownQuarterKey, postQuarterKey, type Way } from "./way.ts";

const quarterKeyBytes = 32;

/** Somebody at work in a quarter: their keys, whom they trust, the server, and how their files open. */
export interface Worker {
  readonly way: Way;
  /** Today's first, then former ones, as far as they are known. */
  readonly rosters: readonly RosterBody[];
  readonly keys: Keys;
  readonly today: UnixDay;
  readonly chance: Chance;
  /** Frames in the order of the files; null for what does not open with these keys. */
  open(files: readonly Sealed[]): Promise<readonly (Frame | null)[]>;
}

/**
 * The quarter's token key as it was sealed to this reviewer, or null before there is one.
 *
 * Rejects with `quarterKey.malformed` when it does not open, or no lead of these rosters signed it for this quarter: a key
 * that somebody else knows would let them try whom a token stands for.
 */
export async function readQuarterKey(worker: Worker, period: Period): Promise<QuarterKey | null> {
  const sealed = await ownQuarterKey(worker.way, period);
  if (sealed === null) return null;
  const [frame] = await worker.open([sealed]);
  if (frame?.kind !== "quarterlyKey") throw new Fault("quarterKey.malformed");
  const said = decodeQuarterKey(frame.body);
  const fits = said.instance === worker.rosters[0]!.instance && said.period === period;
  const leads = worker.rosters.flatMap(({ reviewers }) => reviewers.filter(({ id }) => id === said.author));
  const isSigned = leads.some(
    ({ roles, verifier }) => roles.includes("lead") && isSignedQuarterKey(frame.body, verifier.publicKey),
  );
  if (!fits || !isSigned) throw new Fault("quarterKey.malformed");
  return said.key;
}

/** Whether this reviewer is whoever makes the quarter's key: the first lead of the roster who serves today. */
export function makesQuarterKey({ rosters, keys, today }: Pick<Worker, "rosters" | "keys" | "today">): boolean {
  return firstLead(rosters[0]!, today)?.id === keys.id;
}

/** Reviewers who serve today and have no copy of the quarter's key. */
export async function lackQuarterKey(
  { way, rosters, today }: Pick<Worker, "way" | "rosters" | "today">,
  period: Period,
): Promise<readonly Reviewer[]> {
  const held = await keyHolders(way, period);
  return rosters[0]!.reviewers.filter((one) => mayReview(one, today) && !held.reviewers.includes(one.id));
}

/**
 * By the first lead: makes the quarter's key if there is none, and seals it to every reviewer who has none yet. Resolves
 * with whom it was sealed to now.
 *
 * Rejects with `release.otherKey` when there is a key that the lead was never given: whoever has it must hand it on.
 */
export async function shareQuarterKey(worker: Worker, period: Period): Promise<readonly string[]> {
  const { way, rosters, keys, today, chance } = worker;
  const [roster] = rosters;
  const held = await keyHolders(way, period);
  const key = (await readQuarterKey(worker, period)) ?? new Secret(chance.bytes(quarterKeyBytes));
  const keyHash = sha256(key.reveal());
  if (held.keyHash !== null && !equal(held.keyHash, keyHash)) throw new Fault("release.otherKey");
  const unsigned = encodeQuarterKey({ instance: roster!.instance, period, author: keys.id, key });
  const body = concat(unsigned, sign(keys.signing, quarterKeyMessage(unsigned)));
  const without = roster!.reviewers.filter((one) => mayReview(one, today) && !held.reviewers.includes(one.id));
  // The lead's own copy first: whatever ends this half-way, the same key is there to be sealed to the others.
  const order = without.toSorted((a, b) => Number(b.id === keys.id) - Number(a.id === keys.id));
  for (const { id, recipient } of order) {
    const sealed = sealedTo([recipient], { kind: "quarterlyKey", body }, chance);
    await postQuarterKey(way, { period, reviewer: id, keyHash }, sealed);
  }
  return order.map(({ id }) => id);
}

/** A frame as one age file. */
export function sealedTo(recipients: readonly Recipient[], frame: Frame, chance: Chance): Sealed {
  return seal(recipients, encodeFrame(frame), chance);
}
