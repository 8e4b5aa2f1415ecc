import { concat } from "../base/bytes.ts";

// Read past and dropped, so that who sent a little too much hears of it: an answer given over an unread body is a reset
// connection to some servers' clients, and a gateway takes that for an outage and repeats.
const droppedBytes = 262_144;

/** The body's bytes, or null when it is longer than `mostBytes`: what is too long is not held, and if far too long not read. */
export async function readBody(request: Request, mostBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const readBytes = mostBytes + droppedBytes;
  if (Number(request.headers.get("content-length") ?? 0) > readBytes) return null;
  if (request.body === null) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.length;
    if (length > readBytes) return null;
    if (length <= mostBytes) chunks.push(chunk);
  }
  return length > mostBytes ? null : concat(...chunks);
}
