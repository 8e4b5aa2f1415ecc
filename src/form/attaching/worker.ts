import { parsePartId, type PartId, type Sealed } from "../../base/brand.ts";
import { systemChance as chance } from "../../base/chance.ts";
import { partLengths, sealPart } from "../../envelope/attachment.ts";
import { sha256 } from "../../envelope/hash.ts";
import { newIdentity, recipientOf, type Identity, type Recipient } from "../../envelope/recipient.ts";
import { askWithWork, workHeader } from "../../envelope/work.ts";
import type { AttachOrder, AttachOutcome } from "./order.ts";

/** A file under way: what was kept is not sent again. */
interface Upload {
  readonly origin: string;
  readonly type: string;
  readonly file: Uint8Array;
  readonly identity: Identity;
  readonly recipient: Recipient;
  readonly ids: PartId[];
}

/** Pauses before a part is tried again; then the person is asked. */
const pausesMs = [500, 4000] as const;

/** The worker's side of attaching: seals and sends one file, part by part. It dies with the page, or with the choice. */
export function serveAttaching(): void {
  let upload: Upload | null = null;
  addEventListener("message", ({ data }: MessageEvent<AttachOrder>) => {
    if (data !== null) upload = begin(data);
    void sendRest(upload!).then(say);
  });
}

function say(outcome: AttachOutcome): void {
  postMessage(outcome);
}

function begin(order: Exclude<AttachOrder, null>): Upload {
  const identity = newIdentity(chance);
  return { ...order, identity, recipient: recipientOf(identity), ids: [] };
}

async function sendRest(upload: Upload): Promise<AttachOutcome> {
  const { file, type, ids, identity, recipient } = upload;
  const of = partLengths(file.length).length;
  while (ids.length < of) {
    say({ kind: "progress", done: ids.length, of });
    const id = await patiently(upload, sealPart(file, ids.length, recipient, chance));
    if (id === null) return { kind: "stopped" };
    ids.push(id);
  }
  say({ kind: "progress", done: of, of });
  const attachment = { parts: ids, size: file.length, type, digest: sha256(file), seed: identity.reveal() };
  return { kind: "done", attachment };
}

async function patiently(upload: Upload, part: Sealed): Promise<PartId | null> {
  for (const pauseMs of pausesMs) {
    const id = await post(upload, part);
    if (id !== null) return id;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return post(upload, part);
}

/** The first request is empty and gets the challenge: a part goes over the network once. Null when it was not kept. */
async function post({ origin }: Upload, part: Sealed): Promise<PartId | null> {
  const own = { "content-type": "application/age" };
  const body = part as Uint8Array as Uint8Array<ArrayBuffer>;
  const rest = { method: "POST", credentials: "omit", cache: "no-store" } as const;
  try {
    const response = await askWithWork((headers) =>
      fetch(`${origin}/parts`, {
        ...rest,
        headers: { ...own, ...headers },
        body: workHeader in headers ? body : null,
      }),
    );
    return response.status === 201 ? parsePartId(await response.text()) : null;
  } catch {
    // The network ended: whatever lies there now is named by no report, and dies in its time.
    return null;
  }
}
