import { Hono, type Context } from "hono";
import { parseDeskId, type DeskId, type DoorHash, type Sealed, type SeenHash } from "../base/brand.ts";
import { fromBase64url } from "../base/bytes.ts";
import type { Secret } from "../base/secret.ts";
import type { Core, Posting } from "../intake/core.ts";
import { repeatHashes } from "../intake/seen.ts";
import { readBody } from "./body.ts";
import { problem } from "./problem.ts";
import { isBearer } from "./secret.ts";
import { bitsUnder, type WorkGuard } from "./work.ts";

/** The largest class sealed to the largest desk Gundo is meant for, and some room. */
export const mostSealedBytes = 524_288;
/** Two keys live at once; an edge whose clock is about to turn may know of one more. */
const mostSeenHashes = 4;
// Posts that wait for their commit: half a second's worth is no load; then each 32 more double the work of the next.
const [freeUnderWay, underWayStep] = [64, 32] as const;

/** Who may post, and where what they post goes. */
export interface ReportWays {
  /** For anybody, a browser above all; null where only edges may post. */
  readonly open: Core | null;
  /** For an edge that knows the secret; null where no edge stands before this process. */
  readonly edges: { readonly core: Core; readonly secret: Secret<string> } | null;
}

/**
 * `POST /reports/<desk>`: an age file enters (triage.md, One way in). 201 stored, 200 seen before, 422 when the key of a
 * browser's file comes with other bytes. A secret that is wrong
 * and a `Gundo-Seen` without one are refused, not passed over: an edge set up wrongly must not lose what keeps its
 * repeats from being stored twice. Anybody's posts cost work while too many are under way; an edge's never do.
 */
export function reportRoutes(ways: ReportWays, work: WorkGuard): Hono {
  const counted = countedCore(ways.open);
  return new Hono().post("/reports/:desk", async (context) => {
    const way = wayOf({ ...ways, open: counted.core }, context);
    if (way === null) return problem("forbidden");
    const bits = way === counted.core ? bitsUnder(counted.underWay(), freeUnderWay, underWayStep) : 0;
    const refusal = work.refusal(context, "report", bits);
    if (refusal !== null) return refusal;
    const desk = parseDeskId(context.req.param("desk"));
    if (desk === null) return problem("desk.unknown");
    if (context.req.header("content-type") !== "application/age") return problem("request.unsupported");
    const hashes = hashesOf(context);
    if (hashes === null) return problem("request.malformed");
    const sealed = await readBody(context.req.raw, mostSealedBytes);
    if (sealed === null) return problem("request.tooLarge");
    const outcome = await way.accept(postingOf(desk, sealed, hashes));
    return outcome === "other" ? problem("request.keyReused") : new Response("", { status: statuses[outcome] });
  });
}

const statuses = { stored: 201, seen: 200 } as const;

/** The core, and how many of its answers are waited for. */
function countedCore(open: Core | null): { readonly core: Core | null; readonly underWay: () => number } {
  let count = 0;
  if (open === null) return { core: null, underWay: () => count };
  const accept: Core["accept"] = (posting) => {
    count++;
    return open.accept(posting).finally(() => count--);
  };
  return { core: { accept }, underWay: () => count };
}

function wayOf({ open, edges }: ReportWays, context: Context): Core | null {
  const authorization = context.req.header("authorization");
  if (authorization === undefined) return context.req.header("gundo-seen") === undefined ? open : null;
  return edges !== null && isBearer(authorization, [edges.secret]) ? edges.core : null;
}

/**
 * What a browser's repeat is known by: `Idempotency-Key`, 16 random bytes in base64url that a sender draws for one sealed
 * file (draft-ietf-httpapi-idempotency-key-header). Only hashes are kept, for as long as an edge's, and they point at nothing.
 */
function repeatKey(context: Context): Uint8Array | null | "malformed" {
  const text = context.req.header("idempotency-key");
  if (text === undefined) return null;
  const key = fromBase64url(text.replace(/^"(.*)"$/, "$1"));
  return key?.length === 16 ? key : "malformed";
}

interface Hashes {
  readonly doorHash: DoorHash;
  /** An edge's. */
  readonly seen: readonly SeenHash[] | null;
  /** A browser's. */
  readonly key: Uint8Array | null;
}

function hashesOf(context: Context): Hashes | null {
  const doorHash = hashOf(context.req.header("gundo-door-hash") ?? "") as DoorHash | null;
  if (doorHash === null) return null;
  const texts = context.req.header("gundo-seen")?.split(",");
  const key = repeatKey(context);
  // An edge names its own repeats, under keys of its own.
  if (key === "malformed" || (key !== null && texts !== undefined)) return null;
  if (texts === undefined) return { doorHash, seen: null, key };
  const seen = texts.flatMap((text) => (hashOf(text.trim()) as SeenHash | null) ?? []);
  return seen.length === texts.length && seen.length <= mostSeenHashes ? { doorHash, seen, key } : null;
}

function hashOf(text: string): Uint8Array | null {
  const bytes = fromBase64url(text);
  return bytes?.length === 32 ? bytes : null;
}

function postingOf(desk: DeskId, bytes: Uint8Array, { doorHash, seen, key }: Hashes): Posting {
  const posting = { desk, sealed: bytes as Sealed, doorHash };
  if (key !== null) return { ...posting, seen: repeatHashes(key, posting) };
  return seen === null ? posting : { ...posting, seen };
}
