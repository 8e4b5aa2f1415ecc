import { equal } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import { takesClaim } from "../../trends/calendar.ts";
import { verifyClaim } from "../../trends/claim.ts";
import { attemptName } from "../../trends/note.ts";
import { hasNote, noteIn, officersOf, planIn, requireSame, verifiersOf, type Known, type Offered } from "./offered.ts";

/** The claim that fixes what is drawn from: the very list of posts the core holds. A second one only by the board. */
export function takeClaim(note: Uint8Array, known: Known): Offered {
  const { anchors, roster, today } = known;
  const board = { verifiers: anchors.board.map(({ verifier }) => verifier), threshold: anchors.threshold };
  const claim = verifyClaim(note, roster.instance, { officers: verifiersOf(officersOf(known)), board });
  const { period, attempt } = claim;
  const check = (labels: readonly Uint8Array[]): void => {
    const plan = planIn(known, period);
    requireSame(claim.plan, plan.hash);
    for (const [index, officer] of plan.officers.entries()) {
      const commit = noteIn(known, period, attemptName(`commit-${officer}`, attempt));
      requireSame(claim.commits[index]!, sha256(commit));
    }
    const isNext = attempt === 1 || hasNote(known, period, "claim");
    if (!isNext || hasNote(known, period, "release")) throw new Fault("release.order");
    if (!takesClaim(roster.instance, period, today)) throw new Fault("release.notNow");
    const isWhole = claim.labels.length === labels.length && labels.every((id, at) => equal(id, claim.labels[at]!));
    if (!isWhole) throw new Fault("release.order");
  };
  return { period, name: attemptName("claim", attempt), shownMs: known.nowMs, taken: "release.claimed", check };
}
