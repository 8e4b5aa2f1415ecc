import { concat, equal, readU32be, u32be, utf8 } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import type { UnixMs } from "../base/clock.ts";
import { Secret } from "../base/secret.ts";
import { hmacSha256 } from "../envelope/hash.ts";
import type { SigningKey } from "../envelope/sign.ts";

/** For whom a challenge is good. */
export interface Challenged {
  readonly instance: string;
  readonly reviewer: string;
}

const challengeMs = 120_000;
const randomBytes = 12;
const signedBytes = 4 + randomBytes;
const macBytes = 16;

/** The key of challenges, out of the core's own: the same in every core, so that any of them takes what another gave. */
export function challengeKeyFrom(checkpointKey: SigningKey): Secret<Uint8Array> {
  return new Secret(hmacSha256(checkpointKey.reveal(), utf8("gundo/challenge-key/v1")));
}

/**
 * A nonce that carries its own end: expiry in seconds (4 bytes), 12 random bytes, 16 of a MAC over both, instance and
 * reviewer. Nothing is stored until it is answered, so that no flood of challenges fills a table or crowds anybody out.
 */
export function newChallenge(
  key: Secret<Uint8Array>,
  challenged: Challenged,
  nowMs: UnixMs,
  chance: Chance,
): Uint8Array {
  const expiresSeconds = Math.ceil((nowMs + challengeMs) / 1000);
  const signed = concat(u32be(expiresSeconds), chance.bytes(randomBytes));
  return concat(signed, macOf(key, challenged, signed));
}

/** When a nonce of ours ends, or null for one that is not ours, is somebody else's, or has ended. */
export function challengeEnd(
  key: Secret<Uint8Array>,
  challenged: Challenged,
  nonce: Uint8Array,
  nowMs: UnixMs,
): UnixMs | null {
  if (nonce.length !== signedBytes + macBytes) return null;
  const signed = nonce.subarray(0, signedBytes);
  if (!equal(nonce.subarray(signedBytes), macOf(key, challenged, signed))) return null;
  const endMs = readU32be(nonce, 0) * 1000;
  return endMs > nowMs ? (endMs as UnixMs) : null;
}

function macOf(key: Secret<Uint8Array>, { instance, reviewer }: Challenged, signed: Uint8Array): Uint8Array {
  const text = utf8(`${["gundo/challenge/v1", instance, reviewer].join("\n")}\n`);
  return hmacSha256(key.reveal(), concat(text, signed)).subarray(0, macBytes);
}
