import { equal } from "../base/bytes.ts";
import type { Header } from "./header-read.ts";
import { fileNonceBytes, headerMac, payloadKey } from "./header.ts";
import { openStream } from "./stream-read.ts";

/**
 * The payload under a known file key, or null when header or payload were changed (c2sp.org/age, Header MAC and
 * Payload). No door: whoever has a file key has passed one, or had the passphrase.
 */
export function openPayload(header: Header, fileKey: Uint8Array): Uint8Array | null {
  if (!equal(headerMac(fileKey, header.covered), header.mac)) return null;
  if (header.rest.length < fileNonceBytes) return null;
  const key = payloadKey(fileKey, header.rest.subarray(0, fileNonceBytes));
  return openStream(key, header.rest.subarray(fileNonceBytes));
}
