import { Hono } from "hono";
import { base64url, equal } from "../base/bytes.ts";
import { sha256 } from "../envelope/hash.ts";
import { systemWait, type Wait } from "../intake/steady.ts";
import type { Reviewer } from "../roster/roster.ts";
import { problem } from "./problem.ts";
import { isServing, requireSession, type Sessions } from "./session.ts";

/** How long a question is held: less than any proxy waits, and two requests a minute on a slow line. */
const holdMs = 25_000;
/** Between two looks at the note while one is held. */
const lookMs = 250;

/** What a question about the roster is held on. */
export interface RosterNotes {
  /** The note as the board published it. */
  readonly note: () => Uint8Array;
  /** Ends what is held when the process stops. */
  readonly stops?: AbortSignal;
}

/**
 * `GET /api/roster`: the roster's note, with its SHA-256 as `ETag`. With that in `If-None-Match` the answer is held until
 * there is another note, for 25 s at most, and is 304 then; whom the other one no longer names gets 403 instead of it, since
 * a slow line carries the note no sooner than in seconds. So whoever was removed sees it within one, for as few bytes as a
 * look every 25 s costs. What is given is public; who holds a question is known by their session already.
 */
export function rosterRoutes(sessions: Sessions, notes: RosterNotes, wait: Wait = systemWait) {
  const routes = new Hono<{ Variables: { reviewer: Reviewer } }>();
  routes.use("/api/roster", requireSession(sessions));
  return routes.get("/api/roster", async ({ req, get }) => {
    const known = notes.note();
    if (req.header("if-none-match") !== etagOf(known)) return noteResponse(known);
    const ends = AbortSignal.any([req.raw.signal, ...(notes.stops === undefined ? [] : [notes.stops])]);
    const found = await heldUntilOther(notes.note, known, ends, wait);
    if (found === null) return new Response(null, { status: 304, headers: { etag: etagOf(known) } });
    return isServing(sessions, get("reviewer")) ? noteResponse(found) : problem("forbidden");
  });
}

/** Another note than the one known, or null when none came in time, or nobody waits any more. */
async function heldUntilOther(
  note: RosterNotes["note"],
  known: Uint8Array,
  ends: AbortSignal,
  wait: Wait,
): Promise<Uint8Array | null> {
  for (let heldMs = 0; heldMs < holdMs && !ends.aborted; heldMs += lookMs) {
    await wait(lookMs);
    if (equal(note(), known)) continue;
    // Once more: until then it is in force here, and written to its end.
    await wait(lookMs);
    return note();
  }
  return null;
}

function noteResponse(note: Uint8Array): Response {
  const headers = { "content-type": "text/plain; charset=utf-8", etag: etagOf(note) };
  return new Response(new Uint8Array(note), { headers });
}

function etagOf(note: Uint8Array): string {
  return `"${base64url(sha256(note))}"`;
}
