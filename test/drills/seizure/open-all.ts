import type { Sealed } from "../../../src/base/brand.ts";
import { codeOf } from "../../../src/base/fault.ts";
import { nodeDecapsulator } from "../../../src/envelope/opener-node.ts";
import { open } from "../../../src/envelope/open.ts";
import { identityOfSeed, type Identity } from "../../../src/envelope/recipient.ts";
import type { SeizedKey } from "./recipes.ts";

/** How many of these files open with one of these identities. */
export function openedBy(files: readonly Sealed[], identities: readonly Identity[]): number {
  return files.filter((file) => identities.some((identity) => opens(file, identity))).length;
}

/** Every seized key of 32 bytes is the seed of some identity of age. */
export function identitiesOf(keys: readonly SeizedKey[]): readonly Identity[] {
  return keys.flatMap(({ bytes }) => (bytes.length === 32 ? (identityOfSeed(bytes) ?? []) : []));
}

function opens(file: Sealed, identity: Identity): boolean {
  try {
    open(file, identity, nodeDecapsulator);
    return true;
  } catch (error) {
    if (codeOf(error) !== "envelope.unopenable") throw error;
    return false;
  }
}
