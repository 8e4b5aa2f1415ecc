import { publicBytesOf } from "#kem";
import type { Brand } from "../base/brand.ts";
import type { Chance } from "../base/chance.ts";
import { Secret } from "../base/secret.ts";
import { decodeBech32, encodeBech32, type Recipient } from "./recipient-text.ts";
import { seedBytes } from "./xwing.ts";

export { parseRecipient, recipientBytes, recipientOfBytes, type Recipient } from "./recipient-text.ts";

/** A 32-byte X-Wing seed, which is age's hybrid identity; it prints as `[secret]`. */
export type Identity = Secret<Brand<Uint8Array, "IdentitySeed">>;

const prefix = "age-secret-key-pq-";

/** The identity, or null unless `text` is `AGE-SECRET-KEY-PQ-1…` in uppercase. */
export function parseIdentity(text: string): Identity | null {
  if (text !== text.toUpperCase()) return null;
  const seed = decodeBech32(text, prefix);
  return seed === null ? null : identityOfSeed(seed);
}

/** `AGE-SECRET-KEY-PQ-1…`: secret text, for an identity file only. */
export function formatIdentity(identity: Identity): string {
  return encodeBech32(prefix, identity.reveal()).toUpperCase();
}

/** The identity with this seed, or null unless it has 32 bytes (a mailbox derives its own). */
export function identityOfSeed(seed: Uint8Array): Identity | null {
  return seed.length === seedBytes ? new Secret(seed as Brand<Uint8Array, "IdentitySeed">) : null;
}

/** A fresh identity. */
export function newIdentity(chance: Chance): Identity {
  return new Secret(chance.bytes(seedBytes) as Uint8Array as Brand<Uint8Array, "IdentitySeed">);
}

/** The recipient that this identity opens. */
export function recipientOf(identity: Identity): Recipient {
  return encodeBech32("age1pq", publicBytesOf(identity.reveal())) as Recipient;
}
