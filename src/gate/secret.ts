import { equal, utf8 } from "../base/bytes.ts";
import type { Secret } from "../base/secret.ts";
import { sha256 } from "../envelope/hash.ts";

/** In constant time, length included: the digests are compared, and every live secret is tried. */
export function isSecret(candidate: string, live: readonly Secret<string>[]): boolean {
  const digest = sha256(utf8(candidate));
  return live.reduce((found, secret) => equal(digest, sha256(utf8(secret.reveal()))) || found, false);
}

/** Whether an `Authorization` header is `Bearer` and one of the live secrets. */
export function isBearer(authorization: string, live: readonly Secret<string>[]): boolean {
  const scheme = "Bearer ";
  return authorization.startsWith(scheme) && isSecret(authorization.slice(scheme.length), live);
}
