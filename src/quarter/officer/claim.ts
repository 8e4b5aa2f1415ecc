import { Fault } from "../../base/fault.ts";
import { signNote } from "../../envelope/note-sign.ts";
import { claimText, type Claim } from "../../trends/claim.ts";
import type { Period } from "../../trends/period.ts";
import { labelNames, postNote } from "../way.ts";
import { claimIn, heldPeriod, instanceOf, type Officer } from "./officer.ts";

/** The claim that names everything the core holds now, signed by this officer; for a second one the board signs too. */
export async function newClaim(officer: Officer, period: Period): Promise<Uint8Array> {
  const { plan, attempt, commits } = await heldPeriod(officer, period);
  if (commits.length !== 2) throw new Fault("release.order");
  const said: Claim = {
    instance: instanceOf(officer),
    period,
    attempt,
    plan: plan.hash,
    commits: commits.map(({ hash }) => hash),
    labels: await labelNames(officer.way, period),
  };
  return signNote(claimText(said), officer.keys.id, officer.keys.signing);
}

/** Hands in a first claim; once it is there, it is. Rejects with `release.redrawn` for a second, which the board signs. */
export async function claim(officer: Officer, period: Period): Promise<"claimed" | "already"> {
  const held = await heldPeriod(officer, period);
  if (held.claim !== null) return "already";
  if (held.attempt > 1) throw new Fault("release.redrawn");
  await postNote(officer.way, await newClaim(officer, period));
  return "claimed";
}

/**
 * Hands in the second claim of a period, as the board gave it back.
 *
 * Rejects with `release.redrawn` while too few of the board have signed it, `release.order` for that of another period, or
 * one that names something else than the core holds.
 */
export async function claimAgain(officer: Officer, period: Period, note: Uint8Array): Promise<void> {
  const said = claimIn(officer, note);
  if (said.period !== period || said.attempt === 1) throw new Fault("release.order");
  await postNote(officer.way, note);
}
