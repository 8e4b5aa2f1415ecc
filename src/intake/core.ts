import type { DeskId, DoorHash, PartId, Sealed, SeenHash } from "../base/brand.ts";
import type { MailboxId, MailboxRead } from "../mailbox/mailbox.ts";

/** What an edge hands to the core: sealed bytes and what the core must compare, nothing about who or how. */
export interface Posting {
  readonly desk: DeskId;
  readonly sealed: Sealed;
  readonly doorHash: DoorHash;
  /**
   * What a repeat is known by: of a provider's id its keyed hashes under the live keys, newest first; of a browser's file
   * the hash of its key, then that of its bytes under it (`repeatHashes`). Two of either, so that nobody can tell which.
   */
  readonly seen?: readonly SeenHash[];
}

/**
 * `stored` once; `seen` when it was here within 48 h. `other`: the first hash was here and the last was not. Of a provider's
 * id that is a repeat across a change of keys; of a browser's file the key was used for other bytes, which are not stored.
 */
export type Acceptance = "stored" | "seen" | "other";

/**
 * The core as an edge knows it: in the same process, or over HTTP. Resolving means the bytes are durable.
 *
 * Rejects with `store.unavailable`, `core.unavailable` (try again), `envelope.shape`, `desk.unknown` (never will).
 */
export interface Core {
  accept(posting: Posting): Promise<Acceptance>;
}

/** What one reading gives, whatever the mailbox holds: files of one size, in no order, of which some open. */
export type FourSealed = readonly [Sealed, Sealed, Sealed, Sealed];

/**
 * The mailboxes as an edge knows them (envelope.md, Receipts and mailboxes): in the same process, or over HTTP. Nobody is
 * told whether a mailbox exists.
 *
 * Rejects with `store.unavailable`, `core.unavailable` (try again), `core.refused`; `write` with `envelope.shape` too.
 */
export interface Mailboxes {
  /** Durable when it resolves, to be read after the next release. The same bytes twice before it are kept once. */
  write(id: MailboxId, sealed: Sealed): Promise<void>;
  /** The newest four, and fresh dummies where there are fewer. */
  read(read: MailboxRead): Promise<FourSealed>;
  /** Deletes what was released and what waits. */
  forget(read: MailboxRead): Promise<void>;
}

/**
 * Where parts of attachments go, whichever report will name them: in the same process, or over HTTP.
 *
 * Rejects with `store.unavailable`, `core.unavailable` (try again), `core.refused`, `envelope.shape` (never will).
 */
export interface Parts {
  /** Durable when it resolves with the random id that a report names it by. */
  put(sealed: Sealed): Promise<PartId>;
}
