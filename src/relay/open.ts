import type { Plain, Sealed } from "../base/brand.ts";
import { codeOf } from "../base/fault.ts";
import { open } from "../envelope/open.ts";
import { nodeDecapsulator } from "../envelope/opener-node.ts";
import type { RelayDayKey } from "./day-keys.ts";

/**
 * What was sealed to the relay on one day. A door (house.md): it takes a `RelayDayKey` and nothing else, so no reviewer's
 * or mailbox's identity can come to be used here.
 *
 * @throws Fault `envelope.unopenable`.
 */
function openWithDayKey(sealed: Sealed, key: RelayDayKey): Plain {
  return open(sealed, key.identity, nodeDecapsulator);
}

/** What is in a file sealed to one of these keys, or null when none of them opens it. */
export function openWithAny(sealed: Sealed, keys: readonly RelayDayKey[]): Plain | null {
  for (const key of keys) {
    try {
      return openWithDayKey(sealed, key);
    } catch (error) {
      if (codeOf(error) !== "envelope.unopenable") throw error;
    }
  }
  return null;
}
