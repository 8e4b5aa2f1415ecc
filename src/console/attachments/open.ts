import { parsePartId, type Door, type PartId } from "../../base/brand.ts";
import { base64, base64url } from "../../base/bytes.ts";
import { codeOf, Fault, type FaultCode } from "../../base/fault.ts";
import { checkParts, joinParts } from "../../envelope/attachment.ts";
import { safeName, shownType, type ShownType } from "../../envelope/attachment-type.ts";
import type { Attachment } from "../../envelope/report.ts";
import type { Session } from "../console.ts";
import type { OpenedFile } from "../openers/orders.ts";
import type { AttachmentRefusal } from "./words.ts";

/** A whole file, checked, in memory. */
export interface OpenedAttachment {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly name: string;
  /** Null for what is only saved. */
  readonly shown: ShownType | null;
}

type Frame = NonNullable<OpenedFile["frame"]>;

/** Fetches and opens part by part; `progress` is told how many are there. Rejects with `attachment.damaged` or `.gone` too. */
export async function openAttachment(
  session: Session,
  attachment: Attachment,
  progress: (done: number) => void,
): Promise<OpenedAttachment> {
  checkParts(attachment);
  const frames: Frame[] = [];
  for (const id of idsOf(attachment)) {
    progress(frames.length);
    frames.push(await openPart(session, attachment, id));
  }
  const file = new Uint8Array(joinParts(attachment, frames));
  return { file, name: safeName(attachment, file), shown: shownType(attachment.type, file) };
}

async function openPart({ api, openers }: Session, { identity }: Attachment, id: PartId): Promise<Frame> {
  const response = await api.request("/api/parts/sealed", posting({ id }));
  const sealed = base64(new Uint8Array(await response.arrayBuffer()));
  const [opened] = await openers.open([{ id, sealed }], { identity }, 0);
  if (opened === undefined || opened.frame === null) throw new Fault("attachment.damaged");
  return opened.frame;
}

/** The server takes no more. */
const idsAtOnce = 128;

/** Takes an attachment's parts from the server, for every reader. Rejects with `case.unknown` before the case was taken. */
export async function eraseAttachment({ api }: Session, attachment: Attachment, door: Door): Promise<void> {
  const ids = idsOf(attachment);
  for (let start = 0; start < ids.length; start += idsAtOnce) {
    const init = posting({ ids: ids.slice(start, start + idsAtOnce) });
    await api.request("/api/parts/delete", { ...init, headers: { ...init.headers, "gundo-door": base64url(door) } });
  }
}

function idsOf({ parts }: Attachment): readonly PartId[] {
  const ids = parts.flatMap((part) => parsePartId(part) ?? []);
  if (ids.length !== parts.length) throw new Fault("attachment.damaged");
  return ids;
}

function posting(body: object) {
  return { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

const refusals: Partial<Readonly<Record<FaultCode, AttachmentRefusal>>> = {
  "attachment.damaged": "damaged",
  "attachment.gone": "gone",
  "case.unknown": "notTaken",
  "core.unavailable": "unreached",
  "store.unavailable": "unreached",
};

/** What to tell the reviewer. */
export function attachmentRefusalOf(error: unknown): AttachmentRefusal {
  return refusals[codeOf(error)] ?? "unexpected";
}
