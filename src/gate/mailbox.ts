import { Hono, type Context, type Handler } from "hono";
import type { Sealed } from "../base/brand.ts";
import { concat } from "../base/bytes.ts";
import type { Mailboxes } from "../intake/core.ts";
import { answerBytes } from "../intake/mailboxes.ts";
import { steadily, systemWait, type Wait } from "../intake/steady.ts";
import type { MailboxId, MailboxRead } from "../mailbox/mailbox.ts";
import { readBody } from "./body.ts";
import { problem } from "./problem.ts";

const rightBytes = 16;
/**
 * Many times what reading four files and making four takes. Only a process so busy that it takes nearly this long could
 * let a few milliseconds more fall into the next multiple, and so be seen.
 */
export const answerAfterMs = 300;

/** Null where a write may go on; else what is asked of it first. */
export type WriteRefusal = (context: Context) => Response | null;

/**
 * `POST /mailbox/{write,read,forget}` (operations.md, Contract for scripts): the right is 128 bits in the body, never in
 * an address, and nobody is asked who they are. A wrong length is 400 at once; else reading and forgetting answer the
 * same, after the same time, whatever the mailbox holds and whether it exists. A write costs work: anybody could fill a
 * disk otherwise.
 */
export function mailboxRoutes(mailboxes: Mailboxes, refusal: WriteRefusal, wait: Wait = systemWait): Hono {
  return new Hono()
    .post("/mailbox/write", write(mailboxes, refusal))
    .post("/mailbox/read", read(mailboxes, wait))
    .post("/mailbox/forget", forget(mailboxes, wait));
}

/** 16 bytes of mailbox id, then one age file of the one size: 201. */
function write(mailboxes: Mailboxes, refusal: WriteRefusal): Handler {
  return async (context) => {
    // Read even where it is refused: workerd closes a connection whose body it never read, and a client loses its next request on it.
    const body = await exactly(rightBytes + answerBytes, context.req.raw);
    const refused = refusal(context);
    if (refused !== null) return refused;
    if (body === null) return problem("request.malformed");
    const sealed = body.slice(rightBytes) as Uint8Array as Sealed;
    await mailboxes.write(body.slice(0, rightBytes) as Uint8Array as MailboxId, sealed);
    return new Response("", { status: 201 });
  };
}

/** 16 bytes of `read`: four age files of the one size, one after the other. */
function read(mailboxes: Mailboxes, wait: Wait): Handler {
  return async ({ req }) => {
    const right = await exactly(rightBytes, req.raw);
    if (right === null) return problem("request.malformed");
    const files = await steadily(answerAfterMs, () => mailboxes.read(right as Uint8Array as MailboxRead), wait);
    return new Response(concat(...files), { headers: { "content-type": "application/octet-stream" } });
  };
}

/** 16 bytes of `read`: 204. */
function forget(mailboxes: Mailboxes, wait: Wait): Handler {
  return async ({ req }) => {
    const right = await exactly(rightBytes, req.raw);
    if (right === null) return problem("request.malformed");
    await steadily(answerAfterMs, () => mailboxes.forget(right as Uint8Array as MailboxRead), wait);
    return new Response(null, { status: 204 });
  };
}

async function exactly(length: number, request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  const body = await readBody(request, length);
  return body?.length === length ? body : null;
}
