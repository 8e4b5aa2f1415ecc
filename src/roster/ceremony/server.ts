import { base64url, fromBase64url } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { parseJsonBytes, strictRecord, strictText } from "../../base/strict.ts";
import { formatVerifierKey, parseVerifierKey, type NoteVerifier } from "../../envelope/note.ts";

/** Public keys of the server that a roster names. */
export interface ServerKeys {
  /** The VOPRF public key, 32 bytes. */
  readonly oprf: Uint8Array;
  readonly relay: NoteVerifier;
  readonly checkpoint: NoteVerifier;
}

/** `server.json`, which an operator hands to the board. */
export function serverText({ oprf, relay, checkpoint }: ServerKeys): string {
  const record = { v: 1, oprf: base64url(oprf), relay: verifierText(relay), checkpoint: verifierText(checkpoint) };
  return `${JSON.stringify(record, null, 2)}\n`;
}

function verifierText({ name, publicKey }: NoteVerifier): string {
  return formatVerifierKey(name, publicKey);
}

/** Throws `server.malformed`. */
export function parseServer(file: Uint8Array): ServerKeys {
  const record = strictRecord(parseJsonBytes(file), ["v", "oprf", "relay", "checkpoint"]);
  const text = (key: string): string => strictText(record?.[key], /^/) ?? "";
  const oprf = fromBase64url(text("oprf"));
  const relay = parseVerifierKey(text("relay"));
  const checkpoint = parseVerifierKey(text("checkpoint"));
  if (record?.["v"] !== 1 || oprf?.length !== 32 || relay === null || checkpoint === null)
    throw new Fault("server.malformed");
  return { oprf, relay, checkpoint };
}
