import { base64url, concat, fromUtf8, readU32be, u32be, utf8 } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { Fault } from "../base/fault.ts";
import { parseJson, strictBytes, strictRecord, strictText } from "../base/strict.ts";
import { Secret } from "../base/secret.ts";
import { verify } from "../envelope/sign.ts";
import { parsePeriod, type Period } from "./period.ts";

/** 32 random bytes, under which a quarter's tokens are made; officers never get it (trends.md, Labels). */
export type QuarterKey = Secret<Uint8Array>;
const quarterKeyBytes = 32;

export function newQuarterKey(chance: Chance): QuarterKey {
  return new Secret<Uint8Array>(chance.bytes(quarterKeyBytes));
}

/** Body of a frame of kind `quarterlyKey`. */
export interface QuarterKeyBody {
  readonly instance: string;
  readonly period: Period;
  /** Id of the lead who made it. */
  readonly author: string;
  readonly key: QuarterKey;
}

const signatureBytes = 64;
const lengthBytes = 4;
const namePattern = /^[a-z][a-z0-9-]{0,62}$/;

/** u32 JSON length, JSON; still to be followed by its maker's signature over `quarterKeyMessage`. */
export function encodeQuarterKey(body: QuarterKeyBody): Uint8Array<ArrayBuffer> {
  const json = jsonOf(body);
  return concat(u32be(json.length), json);
}

/** What its maker signs: the kind of the signature, then the unsigned body. */
export function quarterKeyMessage(unsigned: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(utf8("gundo/quarter-key/v1\n"), unsigned);
}

/**
 * What a signed body says; that it is its maker's is for `isSignedQuarterKey`.
 * @throws Fault `quarterKey.malformed`.
 */
export function decodeQuarterKey(body: Uint8Array): QuarterKeyBody {
  const end = body.length < lengthBytes ? 0 : lengthBytes + readU32be(body, 0);
  const json = fromUtf8(body.subarray(lengthBytes, end)) ?? "";
  const read = readBody(parseJson(json));
  const fits = read !== null && body.length === end + signatureBytes && fromUtf8(jsonOf(read)) === json;
  if (!fits) throw new Fault("quarterKey.malformed");
  return read;
}

/** Whether the holder of this key signed the body. */
export function isSignedQuarterKey(body: Uint8Array, publicKey: Uint8Array): boolean {
  const message = quarterKeyMessage(body.subarray(0, -signatureBytes));
  return verify(publicKey, message, body.subarray(-signatureBytes));
}

function jsonOf({ instance, period, author, key }: QuarterKeyBody): Uint8Array {
  return utf8(JSON.stringify({ v: 1, instance, period, author, key: base64url(key.reveal()) }));
}

function readBody(value: unknown): QuarterKeyBody | null {
  const fields = strictRecord(value, ["v", "instance", "period", "author", "key"]);
  const instance = strictText(fields?.["instance"], namePattern);
  const period = parsePeriod(fields?.["period"]);
  const author = strictText(fields?.["author"], namePattern);
  const key = strictBytes(fields?.["key"], quarterKeyBytes);
  if (fields?.["v"] !== 1 || instance === null || period === null || author === null || key === null) return null;
  return { instance, period, author, key: new Secret(key) };
}
