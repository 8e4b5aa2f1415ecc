import type { PartId, Sealed } from "../base/brand.ts";
import type { Chance } from "../base/chance.ts";
import { codeOf, type FaultCode } from "../base/fault.ts";
import { partLengths, sealPart } from "./attachment.ts";
import { recipientOf } from "./recipient.ts";
import type { Attachment } from "./report.ts";

/** How whoever seals a report anew reads its files and puts their parts. */
export interface PartWays {
  /** The whole file, checked. Rejects with `attachment.gone`, `attachment.damaged`, or because the way there failed. */
  readonly read: (attachment: Attachment) => Promise<Uint8Array>;
  readonly put: (sealed: Sealed) => Promise<PartId>;
}

const ofTheFile: readonly FaultCode[] = [
  "attachment.damaged",
  "attachment.gone",
  "envelope.unopenable",
  "envelope.frame",
];

/**
 * The attachments of a report that is sealed anew, in parts of their own: those it came with die at 180 days. Each part is
 * sealed again, so that nothing ties the new to the old. A file that is gone or damaged stays as it is named: the words go on.
 */
export async function carriedAttachments(
  attachments: readonly Attachment[],
  ways: PartWays,
  chance: Chance,
): Promise<readonly Attachment[]> {
  const carried: Attachment[] = [];
  for (const attachment of attachments) carried.push(await carriedOne(attachment, ways, chance));
  return carried;
}

async function carriedOne(attachment: Attachment, { read, put }: PartWays, chance: Chance): Promise<Attachment> {
  const file = await read(attachment).catch((error: unknown) => {
    if (!ofTheFile.includes(codeOf(error))) throw error;
    return null;
  });
  if (file === null) return attachment;
  const recipient = recipientOf(attachment.identity);
  const parts: PartId[] = [];
  for (const index of partLengths(file.length).keys()) parts.push(await put(sealPart(file, index, recipient, chance)));
  return { ...attachment, parts };
}
