import { Hono, type Context } from "hono";
import type { Sealed } from "../base/brand.ts";
import { partClasses } from "../envelope/attachment.ts";
import { sealedLength } from "../envelope/shape.ts";
import type { Parts } from "../intake/core.ts";
import { readBody } from "./body.ts";
import { problem } from "./problem.ts";
import { bitsUnder, leastBits } from "./work.ts";

/** The largest part, whole. */
const mostPartBytes = sealedLength(1, partClasses[1]);
// As for reports (reports.ts), and never under the least: a part takes more disk than anything else that anybody may send.
const [freeUnderWay, underWayStep] = [64, 32] as const;

/** Null where a part may go on; else what is asked of it first. */
export type PartRefusal = (context: Context, bits: number) => Response | null;

/**
 * `POST /parts`: one age file of one stanza, a part of an attachment; 201 and its random id (operations.md, Contract for
 * scripts). Work is asked of an empty body too, so that a sender on a slow network need not carry a part twice.
 */
export function partRoutes(parts: Parts, refusal: PartRefusal): Hono {
  let underWay = 0;
  const take = async (context: Context, bits: number): Promise<Response> => {
    // Read even where it is refused, as a mailbox's write is.
    const sealed = await readBody(context.req.raw, mostPartBytes);
    const refused = refusal(context, bits);
    if (refused !== null) return refused;
    if (context.req.header("content-type") !== "application/age") return problem("request.unsupported");
    if (sealed === null) return problem("request.tooLarge");
    const id = await parts.put(sealed as Uint8Array as Sealed);
    return new Response(id, { status: 201, headers: { "content-type": "text/plain" } });
  };
  return new Hono().post("/parts", async (context) => {
    const bits = Math.max(leastBits, bitsUnder(underWay, freeUnderWay, underWayStep));
    underWay++;
    return take(context, bits).finally(() => underWay--);
  });
}
