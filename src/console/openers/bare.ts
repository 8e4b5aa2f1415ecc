import { Fault } from "../../base/fault.ts";
import { Secret } from "../../base/secret.ts";
import { identityOfSeed, type Identity } from "../../envelope/recipient.ts";
import type { Keys } from "../../roster/identity.ts";
import type { BareKeys } from "./orders.ts";

/** Keys as bytes, on their way between page and worker and nowhere else. */
export function bareKeys({ id, identity, signing }: Keys): BareKeys {
  return { id, identity: identity.reveal(), signing: signing.reveal() };
}

export function keysIn({ id, identity, signing }: BareKeys): Keys {
  return { id, identity: identityIn(identity), signing: new Secret(signing) };
}

/** Throws `identity.malformed`. */
export function identityIn(seed: Uint8Array): Identity {
  const identity = identityOfSeed(seed);
  if (identity === null) throw new Fault("identity.malformed");
  return identity;
}

/** Overwrites what can be: copies that the engine made are out of reach (README, Locking). */
export function wipe({ identity, signing }: Keys): void {
  identity.reveal().fill(0);
  signing.reveal().fill(0);
}
