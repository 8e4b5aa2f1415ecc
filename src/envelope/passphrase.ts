import { openAead, sealAead } from "#kem";
import { scrypt } from "#scrypt";
import { base64nopad, concat, fromBase64nopad, utf8 } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { Fault } from "../base/fault.ts";
import { readHeader, type Stanza } from "./header-read.ts";
import { fileKeyBytes, fileNonceBytes, headerOf, payloadKey, wrappedKeyBytes } from "./header.ts";
import { openPayload } from "./payload-read.ts";
import { sealStream } from "./stream.ts";

/** Work factor of every identity file: 2^18 rounds, 256 MiB of memory (envelope.md, Roster). */
const workFactorWritten = 18;
/** A file that asks for more is not opened: it would freeze an old laptop (c2sp.org/age, scrypt recipient stanza). */
const mostWorkFactor = 20;

const stanzaType = "scrypt";
const saltBytes = 16;
const saltLabel = utf8("age-encryption.org/v1/scrypt");
const zeroNonce = new Uint8Array(12);

/** One age v1 file under a passphrase, which stock age opens. `passphrase` counts as its UTF-8 bytes. */
export async function sealUnderPassphrase(
  plaintext: Uint8Array,
  passphrase: string,
  chance: Chance,
): Promise<Uint8Array> {
  const fileKey = chance.bytes(fileKeyBytes);
  const salt = chance.bytes(saltBytes);
  const wrapped = sealAead(await wrapKey(passphrase, salt, workFactorWritten), zeroNonce, fileKey);
  const stanza = `-> ${stanzaType} ${base64nopad(salt)} ${workFactorWritten}\n${base64nopad(wrapped)}\n`;
  const fileNonce = chance.bytes(fileNonceBytes);
  const payload = sealStream(payloadKey(fileKey, fileNonce), plaintext);
  return concat(headerOf([stanza], fileKey), fileNonce, payload);
}

/**
 * What is in an age v1 file under a passphrase. Not behind the door of `open.ts`: no reader's key comes near it.
 *
 * Rejects with `identity.passphrase`; `identity.malformed` for another kind of file, a damaged one, and one that asks
 * for a work factor over 20.
 */
export async function openUnderPassphrase(file: Uint8Array, passphrase: string): Promise<Uint8Array> {
  const header = readHeader(file);
  const lock = header === null ? null : lockIn(header.stanzas);
  if (header === null || lock === null) throw new Fault("identity.malformed");
  const fileKey = openAead(await wrapKey(passphrase, lock.salt, lock.workFactor), zeroNonce, lock.wrappedKey);
  if (fileKey === null) throw new Fault("identity.passphrase");
  const plaintext = openPayload(header, fileKey);
  if (plaintext === null) throw new Fault("identity.malformed");
  return plaintext;
}

interface Lock {
  readonly salt: Uint8Array;
  readonly workFactor: number;
  readonly wrappedKey: Uint8Array;
}

/** A passphrase's stanza stands alone, or whoever knows the passphrase could not tell who sealed (c2sp.org/age). */
function lockIn(stanzas: readonly Stanza[]): Lock | null {
  const [stanza, ...others] = stanzas;
  if (stanza === undefined || others.length > 0 || stanza.type !== stanzaType) return null;
  const [saltText = "", factorText = "", ...more] = stanza.args;
  const salt = fromBase64nopad(saltText);
  if (salt?.length !== saltBytes || stanza.body.length !== wrappedKeyBytes || more.length > 0) return null;
  const workFactor = /^[1-9]\d?$/.test(factorText) ? Number(factorText) : Number.POSITIVE_INFINITY;
  return workFactor > mostWorkFactor ? null : { salt, workFactor, wrappedKey: stanza.body };
}

function wrapKey(passphrase: string, salt: Uint8Array, workFactor: number): Promise<Uint8Array> {
  return scrypt(utf8(passphrase), concat(saltLabel, salt), workFactor);
}
