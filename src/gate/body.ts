import { concat } from "../base/bytes.ts";

/**
 * The body's bytes, or null as soon as it is known to be longer than `mostBytes`: what is too long is neither held nor
 * read to its end.
 */
export async function readBody(request: Request, mostBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes) return null;
  if (request.body === null) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body) {
    length += chunk.length;
    if (length > mostBytes) return null;
    chunks.push(chunk);
  }
  return concat(...chunks);
}
