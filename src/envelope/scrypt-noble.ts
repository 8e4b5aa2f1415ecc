import { scrypt as stretch } from "@noble/hashes/scrypt.js";
import { scryptBlocks, scryptKeyBytes, scryptLanes } from "./scrypt.ts";

/**
 * 32 bytes of scrypt (RFC 7914) with N = 2^`workFactor`. Holds its thread while it computes, noble's asynchronous one as
 * well, since that waits for promises only: a page says what it is about to do, or calls it in a worker.
 */
export async function scrypt(passphrase: Uint8Array, salt: Uint8Array, workFactor: number): Promise<Uint8Array> {
  return stretch(passphrase, salt, { N: 2 ** workFactor, r: scryptBlocks, p: scryptLanes, dkLen: scryptKeyBytes });
}
