import type { ReportId } from "../base/brand.ts";
import { fromHex, hex } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";

/** A `ReportId` as the 16 bytes of its column. */
export function idBytes(id: ReportId): Uint8Array {
  const bytes = fromHex(id);
  if (bytes?.length !== 16) throw new Fault("bug");
  return bytes;
}

export function idOf(bytes: Uint8Array): ReportId {
  return hex(bytes) as ReportId;
}

/** `pg` reads bytea as Buffer; its bytes without that type. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
