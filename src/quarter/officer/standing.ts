import type { UnixMs } from "../../base/clock.ts";
import { takesClaim } from "../../trends/calendar.ts";
import { attemptName } from "../../trends/note.ts";
import { lastDay, type Period } from "../../trends/period.ts";
import { keepsCalendar, type Plan } from "../../trends/plan.ts";
import { advance, planned, stateAt, type Progress, type ReleaseState, type ReleaseStep } from "../../trends/states.ts";
import { planOf } from "../plan.ts";
import { heldNames, type HeldNames } from "../way.ts";
import { instanceOf, type Officer } from "./officer.ts";

/** What an officer may do next. */
export type OfficerStep = "signPlan" | "commit" | "claim" | "reveal" | "draw" | "cosign" | "commitAgain" | "claimAgain";

/** Where a period stands for this officer. */
export interface Standing {
  readonly period: Period;
  /** Null while it waits for the second signature. */
  readonly plan: Plan | null;
  readonly attempt: number;
  readonly state: ReleaseState | "proposed";
  /** What this officer does now; null when it is the other's turn, or nobody's. */
  readonly step: OfficerStep | null;
  /** Officers whose step is awaited. */
  readonly awaits: readonly string[];
  /** Whether a second attempt can be begun: once a first one was claimed, while what it would be drawn from is there. */
  readonly mayAgain: boolean;
}

/** Every period that is planned or proposed, the oldest first. */
export async function standings(officer: Officer, nowMs: UnixMs): Promise<readonly Standing[]> {
  const names = await heldNames(officer.way);
  const own = officer.keys.id;
  const periods = [...new Set([...names.notes, ...names.parcels].map(({ period }) => period))].toSorted();
  const found: Standing[] = [];
  for (const period of periods) {
    const held = await planOf(officer, period);
    const waits = names.parcels.filter((one) => one.period === period && one.kind === "plan");
    const awaits = waits.map((one) => one.officer);
    const step = awaits.includes(own) ? "signPlan" : null;
    if (held !== null) found.push(standingOf(officer, held.plan, names, nowMs));
    else if (awaits.length > 0)
      found.push({ period, plan: null, attempt: 1, state: "proposed", step, awaits, mayAgain: false });
  }
  return found;
}

function standingOf(officer: Officer, plan: Plan, names: HeldNames, nowMs: UnixMs): Standing {
  const { period } = plan;
  const notes = names.notes.filter((one) => one.period === period).map(({ name }) => name);
  const attempt = plan.officers.some((id) => notes.includes(attemptName(`commit-${id}`, 2))) ? 2 : 1;
  const parcels = names.parcels.filter((one) => one.period === period);
  const progress = stepsOf(plan, attempt, notes, parcels).reduce(advance, planned(plan));
  // With the release everything else of it is gone from the core.
  const state = notes.includes("release") ? stateAt({ ...progress, state: "cosigned" }, nowMs) : progress.state;
  const awaits = awaitedIn(plan, progress, state, parcels);
  const step = awaits.includes(officer.keys.id) ? stepAfter(state, attempt) : null;
  const isDue = (asked: OfficerStep): boolean => isInTime(instanceOf(officer), period, asked, officer.today);
  const mayAgain = attempt === 1 && unfinished.includes(state) && isDue("commitAgain");
  return { period, plan, attempt, state, step: step !== null && isDue(step) ? step : null, awaits, mayAgain };
}

/** What notes and parcels say has happened; a seed that lies for one officer the other one sealed. */
function stepsOf(
  { officers }: Plan,
  attempt: number,
  notes: readonly string[],
  parcels: HeldNames["parcels"],
): readonly ReleaseStep[] {
  const committed = officers.filter((id) => notes.includes(attemptName(`commit-${id}`, attempt)));
  const commits = committed.map((officer): ReleaseStep => ({ step: "commit", officer }));
  if (!notes.includes(attemptName("claim", attempt))) return commits;
  const revealed = parcels.filter(({ kind }) => kind === "reveal");
  const reveals = revealed.flatMap(({ officer }): readonly ReleaseStep[] =>
    officers.filter((id) => id !== officer).map((id) => ({ step: "reveal", officer: id })),
  );
  const isDrawn = reveals.length === officers.length && parcels.some(({ kind }) => kind === "draw");
  return [...commits, { step: "claim" }, ...reveals, ...(isDrawn ? [{ step: "draw" } as const] : [])];
}

function awaitedIn(
  { officers }: Plan,
  { committed, revealed }: Progress,
  state: ReleaseState,
  parcels: HeldNames["parcels"],
): readonly string[] {
  if (state === "planned") return officers.filter((id) => !committed.includes(id));
  if (state === "claimed") return officers.filter((id) => !revealed.includes(id));
  if (state === "drawn") return parcels.filter(({ kind }) => kind === "draw").map(({ officer }) => officer);
  return state === "committed" || state === "revealed" ? officers : [];
}

const stepIn: Readonly<Partial<Record<ReleaseState, OfficerStep>>> = {
  planned: "commit",
  committed: "claim",
  claimed: "reveal",
  revealed: "draw",
  drawn: "cosign",
};

const stepAgainIn: typeof stepIn = { ...stepIn, planned: "commitAgain", committed: "claimAgain" };

/** Claimed, and not handed in. */
const unfinished: readonly ReleaseState[] = ["claimed", "revealed", "drawn"];

function stepAfter(state: ReleaseState, attempt: number): OfficerStep | null {
  return (attempt === 1 ? stepIn : stepAgainIn)[state] ?? null;
}

/** Whether the core would take the step today, and it led to something. */
function isInTime(instance: string, period: Period, step: OfficerStep, today: Officer["today"]): boolean {
  if (step === "commit") return !keepsCalendar(instance) || today <= lastDay(period);
  const isClaim = step === "claim" || step === "claimAgain" || step === "commitAgain";
  return !isClaim || takesClaim(instance, period, today);
}
