import type { Sealed } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { partLengths, sealPart } from "../../src/envelope/attachment.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import type { Attachment } from "../../src/envelope/report.ts";

/** The only part of a small file, to an identity that nobody keeps. */
export function partOf(file: Uint8Array): Sealed {
  return sealPart(file, 0, recipientOf(newIdentity(systemChance)), systemChance);
}

/** A file as a page seals it, and what its report says of it but the parts' ids. */
export function attachmentOf(
  file: Uint8Array,
  type: string,
): { readonly sealed: readonly Sealed[]; readonly attachment: Omit<Attachment, "parts"> } {
  const identity = newIdentity(systemChance);
  const recipient = recipientOf(identity);
  const sealed = partLengths(file.length).map((_, index) => sealPart(file, index, recipient, systemChance));
  return { sealed, attachment: { size: file.length, type, digest: sha256(file), identity } };
}
