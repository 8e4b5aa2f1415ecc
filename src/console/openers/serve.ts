import type { Sealed } from "../../base/brand.ts";
import { fromBase64 } from "../../base/bytes.ts";
import { systemChance as chance } from "../../base/chance.ts";
import { codeOf, Fault } from "../../base/fault.ts";
import { decodeFrame } from "../../envelope/frame.ts";
import { open, type Decapsulator } from "../../envelope/open.ts";
import { nobleDecapsulator } from "../../envelope/opener-noble.ts";
import { sodiumDecapsulator } from "../../envelope/opener-sodium.ts";
import type { Identity } from "../../envelope/recipient.ts";
import { solveWork } from "../../envelope/work.ts";
import { decryptKeys, encryptKeys } from "../../roster/identity.ts";
import { draw } from "../../trends/release.ts";
import { bareKeys, identityIn, keysIn } from "./bare.ts";
import type { Answered, Answers, Asked, OpenedFile, Order, OrderName, SealedFile } from "./orders.ts";

/** The worker's side: it keeps nothing between two orders, and ends when the console locks. */
export function serveOrders(): void {
  const scope = globalThis as unknown as Pick<Worker, "postMessage" | "addEventListener">;
  scope.addEventListener("message", ({ data }: MessageEvent<Asked>) => {
    void answerTo(data).then((answered) => scope.postMessage(answered, []));
  });
}

async function answerTo({ number, order }: Asked): Promise<Answered> {
  try {
    return { number, ok: true, answer: await carryOut(order) };
  } catch (error) {
    return { number, ok: false, code: codeOf(error) };
  }
}

async function carryOut(order: Order): Promise<Answers[OrderName]> {
  if (order.order === "unlock") return bareKeys(await decryptKeys(order.file, order.passphrase));
  if (order.order === "lock") return encryptKeys(keysIn(order.keys), order.passphrase, chance);
  if (order.order === "open") return openAll(order.files, identityIn(order.identity), order.firstTry);
  if (order.order === "draw") return draw(order.drawing);
  return solveWork(order.challenge);
}

async function openAll(
  files: readonly SealedFile[],
  identity: Identity,
  firstTry: number,
): Promise<readonly OpenedFile[]> {
  // Where a browser runs no WebAssembly, as Tor Browser at "safer" does: slower, and all that is written opens.
  const decapsulator = await sodiumDecapsulator().catch(() => nobleDecapsulator);
  return files.map(({ id, sealed }) => ({ id, frame: frameIn(sealed, identity, decapsulator, firstTry) }));
}

/** A decoy, one that excludes its owner, and a broken one: nobody can tell these apart, so nothing here tries to. */
function frameIn(
  sealed: string,
  identity: Identity,
  decapsulator: Decapsulator,
  firstTry: number,
): OpenedFile["frame"] {
  const bytes = fromBase64(sealed);
  if (bytes === null) return null;
  try {
    const { kind, body } = decodeFrame(open(bytes as Uint8Array as Sealed, identity, decapsulator, firstTry));
    // A copy: the body is a view of the whole padded frame.
    return { kind, body: body.slice() };
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
