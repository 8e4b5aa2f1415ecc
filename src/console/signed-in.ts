import { equal } from "../base/bytes.ts";
import { dayOf, msPerDay, type Clock } from "../base/clock.ts";
import { verifierOf } from "../envelope/note-sign.ts";
import { recipientOf } from "../envelope/recipient.ts";
import { fingerprint } from "../roster/fingerprint.ts";
import type { Keys } from "../roster/identity.ts";
import { findServing, type Roster } from "../roster/roster.ts";
import type { SignedIn } from "./state.ts";

/** Who these keys are on this roster, or null: nobody, not in service, or somebody whose keys were replaced. */
export function signedInAs(roster: Roster, keys: Keys, { clock }: { readonly clock: Clock }): SignedIn | null {
  const nowMs = clock.nowMs();
  const today = dayOf(nowMs);
  const reviewer = findServing(roster, keys.id, today);
  if (reviewer === null || reviewer.recipient !== recipientOf(keys.identity)) return null;
  if (!equal(reviewer.verifier.publicKey, verifierOf(keys.signing))) return null;
  const rosterDays = Math.floor((roster.expiresMs - nowMs) / msPerDay);
  return {
    reviewer: reviewer.id,
    name: reviewer.name,
    organisation: reviewer.organisation,
    isOfficer: reviewer.roles.includes("release"),
    desks: roster.desks.filter((desk) => desk.reviewers.includes(keys.id)).map(({ id, name }) => ({ id, name })),
    rosterSerial: roster.serial,
    rosterFingerprint: fingerprint("gundo/roster/v1", roster.noteHash),
    daysLeft: Math.max(0, Math.min(rosterDays, reviewer.until - today)),
  };
}
