import { Fault } from "../../base/fault.ts";
import { signNote } from "../../envelope/note-sign.ts";
import { commitText, seedHash } from "../../trends/commit.ts";
import type { Period } from "../../trends/period.ts";
import { postNote } from "../way.ts";
import { heldPeriod, instanceOf, leaveParcel, otherOf, takeParcel, type HeldPeriod, type Officer } from "./officer.ts";
import { copySeed, newSeed, promisedSeed } from "./seed.ts";

/**
 * Promises this officer's seed: makes it, keeps it sealed to themselves at hand and on the core, and hands in its hash. A
 * second time it changes nothing but for a copy on the core where there is none. Kept before it is promised: a seed that was
 * lost would end the draw.
 *
 * Rejects with `release.commitment` when the seed that was promised is nowhere; `release.order`, `release.notNow`.
 */
export async function commit(officer: Officer, period: Period, attempt = 1): Promise<"committed" | "already"> {
  const held = await heldPeriod(officer, period);
  if (attempt < held.attempt) throw new Fault("release.order");
  const own = held.attempt === attempt ? ownCommit(officer, held) : undefined;
  if (own !== undefined) {
    const place = { period, attempt };
    if (!held.isHandedIn) await copySeed(officer, place, await promisedSeed(officer, place, own.said.seed));
    return "already";
  }
  const seed = await newSeed(officer, { period, attempt });
  const text = commitText({
    instance: instanceOf(officer),
    period,
    attempt,
    officer: officer.keys.id,
    plan: held.plan.hash,
    seed: seedHash(seed),
  });
  await postNote(officer.way, signNote(text, officer.keys.id, officer.keys.signing));
  return "committed";
}

function ownCommit({ keys }: Officer, { commits }: HeldPeriod): HeldPeriod["commits"][number] | undefined {
  return commits.find(({ said }) => said.officer === keys.id);
}

/**
 * Seals this officer's seed to the other one, once the claim fixes what is drawn from: before it, whoever knew both seeds
 * could choose what to claim.
 *
 * Rejects with `release.order` before the claim, `release.commitment` when the seed is lost or another one.
 */
export async function reveal(officer: Officer, period: Period): Promise<void> {
  const held = await heldPeriod(officer, period);
  if (held.claim === null) throw new Fault("release.order");
  const seed = await ownSeed(officer, held);
  const other = otherOf(officer, held.plan.said);
  await leaveParcel(officer, { period, kind: "reveal" }, other, { kind: "seed", body: seed });
}

/** Both seeds in the order of the plan's officers. Rejects with `release.order` until the other one is revealed. */
export async function bothSeeds(officer: Officer, held: HeldPeriod): Promise<readonly Uint8Array[]> {
  const { officers, period } = held.plan.said;
  const own = await ownSeed(officer, held);
  const others = await takeParcel(officer, period, "reveal");
  if (others === null) throw new Fault("release.order");
  return officers.map((id) => (id === officer.keys.id ? own : others));
}

async function ownSeed(officer: Officer, held: HeldPeriod): Promise<Uint8Array> {
  const own = ownCommit(officer, held);
  if (own === undefined) throw new Fault("release.commitment");
  return promisedSeed(officer, { period: held.plan.said.period, attempt: held.attempt }, own.said.seed);
}
