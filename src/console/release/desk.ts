import { codeOf, type FaultCode } from "../../base/fault.ts";
import { countedBy } from "../../dialogue/counted.ts";
import { claim, commit, reveal } from "../../quarter/officer/commit.ts";
import { cosign, drawRelease, type Looked } from "../../quarter/officer/draw.ts";
import { partnersOf, type Boundary, type Officer } from "../../quarter/officer/officer.ts";
import { acceptPlan, newPlan, proposedPlan, proposePlan, usualTerms } from "../../quarter/officer/plan.ts";
import { standings, type OfficerStep, type Standing } from "../../quarter/officer/standing.ts";
import type { Period } from "../../trends/period.ts";
import type { Plan } from "../../trends/plan.ts";
import type { Console, Session } from "../console.ts";
import { quarterWorker } from "../labels/worker.ts";
import { keepNothing } from "./keep.ts";

/** What an officer can press. */
export type OfficerDeed = OfficerStep | "proposePlan";

/** Everything on an officer's screen. */
export interface ReleaseDesk {
  readonly standings: readonly Standing[];
  /** Plans that wait for this officer's signature, by period. */
  readonly proposed: ReadonlyMap<Period, Plan>;
  /** The plan that this officer could propose next, or null. */
  readonly next: Plan | null;
  /** Under way, and how far a draw has come. */
  readonly busy: { readonly deed: OfficerDeed; readonly at: Boundary | null } | null;
  readonly done: { readonly deed: OfficerDeed; readonly period: Period } | null;
  readonly looked: Looked | null;
  readonly refusal: ReleaseRefusal | null;
}

/** Why a step was not made; each has its sentence. */
export type ReleaseRefusal = "order" | "notNow" | "differs" | "seed" | "gap" | "signers" | "unreached" | "unexpected";

export const emptyDesk: ReleaseDesk = {
  standings: [],
  proposed: new Map(),
  next: null,
  busy: null,
  done: null,
  looked: null,
  refusal: null,
};

async function officerOf(gundo: Console, session: Session): Promise<Officer> {
  const { board, threshold } = session.anchors;
  return {
    ...(await quarterWorker(gundo, session)),
    keep: keepNothing(session.api),
    board: { verifiers: board.map(({ verifier }) => verifier), threshold },
    draw: (drawing) => session.openers.draw(drawing),
    at: (boundary) => change(gundo, session, ({ busy }) => ({ busy: busy && { ...busy, at: boundary } })),
  };
}

/** Fetches where every period stands. */
export async function lookAtReleases(gundo: Console, session: Session): Promise<void> {
  const officer = await officerOf(gundo, session);
  const found = await standings(officer, gundo.clock.nowMs());
  const proposed = new Map<Period, Plan>();
  for (const { period } of found.filter(({ step }) => step === "signPlan")) {
    const waiting = await proposedPlan(officer, period);
    if (waiting !== null) proposed.set(period, waiting.plan);
  }
  const next = found.some(({ state }) => state === "proposed") ? null : await nextPlan(gundo, officer);
  change(gundo, session, () => ({ standings: found, proposed, next }));
}

async function nextPlan({ clock }: Console, officer: Officer): Promise<Plan | null> {
  const [partner] = partnersOf(officer);
  if (partner === undefined) return null;
  return newPlan(officer, partner, await usualTerms(officer, clock.nowMs(), countedBy));
}

/** Makes one step and looks again; what refuses it is said. */
export async function perform(gundo: Console, deed: OfficerDeed, period: Period): Promise<void> {
  const { session } = gundo;
  if (session === null || gundo.releases.get().busy !== null) return;
  change(gundo, session, () => ({ busy: { deed, at: null }, done: null, looked: null, refusal: null }));
  try {
    const looked = await deeds[deed](await officerOf(gundo, session), period, gundo);
    await lookAtReleases(gundo, session);
    change(gundo, session, () => ({ busy: null, done: { deed, period }, looked: looked ?? null }));
  } catch (error) {
    change(gundo, session, () => ({ busy: null, refusal: refusals[codeOf(error)] ?? "unexpected" }));
  }
}

type Deed = (officer: Officer, period: Period, gundo: Console) => Promise<Looked | null | void>;

const deeds: Readonly<Record<OfficerDeed, Deed>> = {
  proposePlan: async (officer, _period, gundo) => {
    const { next } = gundo.releases.get();
    const partner = partnersOf(officer).find(({ id }) => next?.officers.includes(id));
    if (next !== null && partner !== undefined) await proposePlan(officer, partner, next);
  },
  signPlan: async (officer, period, gundo) => {
    const waiting = await proposedPlan(officer, period);
    // What was shown is what is signed.
    const shown = gundo.releases.get().proposed.get(period);
    if (waiting === null || JSON.stringify(waiting.plan) !== JSON.stringify(shown)) return;
    await acceptPlan(officer, waiting);
  },
  commit: async (officer, period) => void (await commit(officer, period)),
  claim: async (officer, period) => void (await claim(officer, period)),
  reveal,
  draw: async (officer, period) => (await drawRelease(officer, period)).looked,
  cosign: async (officer, period) => (await cosign(officer, period)).looked,
};

const refusals: Partial<Readonly<Record<FaultCode, ReleaseRefusal>>> = {
  "release.order": "order",
  "release.claimed": "order",
  "release.held": "order",
  "release.redrawn": "order",
  "release.notNow": "notNow",
  "release.calendar": "notNow",
  "release.differs": "differs",
  "release.commitment": "seed",
  "labels.gap": "gap",
  "release.missing": "gap",
  "release.signers": "signers",
  "release.officers": "signers",
  "core.unavailable": "unreached",
  "store.unavailable": "unreached",
};

/** Only while nobody locked meanwhile. */
function change({ releases }: Console, { ends }: Session, how: (before: ReleaseDesk) => Partial<ReleaseDesk>): void {
  if (!ends.signal.aborted) releases.update((before) => ({ ...before, ...how(before) }));
}
