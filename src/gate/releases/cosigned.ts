import { Fault } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import { verifyErratum } from "../../trends/erratum.ts";
import { keySpaceHash } from "../../trends/key-space-text.ts";
import { attemptName } from "../../trends/note.ts";
import { verifyRelease } from "../../trends/release-note.ts";
import { hasNote, noteIn, officersOf, planIn, requireSame, verifiersOf, type Known, type Offered } from "./offered.ts";

/** A release that both officers signed, and that rests on what was accepted before it. It is shown from its instant on. */
export function takeRelease(note: Uint8Array, known: Known): Offered {
  const release = verifyRelease(note, known.roster.instance, verifiersOf(officersOf(known)));
  const { period, attempt } = release;
  const check = (): void => {
    const plan = planIn(known, period);
    requireSame(release.plan, plan.hash);
    requireSame(release.keySpace, keySpaceHash(plan.keySpace));
    requireSame(release.claim, sha256(noteIn(known, period, attemptName("claim", attempt))));
    for (const [index, officer] of plan.officers.entries())
      requireSame(release.commits[index]!, sha256(noteIn(known, period, attemptName(`commit-${officer}`, attempt))));
    // A second claim was accepted: what the first would have given is no release any more.
    if (hasNote(known, period, attemptName("claim", attempt + 1))) throw new Fault("release.order");
    requireSame(release.previous, previousRelease(known, release));
    if (release.publishesMs !== plan.publishesMs) throw new Fault("release.order");
  };
  return { period, name: "release", shownMs: release.publishesMs, taken: "release.held", check };
}

/** The newest release, if it is of an earlier period: one that was passed over cannot be put in afterwards. */
function previousRelease({ notes }: Known, { period }: { readonly period: string }): Uint8Array {
  const before = notes.findLast(({ name }) => name === "release");
  if (before !== undefined && before.period >= period) throw new Fault("release.order");
  return before === undefined ? new Uint8Array(32) : sha256(before.note);
}

/** Words about a release that is out, signed by both; nothing of it changes. */
export function takeErratum(note: Uint8Array, known: Known): Offered {
  const { period, number, release } = verifyErratum(note, known.roster.instance, verifiersOf(officersOf(known)));
  const check = (): void => {
    requireSame(release, sha256(noteIn(known, period, "release")));
    if (known.nowMs < planIn(known, period).publishesMs) throw new Fault("release.notNow");
    if (number > 1 && !hasNote(known, period, `erratum-${number - 1}`)) throw new Fault("release.order");
  };
  return { period, name: `erratum-${number}`, shownMs: known.nowMs, taken: "release.held", check };
}
