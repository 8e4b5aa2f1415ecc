import type { Door } from "../base/brand.ts";
import { base64url, fromBase64url, utf8 } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { parseJsonBytes, strictRecord } from "../base/strict.ts";

/** Body of a frame of kind `forget` (envelope.md): the desk is asked to close what this mailbox belongs to. */
export interface Forget {
  /** 16 bytes: the first mailbox id of the conversation. */
  readonly thread: Uint8Array;
  readonly door: Door;
}

export function encodeForget({ thread, door }: Forget): Uint8Array {
  return utf8(JSON.stringify({ v: 1, thread: base64url(thread), door: base64url(door) }));
}

/** @throws Fault `report.malformed`. */
export function decodeForget(body: Uint8Array): Forget {
  const record = strictRecord(parseJsonBytes(body), ["v", "thread", "door"]);
  const thread = bytesOf16(record?.["thread"]);
  const door = bytesOf16(record?.["door"]);
  if (record?.["v"] !== 1 || thread === null || door === null) throw new Fault("report.malformed");
  return { thread, door: door as Door };
}

function bytesOf16(value: unknown): Uint8Array | null {
  const bytes = typeof value === "string" ? fromBase64url(value) : null;
  return bytes?.length === 16 ? bytes : null;
}
