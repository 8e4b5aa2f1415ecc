import { encapsulate, sealAead } from "#kem";
import type { Plain, Sealed } from "../base/brand.ts";
import { concat } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { Fault } from "../base/fault.ts";
import { fileKeyBytes, fileNonceBytes, headerOf, payloadKey, stanzaText } from "./header.ts";
import { wrapKeyOf } from "./hpke.ts";
import type { Recipient } from "./recipient.ts";
import { sealStream } from "./stream.ts";

/** A header and its file key, made before the text is known. It seals one file and no more. */
export interface Prepared {
  /** Stanzas in the header. */
  readonly stanzas: number;
}

interface Waiting {
  readonly header: Uint8Array;
  readonly fileKey: Uint8Array;
}

// Keyed by the object that was handed out: what is used or dropped is gone, and nobody can copy a file key out of it.
const waiting = new WeakMap<Prepared, Waiting>();

/**
 * The stanzas and MAC of one file, in the order of `recipients`. They do not depend on what is sealed, so the page
 * makes them while the person types (envelope.md, Fast paths).
 * @throws Fault `envelope.tooFewReaders` when there is no recipient.
 */
export function prepare(recipients: readonly Recipient[], chance: Chance): Prepared {
  if (recipients.length === 0) throw new Fault("envelope.tooFewReaders");
  const fileKey = chance.bytes(fileKeyBytes);
  const stanzas = recipients.map((recipient) => stanzaFor(recipient, fileKey, chance));
  const prepared: Prepared = { stanzas: stanzas.length };
  waiting.set(prepared, { header: headerOf(stanzas, fileKey), fileKey });
  return prepared;
}

function stanzaFor(recipient: Recipient, fileKey: Uint8Array, chance: Chance): string {
  const { enc, sharedSecret } = encapsulate(recipient, chance);
  const { key, nonce } = wrapKeyOf(sharedSecret);
  return stanzaText(enc, sealAead(key, nonce, fileKey));
}

/**
 * One age v1 file; `prepared` is used up and its file key wiped.
 * @throws Fault `bug` when `prepared` was used before: two payloads under one header would be tied together.
 */
export function sealPrepared(prepared: Prepared, plain: Plain, chance: Chance): Sealed {
  const kept = waiting.get(prepared);
  if (kept === undefined) throw new Fault("bug");
  waiting.delete(prepared);
  const fileNonce = chance.bytes(fileNonceBytes);
  const payload = sealStream(payloadKey(kept.fileKey, fileNonce), plain);
  kept.fileKey.fill(0);
  return concat(kept.header, fileNonce, payload) as Uint8Array as Sealed;
}

/**
 * One age v1 file with a stanza for each recipient, in order (envelope.md, Envelope).
 * @throws Fault `envelope.tooFewReaders` when there is no recipient.
 */
export function seal(recipients: readonly Recipient[], plain: Plain, chance: Chance): Sealed {
  return sealPrepared(prepare(recipients, chance), plain, chance);
}
