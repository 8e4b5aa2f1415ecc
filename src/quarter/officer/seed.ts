import type { Sealed } from "../../base/brand.ts";
import { equal } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { recipientOf } from "../../envelope/recipient.ts";
import { seedHash } from "../../trends/commit.ts";
import { sealedTo } from "../key.ts";
import { parcelOf, postParcel, seedKind } from "../way.ts";
import type { KeptPlace, Officer } from "./officer.ts";

const seedBytes = 32;

/** Whose seed it is follows from who asks. */
export type SeedPlace = Pick<KeptPlace, "period" | "attempt">;

/**
 * The seed to promise: the one at hand that was not promised yet, else a new one; at hand and on the core when it is
 * returned, each time sealed to its owner. What lies on the core is never taken for it: nothing says that it is of this
 * quarter, and the other officer knows those of former ones.
 *
 * Rejects with `release.commitment` when what is at hand does not open: it is somebody else's, or of other keys.
 */
export async function newSeed(officer: Officer, at: SeedPlace): Promise<Uint8Array> {
  const place = { ...at, kept: "seed" } as const;
  const kept = await officer.keep.read(place);
  const known = await seedIn(officer, kept);
  if (kept !== null && known === null) throw new Fault("release.commitment");
  const seed = known ?? officer.chance.bytes(seedBytes);
  const sealed = sealedSeed(officer, seed);
  if (known === null) await officer.keep.write(place, sealed);
  await leaveSeed(officer, at, sealed);
  return seed;
}

/**
 * The seed of this hash, at hand or on the core: whoever began at a terminal goes on in a browser, and the other way round.
 *
 * Rejects with `release.commitment` when it is in neither place.
 */
export async function promisedSeed(officer: Officer, at: SeedPlace, promised: Uint8Array): Promise<Uint8Array> {
  const nearest = await seedIn(officer, await officer.keep.read({ ...at, kept: "seed" }));
  if (nearest !== null && equal(seedHash(nearest), promised)) return nearest;
  const other = await seedIn(officer, await seedOnCore(officer, at));
  if (other === null || !equal(seedHash(other), promised)) throw new Fault("release.commitment");
  return other;
}

/** Leaves a promised seed on the core if nothing lies there: it was promised before cores kept seeds, or lost there. */
export async function copySeed(officer: Officer, at: SeedPlace, seed: Uint8Array): Promise<void> {
  if ((await seedOnCore(officer, at)) === null) await leaveSeed(officer, at, sealedSeed(officer, seed));
}

function seedOnCore({ way }: Officer, { period, attempt }: SeedPlace): Promise<Sealed | null> {
  return parcelOf(way, period, seedKind(attempt));
}

function leaveSeed({ way, keys }: Officer, { period, attempt }: SeedPlace, sealed: Sealed): Promise<void> {
  return postParcel(way, { period, kind: seedKind(attempt), officer: keys.id }, sealed);
}

function sealedSeed({ keys, chance }: Officer, seed: Uint8Array): Sealed {
  return sealedTo([recipientOf(keys.identity)], { kind: "seed", body: seed }, chance);
}

/** Null for what does not open with this officer's keys to a seed. */
async function seedIn(officer: Officer, file: Uint8Array | null): Promise<Uint8Array | null> {
  if (file === null) return null;
  const [frame] = await officer.open([file as Sealed]);
  return frame?.kind === "seed" ? frame.body : null;
}
