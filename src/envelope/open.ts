import { openAead } from "#kem";
import type { Plain, Sealed } from "../base/brand.ts";
import { fromBase64nopad } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { readHeader, type Header, type Stanza } from "./header-read.ts";
import { stanzaType, wrappedKeyBytes } from "./header.ts";
import { wrapKeyOf } from "./hpke.ts";
import { openPayload } from "./payload-read.ts";
import { isSmallOrder } from "./point.ts";
import type { Identity } from "./recipient.ts";
import { encLength, mlKemCiphertextBytes } from "./xwing.ts";

/** X-Wing decapsulation by one library: `opener-node`, `opener-noble` or `opener-sodium`. */
export interface Decapsulator {
  /** The 32-byte shared secret of `enc` (1 120 bytes). A wrong identity gives another secret, not an error. */
  decapsulate(enc: Uint8Array, identity: Identity): Uint8Array;
}

/**
 * What is in an age v1 file. A door (house.md): only console, cli, mailbox/open and relay/open import this file.
 * `firstTry` is the stanza tried first, a reviewer's own index; then come the others, since a file may be older than
 * the present roster.
 * @throws Fault `envelope.unopenable`, whatever the cause: another's file, a changed one, or no file at all.
 */
export function open(sealed: Sealed, identity: Identity, decapsulator: Decapsulator, firstTry = 0): Plain {
  const header = readHeader(sealed);
  const fileKey = header === null ? null : fileKeyIn(header, identity, decapsulator, firstTry);
  const plain = header === null || fileKey === null ? null : openPayload(header, fileKey);
  if (plain === null) throw new Fault("envelope.unopenable");
  return plain as Plain;
}

interface HybridStanza {
  readonly enc: Uint8Array;
  readonly wrappedKey: Uint8Array;
}

function fileKeyIn(
  header: Header,
  identity: Identity,
  decapsulator: Decapsulator,
  firstTry: number,
): Uint8Array | null {
  const stanzas = hybridStanzas(header.stanzas);
  if (stanzas === null) return null;
  const own = stanzas[firstTry];
  const others = stanzas.filter((stanza) => stanza !== own);
  for (const stanza of own === undefined ? others : [own, ...others]) {
    const { key, nonce } = wrapKeyOf(decapsulator.decapsulate(stanza.enc, identity));
    const fileKey = openAead(key, nonce, stanza.wrappedKey);
    if (fileKey !== null) return fileKey;
  }
  return null;
}

// Stanzas of other types are for others; a malformed one of this type spoils the file (c2sp.org/age, mlkem768x25519).
function hybridStanzas(stanzas: readonly Stanza[]): readonly HybridStanza[] | null {
  const hybrid: HybridStanza[] = [];
  for (const stanza of stanzas) {
    if (stanza.type !== stanzaType) continue;
    const enc = stanza.args.length === 1 ? fromBase64nopad(stanza.args[0]!) : null;
    if (enc === null || enc.length !== encLength || stanza.body.length !== wrappedKeyBytes) return null;
    if (isSmallOrder(enc.subarray(mlKemCiphertextBytes))) return null;
    hybrid.push({ enc, wrappedKey: stanza.body });
  }
  return hybrid;
}
