import type { Context } from "hono";
import type { Packed } from "./assets.ts";

type Headers = Readonly<Record<string, string>>;

/** Bytes that were compressed beforehand, in the best form this browser takes. */
export function packedResponse(context: Context, packed: Packed, headers: Headers): Response {
  const accepts = accepted(context);
  const vary = { ...headers, vary: "accept-encoding" };
  if (accepts.includes("br")) return bytes(packed.brotli, { ...vary, "content-encoding": "br" });
  if (accepts.includes("gzip")) return bytes(packed.gzip, { ...vary, "content-encoding": "gzip" });
  return bytes(packed.plain, vary);
}

/** A page for one person, compressed on its way. */
export function streamedResponse(context: Context, status: number, page: string, headers: Headers): Response {
  const whole = new Response(page, { status, headers });
  if (whole.body === null || !accepted(context).includes("gzip")) return whole;
  const body = whole.body.pipeThrough(new CompressionStream("gzip"));
  return new Response(body, { status, headers: { ...headers, "content-encoding": "gzip", vary: "accept-encoding" } });
}

function bytes(content: Uint8Array, headers: Headers): Response {
  return new Response(new Uint8Array(content), { headers });
}

function accepted(context: Context): readonly string[] {
  return (context.req.header("accept-encoding") ?? "").split(",").map((one) => one.split(";")[0]!.trim());
}
