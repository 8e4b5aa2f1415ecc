import { codeOf } from "../../base/fault.ts";
import { countedBy } from "../../dialogue/counted.ts";
import type { Looked } from "../../quarter/officer/draw.ts";
import { partnersOf, type Boundary, type Officer } from "../../quarter/officer/officer.ts";
import { newPlan, proposedPlan, usualTerms } from "../../quarter/officer/plan.ts";
import { standings, type Standing } from "../../quarter/officer/standing.ts";
import type { Period } from "../../trends/period.ts";
import type { Plan } from "../../trends/plan.ts";
import type { Console, Session } from "../console.ts";
import { quarterWorker } from "../labels/worker.ts";
import { refusals, type Act, type OfficerDeed, type ReleaseRefusal } from "./deeds.ts";
import { keepNothing } from "./keep.ts";

/** A button, and the quarter it stands at. */
export interface Pressed {
  readonly deed: OfficerDeed;
  readonly period: Period;
}

/** The plan that an officer could propose next, and the ids of whom it could name beside them. */
export interface NextPlan {
  readonly plan: Plan;
  readonly partners: readonly string[];
}

/** Everything on an officer's screen. */
export interface ReleaseDesk {
  readonly standings: readonly Standing[];
  /** Plans that wait for this officer's signature, by period. */
  readonly proposed: ReadonlyMap<Period, Plan>;
  readonly next: NextPlan | null;
  /** Under way, and how far a draw has come. */
  readonly busy: (Pressed & { readonly at: Boundary | null }) | null;
  readonly done: Pressed | null;
  readonly refused: (Pressed & { readonly why: ReleaseRefusal }) | null;
  /** What the last draw found in the posts. */
  readonly looked: Looked | null;
}

export const emptyDesk: ReleaseDesk = {
  standings: [],
  proposed: new Map(),
  next: null,
  busy: null,
  done: null,
  refused: null,
  looked: null,
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

async function nextPlan({ clock }: Console, officer: Officer): Promise<NextPlan | null> {
  const partners = partnersOf(officer);
  const [partner] = partners;
  if (partner === undefined) return null;
  const plan = await newPlan(officer, partner, await usualTerms(officer, clock.nowMs(), countedBy));
  return { plan, partners: partners.map(({ id }) => id) };
}

/** Makes one step and looks again; what refuses it is said. */
export async function perform(gundo: Console, { deed, period }: Pressed, act: Act): Promise<void> {
  const { session } = gundo;
  if (session === null || gundo.releases.get().busy !== null) return;
  const pressed = { deed, period };
  change(gundo, session, () => ({ busy: { ...pressed, at: null }, done: null, looked: null, refused: null }));
  const refuse = (why: ReleaseRefusal): Partial<ReleaseDesk> => ({ busy: null, refused: { ...pressed, why } });
  try {
    const { looked = null, refusal } = (await act(await officerOf(gundo, session))) ?? {};
    if (refusal !== undefined) return change(gundo, session, () => ({ ...refuse(refusal), looked }));
    await lookAtReleases(gundo, session);
    change(gundo, session, () => ({ busy: null, done: pressed, looked }));
  } catch (error) {
    change(gundo, session, () => refuse(refusals[codeOf(error)] ?? "unexpected"));
  }
}

/** Only while nobody locked meanwhile. */
function change({ releases }: Console, { ends }: Session, how: (before: ReleaseDesk) => Partial<ReleaseDesk>): void {
  if (!ends.signal.aborted) releases.update((before) => ({ ...before, ...how(before) }));
}
