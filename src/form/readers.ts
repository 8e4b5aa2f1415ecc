import { dayOf, type Clock, type UnixDay, type UnixMs } from "../base/clock.ts";
import { codeOf } from "../base/fault.ts";
import type { PageNotice } from "../dialogue/words-page.ts";
import { checkChain, serialsBetween } from "../roster/chain.ts";
import type { Roster } from "../roster/roster.ts";
import { verifyRoster } from "../roster/verify.ts";
import { compiledBoard, pinnedRoster } from "./anchors.ts";

/** A roster that this page verified itself, or why nothing can be sent. */
export type Verdict =
  | { readonly ok: true; readonly roster: Roster; readonly stale: boolean }
  | { readonly ok: false; readonly notice: PageNotice };

/**
 * Fetches the roster in force and verifies it against the anchors compiled in, and against the roster that was in force
 * when this page was made, over every note between (envelope.md, Roster).
 */
export async function fetchVerdict(clock: Clock): Promise<Verdict> {
  try {
    const note = await fetchNote("/keys/roster.note");
    if (note === null) return { ok: false, notice: "rosterUnreached" };
    const [board, pinned] = [compiledBoard(), pinnedRoster()];
    const verified = verifyRoster(board, note, pinned, clock.nowMs());
    const between = new Map<number, Uint8Array | null>();
    for (const serial of serialsBetween(verified.roster, pinned))
      between.set(serial, await fetchNote(`/keys/roster/${serial}.note`));
    checkChain(board, verified.roster, pinned, (serial) => between.get(serial) ?? null);
    return { ok: true, ...verified };
  } catch (error) {
    return { ok: false, notice: noticeOf(error) };
  }
}

/** Now, or the roster's issue when this phone's clock is behind it: a clock that was never set must not empty a desk. */
export function soonest(roster: Roster, clock: Clock): UnixMs {
  return Math.max(clock.nowMs(), roster.issuedMs) as UnixMs;
}

/** The day of `soonest`. */
export function todayFor(roster: Roster, clock: Clock): UnixDay {
  return dayOf(soonest(roster, clock));
}

/** Null when the server has no such note, or says that it has none now. Rejects with a `TypeError` without a network. */
async function fetchNote(path: string): Promise<Uint8Array | null> {
  const response = await fetch(path, { credentials: "omit", cache: "no-store" });
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
}

function noticeOf(error: unknown): PageNotice {
  // What fetch rejects with when nobody answers (Fetch Standard, §5.6).
  if (error instanceof TypeError) return "rosterUnreached";
  const code = codeOf(error);
  if (code === "roster.expired") return "rosterExpired";
  if (code === "roster.instance" || code === "roster.serial" || code === "roster.link") return "rosterOther";
  return "rosterForged";
}
