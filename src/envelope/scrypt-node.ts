import { scrypt as stretch } from "node:crypto";
import { scryptBlocks, scryptKeyBytes, scryptLanes } from "./scrypt.ts";

/** 32 bytes of scrypt (RFC 7914) with N = 2^`workFactor`. Works in the thread pool. */
export function scrypt(passphrase: Uint8Array, salt: Uint8Array, workFactor: number): Promise<Uint8Array> {
  const N = 2 ** workFactor;
  // OpenSSL counts 128 r bytes for each of N and p, and a little more.
  const cost = { N, r: scryptBlocks, p: scryptLanes, maxmem: 128 * scryptBlocks * N + 2 ** 20 };
  return new Promise((resolve, reject) => {
    stretch(passphrase, salt, scryptKeyBytes, cost, (error, key) => {
      if (error !== null) reject(error);
      else resolve(new Uint8Array(key));
    });
  });
}
