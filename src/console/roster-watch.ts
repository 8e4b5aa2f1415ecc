import { base64url } from "../base/bytes.ts";
import { codeOf, Fault } from "../base/fault.ts";
import { checkFreshness } from "../roster/verify.ts";
import { lock, warn, type Console, type Session } from "./console.ts";
import { meet, pause } from "./meet.ts";
import { rosterWarningOf } from "./refusals.ts";
import { signedInAs } from "./signed-in.ts";
import { verifyServed } from "./trust/roster.ts";

/** Between two questions at least, whatever the server answers at once. */
const leastMs = 1_000;

/**
 * Follows the board's roster until the console locks. The server holds the question until there is another note
 * (gate/roster.ts), so that whoever is removed is out within a second, and a slow line carries two small requests a minute.
 */
export async function followRoster(gundo: Console, session: Session): Promise<void> {
  const { signal } = session.ends;
  let tag = `"${base64url(session.roster.noteHash)}"`;
  while (!signal.aborted) {
    const fromMs = gundo.clock.nowMs();
    try {
      const served = await session.api.rosterAfter(tag, signal);
      if (signal.aborted) return;
      tag = served?.tag ?? tag;
      await goBy(gundo, session, served?.note ?? null);
    } catch (error) {
      meet(gundo, session, error);
    }
    await pause(leastMs - (gundo.clock.nowMs() - fromMs), signal);
  }
}

/** A newer roster that the board signed takes the place of the one in use; any other is named, and not used. */
async function goBy(gundo: Console, session: Session, note: Uint8Array | null): Promise<void> {
  try {
    if (note !== null) await takeOver(gundo, session, note);
    if (session.ends.signal.aborted) return;
    if (checkFreshness(session.roster, gundo.clock.nowMs())) warn(gundo, "rosterStale");
    const signedIn = signedInAs(session.roster, session.keys, gundo);
    if (signedIn === null) lock(gundo, "removed");
    else if (note !== null) gundo.store.update((state) => ({ ...state, signedIn }));
  } catch (error) {
    if (codeOf(error) === "core.unavailable" || !(error instanceof Fault)) throw error;
    warn(gundo, rosterWarningOf(error));
  }
}

async function takeOver({ memory, clock }: Console, session: Session, note: Uint8Array): Promise<void> {
  const { api, anchors, ends } = session;
  const { roster } = await verifyServed(api, anchors, note, memory.read().roster, clock.nowMs());
  if (ends.signal.aborted || roster.serial === session.roster.serial) return;
  memory.write({ roster: { serial: roster.serial, noteHash: roster.noteHash } });
  session.roster = roster;
}
