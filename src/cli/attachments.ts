import { join } from "node:path";
import { parsePartId, type Sealed } from "../base/brand.ts";
import { equal } from "../base/bytes.ts";
import { codeOf, Fault, type FaultCode } from "../base/fault.ts";
import { checkParts, joinParts } from "../envelope/attachment.ts";
import { safeName } from "../envelope/attachment-type.ts";
import { decodeFrame, type Frame } from "../envelope/frame.ts";
import { open, type Decapsulator } from "../envelope/open.ts";
import type { Attachment, Report } from "../envelope/report.ts";
import type { Client } from "./client.ts";
import type { Opened } from "./reports.ts";
import { makeDirectory, readIfThere, writeNewFile } from "./files.ts";

/** What became of an attachment: where it was written, or why it was not. */
export type Saved = { readonly file: string } | { readonly refused: FaultCode };

/** Where attachments go, and how they are fetched and opened. */
interface Saving {
  readonly client: Pick<Client, "part">;
  readonly decapsulator: Decapsulator;
  readonly directory: string;
}

/** What is wrong with one attachment is its own: the report and the others are given out all the same. */
const ofTheAttachment: readonly FaultCode[] = [
  "attachment.damaged",
  "attachment.gone",
  "envelope.unopenable",
  "envelope.frame",
];

/**
 * Fetches, opens, checks and writes each attachment of a report, for its owner alone and never to be run: the name is the
 * digest's beginning and an ending out of a fixed list. One that is there already is left. Rejects as the client does,
 * and with `cli.file`.
 */
async function saveAttachments({ attachments }: Report, saving: Saving): Promise<readonly Saved[]> {
  if (attachments.length > 0) makeDirectory(saving.directory);
  const saved: Saved[] = [];
  for (const attachment of attachments) saved.push(await saveOne(attachment, saving));
  return saved;
}

/** The same for whatever was opened; none without a directory. */
export async function savedOf(
  opened: Opened,
  saving: Omit<Saving, "directory">,
  directory: string | undefined,
): Promise<readonly Saved[]> {
  if (directory === undefined || opened.kind !== "report") return [];
  return saveAttachments(opened.report, { ...saving, directory });
}

async function saveOne(attachment: Attachment, saving: Saving): Promise<Saved> {
  try {
    const bytes = await fetchAttachment(attachment, saving);
    const file = join(saving.directory, safeName(attachment, bytes));
    const there = readIfThere(file);
    if (there === null) writeNewFile(file, bytes);
    else if (!equal(there, bytes)) throw new Fault("cli.file");
    return { file };
  } catch (error) {
    const refused = ofTheAttachment.find((code) => code === codeOf(error));
    if (refused === undefined) throw error;
    return { refused };
  }
}

/** The whole file, checked. Rejects with `attachment.damaged`, `attachment.gone`, and as the client does. */
export async function fetchAttachment(
  attachment: Attachment,
  { client, decapsulator }: Pick<Saving, "client" | "decapsulator">,
): Promise<Uint8Array> {
  checkParts(attachment);
  const frames: Frame[] = [];
  for (const text of attachment.parts) {
    const id = parsePartId(text);
    if (id === null) throw new Fault("attachment.damaged");
    const sealed: Sealed = await client.part(id);
    frames.push(decodeFrame(open(sealed, attachment.identity, decapsulator)));
  }
  return joinParts(attachment, frames);
}
