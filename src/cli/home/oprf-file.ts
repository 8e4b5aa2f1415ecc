import { base64url, fromBase64url, fromUtf8, utf8 } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";

/** The 32 bytes in a file as `OPRF_KEY_FILE` names it: base64url and a line break. Throws `secret.malformed`. */
export function seedIn(file: Uint8Array): Uint8Array {
  const seed = fromBase64url((fromUtf8(file) ?? "").trimEnd());
  if (seed?.length !== 32) throw new Fault("secret.malformed");
  return seed;
}

/** The file of these 32 bytes. */
export function seedFile(seed: Uint8Array): Uint8Array {
  return utf8(`${base64url(seed)}\n`);
}
