import { dayOf, type Clock, type UnixDay, type UnixMs } from "../base/clock.ts";
import { codeOf, type FaultCode } from "../base/fault.ts";
import type { PageNotice } from "../dialogue/words-page.ts";
import type { Roster } from "../roster/roster.ts";
import { verifyRoster } from "../roster/verify.ts";
import { compiledBoard } from "./anchors.ts";

/** A roster that this page verified itself, or why nothing can be sent. */
export type Verdict =
  | { readonly ok: true; readonly roster: Roster; readonly stale: boolean }
  | { readonly ok: false; readonly notice: PageNotice };

/** Fetches the roster in force and verifies it against the anchors compiled in (envelope.md, Roster). */
export async function fetchVerdict(clock: Clock): Promise<Verdict> {
  const note = await fetchNote();
  if (note === null) return { ok: false, notice: "rosterUnreached" };
  try {
    return { ok: true, ...verifyRoster(compiledBoard(), note, null, clock.nowMs()) };
  } catch (error) {
    return { ok: false, notice: noticeOf(codeOf(error)) };
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

async function fetchNote(): Promise<Uint8Array | null> {
  try {
    const response = await fetch("/keys/roster.note", { credentials: "omit", cache: "no-store" });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  } catch {
    // No network: the same as no answer.
    return null;
  }
}

function noticeOf(code: FaultCode): PageNotice {
  if (code === "roster.expired") return "rosterExpired";
  if (code === "roster.instance" || code === "roster.serial" || code === "roster.link") return "rosterOther";
  return "rosterForged";
}
