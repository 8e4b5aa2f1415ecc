import type { UnixMs } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import type { Plan } from "./plan.ts";

/** How far the release of a period has come; never back (trends.md, Mechanism). A second attempt is a fold of its own. */
export const releaseStates = ["planned", "committed", "claimed", "revealed", "drawn", "cosigned", "published"] as const;
export type ReleaseState = (typeof releaseStates)[number];

/** What can happen to a release, as notes and parcels tell it. */
export type ReleaseStep =
  | { readonly step: "commit"; readonly officer: string }
  | { readonly step: "reveal"; readonly officer: string }
  | { readonly step: "claim" | "draw" | "cosign" };

/** What has happened to the release of a plan. */
export interface Progress {
  readonly officers: readonly string[];
  readonly publishesMs: UnixMs;
  readonly state: Exclude<ReleaseState, "published">;
  /** Who has committed, and who has shown their seed to the other. */
  readonly committed: readonly string[];
  readonly revealed: readonly string[];
}

/** A release that was planned and no more. */
export function planned({ officers, publishesMs }: Pick<Plan, "officers" | "publishesMs">): Progress {
  return { officers, publishesMs, state: "planned", committed: [], revealed: [] };
}

/**
 * The progress after a step. One that was made before changes nothing: after a crash steps come again.
 *
 * @throws Fault `release.order` for a step before its turn; `release.officers` for somebody who is not of the plan.
 */
export function advance(progress: Progress, step: ReleaseStep): Progress {
  if (step.step === "commit") return commit(progress, step.officer);
  if (step.step === "reveal") return reveal(progress, step.officer);
  const [from, to] = turns[step.step];
  return pass(progress, from, to);
}

/** The state at an instant: a co-signed release is published by time alone. */
export function stateAt({ state, publishesMs }: Progress, nowMs: UnixMs): ReleaseState {
  return state === "cosigned" && nowMs >= publishesMs ? "published" : state;
}

/** Whose step it is now: both must have made it before the next one can be. */
export function awaited({ officers, committed, revealed, state }: Progress): readonly string[] {
  if (state === "planned") return officers.filter((id) => !committed.includes(id));
  return state === "claimed" ? officers.filter((id) => !revealed.includes(id)) : [];
}

const turns = {
  claim: ["committed", "claimed"],
  draw: ["revealed", "drawn"],
  cosign: ["drawn", "cosigned"],
} as const satisfies Record<string, readonly [Progress["state"], Progress["state"]]>;

function pass(progress: Progress, from: Progress["state"], to: Progress["state"]): Progress {
  if (isAtLeast(progress, to)) return progress;
  if (progress.state !== from) throw new Fault("release.order");
  return { ...progress, state: to };
}

function commit(progress: Progress, officer: string): Progress {
  const committed = joined(progress, progress.committed, officer);
  return isComplete(progress, committed)
    ? pass({ ...progress, committed }, "planned", "committed")
    : { ...progress, committed };
}

function reveal(progress: Progress, officer: string): Progress {
  if (!isAtLeast(progress, "claimed")) throw new Fault("release.order");
  const revealed = joined(progress, progress.revealed, officer);
  return isComplete(progress, revealed)
    ? pass({ ...progress, revealed }, "claimed", "revealed")
    : { ...progress, revealed };
}

function joined({ officers }: Progress, there: readonly string[], officer: string): readonly string[] {
  if (!officers.includes(officer)) throw new Fault("release.officers");
  return there.includes(officer) ? there : [...there, officer];
}

function isComplete({ officers }: Progress, there: readonly string[]): boolean {
  return officers.every((id) => there.includes(id));
}

function isAtLeast({ state }: Progress, other: Progress["state"]): boolean {
  return releaseStates.indexOf(state) >= releaseStates.indexOf(other);
}
