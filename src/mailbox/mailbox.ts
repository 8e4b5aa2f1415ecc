import { argon2id } from "#argon2id";
import { hkdf } from "#kem";
import type { Brand } from "../base/brand.ts";
import { concat, utf8 } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { sha256 } from "../envelope/hash.ts";
import { identityOfSeed, recipientOf, type Identity, type Recipient } from "../envelope/recipient.ts";
import type { OprfOutput } from "./oprf.ts";
import type { Receipt } from "./receipt.ts";

/** 16 bytes: knowing them is the right to write to the mailbox. */
export type MailboxId = Brand<Uint8Array, "MailboxId">;

/** 16 bytes: knowing them is the right to read and to forget the mailbox. They never go into a report. */
export type MailboxRead = Brand<Uint8Array, "MailboxRead">;

/** What opens the answers in one mailbox. `mailbox/open` takes this and no other identity. */
export type MailboxIdentity = Brand<Identity, "MailboxIdentity">;

export interface Mailbox {
  readonly id: MailboxId;
  readonly read: MailboxRead;
  readonly identity: MailboxIdentity;
  /** To whom answers are sealed; it goes into the report beside `id`. */
  readonly recipient: Recipient;
}

const saltBytes = 16;
const rightBytes = 16;
const seedBytes = 32;

/**
 * The mailbox of a receipt, for whoever has its `y` (envelope.md, Receipts and mailboxes): the same on every phone, page
 * and edge. Costs one Argon2id.
 */
export async function deriveMailbox(receipt: Receipt, y: OprfOutput): Promise<Mailbox> {
  const stretched = await argon2id(utf8(receipt), y.subarray(0, saltBytes));
  const material = concat(stretched, y);
  const read = part(material, "read", rightBytes) as MailboxRead;
  const identity = identityOfSeed(part(material, "identity", seedBytes));
  stretched.fill(0);
  material.fill(0);
  if (identity === null) throw new Fault("bug");
  return { id: mailboxIdOf(read), read, identity: identity as MailboxIdentity, recipient: recipientOf(identity) };
}

/** SHA-256(read), its first 16 bytes: who shows `read` names the mailbox by it. */
export function mailboxIdOf(read: MailboxRead): MailboxId {
  return sha256(read).slice(0, rightBytes) as MailboxId;
}

// RFC 5869 §2.2: without salt.
const noSalt = new Uint8Array(0);

function part(material: Uint8Array, name: "read" | "identity", length: number): Uint8Array {
  return hkdf(material, noSalt, utf8(`gundo/mailbox/v1/${name}`), length);
}
