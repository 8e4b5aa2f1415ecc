import type { DeskId, DoorHash, Sealed, SeenHash } from "../base/brand.ts";

/** What an edge hands to the core: sealed bytes and what the core must compare, nothing about who or how. */
export interface Posting {
  readonly desk: DeskId;
  readonly sealed: Sealed;
  readonly doorHash: DoorHash;
  /** Keyed hashes of the provider's id under the live keys, newest first; absent for the web. */
  readonly seen?: readonly SeenHash[];
}

/** `stored` once, `seen` when the provider's id was here within 48 h. */
export type Acceptance = "stored" | "seen";

/**
 * The core as an edge knows it: in the same process, or over HTTP. Resolving means the bytes are durable.
 *
 * Rejects with `store.unavailable`, `core.unavailable` (try again), `envelope.shape`, `desk.unknown` (never will).
 */
export interface Core {
  accept(posting: Posting): Promise<Acceptance>;
}
