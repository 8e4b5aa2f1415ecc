/** A nominal type: a `T` that only the function which checked it can make. House rule 1: trust is a type. */
declare const brand: unique symbol;
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** A frame in clear. Only `envelope/frame` makes one, only sealing or a reader consumes it. */
export type Plain = Brand<Uint8Array, "Plain">;

/** One binary age v1 file. The store and every job take this or an id, never `Plain`. */
export type Sealed = Brand<Uint8Array, "Sealed">;

/** 16 random bytes inside a report's frame: knowing them is the right to see and touch its case. */
export type Door = Brand<Uint8Array, "Door">;

/** SHA-256 of a `Door`, 32 bytes: what the core stores and compares. */
export type DoorHash = Brand<Uint8Array, "DoorHash">;

/** SHA-256 of a case event's head, 32 bytes: the next event names it (triage.md, The case). */
export type CaseEventHash = Brand<Uint8Array, "CaseEventHash">;

/** Keyed hash of a provider's message id, 32 bytes (triage.md, table `seen`). */
export type SeenHash = Brand<Uint8Array, "SeenHash">;

/** 128 random bits as 32 lowercase hex digits; never sequential, never time-ordered. */
export type ReportId = Brand<string, "ReportId">;

/** 128 random bits as 32 lowercase hex digits: an order to the relay, tied to no report and no reviewer. */
export type OrderId = Brand<string, "OrderId">;

/** 128 random bits as 22 signs of base64url: a part of an attachment. Shorter than hex, since a report may name a hundred. */
export type PartId = Brand<string, "PartId">;

/** A desk's name in the roster: `[a-z][a-z0-9-]{0,31}`. */
export type DeskId = Brand<string, "DeskId">;

/** A phone number in E.164, `+` and 8 to 15 digits. In memory of the edge role only. */
export type E164 = Brand<string, "E164">;

/** `DeskId`, or null when the text is not one. */
export function parseDeskId(text: string): DeskId | null {
  return /^[a-z][a-z0-9-]{0,31}$/.test(text) ? (text as DeskId) : null;
}

/** `ReportId`, or null when the text is not one. */
export function parseReportId(text: string): ReportId | null {
  return /^[0-9a-f]{32}$/.test(text) ? (text as ReportId) : null;
}

/** `OrderId`, or null when the text is not one. */
export function parseOrderId(text: string): OrderId | null {
  return /^[0-9a-f]{32}$/.test(text) ? (text as OrderId) : null;
}

/** `PartId`, or null when the text is not one. */
export function parsePartId(text: string): PartId | null {
  return /^[A-Za-z0-9_-]{21}[AQgw]$/.test(text) ? (text as PartId) : null;
}
