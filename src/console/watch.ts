import { warn, type Console, type Session } from "./console.ts";
import { findReviewer } from "../roster/roster.ts";
import { loadInbox } from "./inbox/load.ts";
import { labelsDue } from "./labels/leave.ts";
import { meet, pause, setOffline } from "./meet.ts";
import { lookAtReleases } from "./release/desk.ts";
import { followRoster } from "./roster-watch.ts";
import { checkAudit } from "./trust/audit.ts";
import { checkPage, pageHash } from "./trust/page.ts";

/** Between two looks at the server. */
const lookEveryMs = 10_000;
/** Between two looks at what changes by the hour: the audit's checkpoint, and the page. */
const checkEveryMs = 5 * 60_000;

/** Follows roster, inbox, audit and page until the console locks. */
export function startWatch(gundo: Console, session: Session): void {
  void watch(gundo, session);
  void followRoster(gundo, session);
}

async function watch(gundo: Console, session: Session): Promise<void> {
  let checkedMs = -Infinity;
  let isFirst = true;
  while (!session.ends.signal.aborted) {
    const nowMs = gundo.clock.nowMs();
    const thorough = Math.abs(nowMs - checkedMs) >= checkEveryMs;
    if (await lookOnce(gundo, session, thorough)) {
      checkedMs = thorough ? nowMs : checkedMs;
      // Once the inbox is there, and never again in this session.
      if (isFirst && !isOfficer(session)) void labelsDue(gundo, session);
      isFirst = false;
    }
    await pause(lookEveryMs, session.ends.signal);
  }
}

function isOfficer({ roster, keys }: Session): boolean {
  return findReviewer(roster, keys.id)?.roles.includes("release") === true;
}

/** False when it could not be looked to the end: then the next look is as thorough as this one was to be. */
async function lookOnce(gundo: Console, session: Session, thorough: boolean): Promise<boolean> {
  try {
    // An officer's steps are days apart, and each looks again by itself.
    if (!isOfficer(session)) await loadInbox(gundo, session, thorough);
    else if (thorough) await lookAtReleases(gundo, session);
    if (thorough) await checkServer(gundo, session);
    setOffline(gundo, session, false);
    return true;
  } catch (error) {
    meet(gundo, session, error);
    return false;
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
