import { codeOf, Fault } from "../base/fault.ts";
import { lock, warn, type Console, type Session } from "./console.ts";
import { loadInbox } from "./inbox/load.ts";
import { rosterWarningOf } from "./refusals.ts";
import { checkAudit } from "./trust/audit.ts";
import { checkPage, pageHash } from "./trust/page.ts";
import { fetchRoster } from "./trust/roster.ts";
import { signedInAs } from "./signed-in.ts";

/** Between two looks at the server. */
const lookEveryMs = 10_000;
/** Between two looks at what changes by the hour: the audit's checkpoint, and the page. */
const checkEveryMs = 5 * 60_000;

/** Follows roster, inbox, audit and page until the console locks. */
export function startWatch(gundo: Console, session: Session): void {
  void watch(gundo, session);
}

async function watch(gundo: Console, session: Session): Promise<void> {
  let checkedMs = -Infinity;
  while (!session.ends.signal.aborted) {
    const nowMs = gundo.clock.nowMs();
    const thorough = Math.abs(nowMs - checkedMs) >= checkEveryMs;
    if (await lookOnce(gundo, session, thorough)) checkedMs = thorough ? nowMs : checkedMs;
    await pause(session.ends.signal);
  }
}

/** False when it could not be looked to the end: then the next look is as thorough as this one was to be. */
async function lookOnce(gundo: Console, session: Session, thorough: boolean): Promise<boolean> {
  try {
    await followRoster(gundo, session);
    await loadInbox(gundo, session, thorough);
    if (thorough) await checkServer(gundo, session);
    setOffline(gundo, session, false);
    return true;
  } catch (error) {
    meet(gundo, session, error);
    return false;
  }
}

/** A reviewer who is out sees it at once; a server that is away is waited for. */
function meet(gundo: Console, session: Session, error: unknown): void {
  if (session.ends.signal.aborted) return;
  const code = codeOf(error);
  if (code === "session.refused" || code === "session.required" || code === "forbidden") lock(gundo, "removed");
  else if (error instanceof Fault) setOffline(gundo, session, true);
  else throw error;
}

function setOffline({ store }: Console, session: Session, offline: boolean): void {
  if (session.ends.signal.aborted || store.get().offline === offline) return;
  store.update((state) => ({ ...state, offline }));
}

/** A newer roster that the board signed takes the place of the one in use; any other is named, and not used. */
async function followRoster(gundo: Console, session: Session): Promise<void> {
  const { memory, clock, store } = gundo;
  try {
    const { roster, stale } = await fetchRoster(session.api, session.anchors, memory.read().roster, clock.nowMs());
    if (session.ends.signal.aborted) return;
    if (stale) warn(gundo, "rosterStale");
    if (roster.serial === session.roster.serial) return;
    memory.write({ roster: { serial: roster.serial, noteHash: roster.noteHash } });
    session.roster = roster;
    const signedIn = signedInAs(roster, session.keys, gundo);
    if (signedIn === null) lock(gundo, "removed");
    else store.update((state) => ({ ...state, signedIn }));
  } catch (error) {
    if (codeOf(error) === "core.unavailable" || !(error instanceof Fault)) throw error;
    warn(gundo, rosterWarningOf(error));
  }
}

/** Audit and page against what this browser saw last. What is the server's own is remembered only when it agrees. */
async function checkServer(gundo: Console, session: Session): Promise<void> {
  const { memory, page } = gundo;
  const audit = await checkAudit(session.api, session.roster, memory.read().audit);
  const changed = await checkPage(session.api, page, memory.read().page);
  if (session.ends.signal.aborted) return;
  memory.write({ audit: audit.head, page: pageHash(page) });
  if (audit.warning !== null) warn(gundo, audit.warning);
  if (changed !== null) warn(gundo, changed);
}

function pause(ends: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, lookEveryMs);
    function done(): void {
      clearTimeout(timer);
      ends.removeEventListener("abort", done);
      resolve();
    }
    ends.addEventListener("abort", done);
    if (ends.aborted) done();
  });
}
