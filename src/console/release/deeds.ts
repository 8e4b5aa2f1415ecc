import type { FaultCode } from "../../base/fault.ts";
import { claim } from "../../quarter/officer/claim.ts";
import { commit, reveal } from "../../quarter/officer/commit.ts";
import { cosign, drawRelease, type DrawOutcome, type Looked } from "../../quarter/officer/draw.ts";
import type { Officer } from "../../quarter/officer/officer.ts";
import { acceptPlan, proposedPlan } from "../../quarter/officer/plan.ts";
import type { OfficerStep } from "../../quarter/officer/standing.ts";
import type { Period } from "../../trends/period.ts";
import type { Plan } from "../../trends/plan.ts";

/** What an officer can press. */
export type OfficerDeed =
  | OfficerStep
  | "drawWithGaps"
  | "cosignWithGaps"
  | "proposePlan"
  | "saveClaim"
  | "writeErratum"
  | "readErratum"
  | "signErratum";

/** Of these the ones that ask nothing. */
type PlainDeed = Exclude<OfficerStep, "claimAgain"> | "drawWithGaps" | "cosignWithGaps";

/** Why a step was not made; each has its sentence. */
export type ReleaseRefusal =
  | "order"
  | "board"
  | "file"
  | "notNow"
  | "differs"
  | "seed"
  | "gap"
  | "missing"
  | "signers"
  | "unreached"
  | "unexpected";

/** What a step found on its way; a refusal that is no fault of anything. */
interface Found {
  readonly looked: Looked | null;
  readonly refusal?: ReleaseRefusal;
}

/** One step, once somebody pressed it. */
export type Act = (officer: Officer) => Promise<Found | void>;

/** What a deed does that asks nothing. `shown` is the plan that was read, where one waits. */
export function actOf(deed: PlainDeed, period: Period, shown: Plan | null): Act {
  return (officer) => acts[deed](officer, period, shown);
}

type PeriodAct = (officer: Officer, period: Period, shown: Plan | null) => Promise<Found | void>;

const acts: Readonly<Record<PlainDeed, PeriodAct>> = {
  signPlan: async (officer, period, shown) => {
    const waiting = await proposedPlan(officer, period);
    // What was shown is what is signed.
    if (waiting === null || JSON.stringify(waiting.plan) !== JSON.stringify(shown)) return;
    await acceptPlan(officer, waiting);
  },
  commit: async (officer, period) => void (await commit(officer, period)),
  commitAgain: async (officer, period) => void (await commit(officer, period, 2)),
  claim: async (officer, period) => void (await claim(officer, period)),
  reveal,
  draw: async (officer, period) => found(await drawRelease(officer, period)),
  drawWithGaps: async (officer, period) => found(await drawRelease(officer, period, true)),
  cosign: async (officer, period) => found(await cosign(officer, period)),
  cosignWithGaps: async (officer, period) => found(await cosign(officer, period, true)),
};

function found({ outcome, looked }: DrawOutcome): Found {
  return outcome === "gap" ? { looked, refusal: "gap" } : { looked };
}

export const refusals: Partial<Readonly<Record<FaultCode, ReleaseRefusal>>> = {
  "release.order": "order",
  "release.claimed": "order",
  "release.held": "order",
  "release.absent": "notNow",
  "release.redrawn": "board",
  "release.malformed": "file",
  "release.instance": "file",
  "note.malformed": "file",
  "release.notNow": "notNow",
  "release.calendar": "notNow",
  "release.differs": "differs",
  "release.commitment": "seed",
  "release.missing": "missing",
  "note.signature": "signers",
  "release.signers": "signers",
  "release.officers": "signers",
  "core.unavailable": "unreached",
  "store.unavailable": "unreached",
};
