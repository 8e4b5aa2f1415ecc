import type { Sealed } from "../base/brand.ts";
import type { Chance } from "../base/chance.ts";
import { encodeFrame } from "./frame.ts";
import { newIdentity, recipientOf } from "./recipient.ts";
import { seal } from "./seal.ts";

/**
 * A file that nobody can open, in the first size class: each stanza is to a key that is thrown away. Without that key
 * nothing tells it from a file that somebody waits for (envelope.md, Envelope, decoys).
 */
export function sealToNobody(stanzas: number, chance: Chance): Sealed {
  const nobody = Array.from({ length: stanzas }, () => recipientOf(newIdentity(chance)));
  return seal(nobody, encodeFrame({ kind: "decoy", body: new Uint8Array(0) }), chance);
}
