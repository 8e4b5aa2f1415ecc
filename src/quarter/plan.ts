import { Fault } from "../base/fault.ts";
import { sha256 } from "../envelope/hash.ts";
import type { NoteVerifier } from "../envelope/note.ts";
import { takesLabels } from "../trends/calendar.ts";
import type { Period } from "../trends/period.ts";
import { verifyPlan, type Plan } from "../trends/plan.ts";
import type { Worker } from "./key.ts";
import { noteNames, noteOf } from "./way.ts";

/** A plan in force, and its hash, 32 bytes. */
export interface HeldPlan {
  readonly plan: Plan;
  readonly hash: Uint8Array;
}

/** A plan whose labels can be posted today. */
export type OpenPlan = Pick<Plan, "period" | "officers" | "keySpace">;

/** Keys of whoever is, or was, a release officer by these rosters. */
export function officerKeys({ rosters }: Pick<Worker, "rosters">): readonly NoteVerifier[] {
  return rosters.flatMap(({ reviewers }) =>
    reviewers.filter(({ roles }) => roles.includes("release")).map(({ verifier }) => verifier),
  );
}

/** The plan of a period, signed by two officers, or null. Rejects as `verifyPlan`: labels would go to nobody knows whom. */
export async function planOf(worker: Pick<Worker, "way" | "rosters">, period: Period): Promise<HeldPlan | null> {
  const note = await noteOf(worker.way, period, "plan");
  if (note === null) return null;
  return { plan: verifyPlan(note, worker.rosters[0]!.instance, officerKeys(worker)), hash: sha256(note) };
}

/**
 * The planned period whose labels are posted now, the earliest unless one is asked for; null when there is none. Rejects
 * with `release.claimed` for one that was claimed.
 */
export async function openPlan(worker: Worker, asked: Period | null): Promise<OpenPlan | null> {
  const [period] = await openPeriods(worker, asked);
  return period === undefined ? null : ((await planOf(worker, period))?.plan ?? null);
}

/** Planned periods whose labels are posted now, by what the server says alone. Rejects as `openPlan`. */
export async function openPeriods(
  worker: Pick<Worker, "way" | "rosters" | "today">,
  asked: Period | null = null,
): Promise<readonly Period[]> {
  const names = await noteNames(worker.way);
  const claimed = names.filter(({ name }) => name === "claim").map(({ period }) => period);
  if (asked !== null && claimed.includes(asked)) throw new Fault("release.claimed");
  const { instance } = worker.rosters[0]!;
  return names
    .filter(({ name, period }) => name === "plan" && (asked === null || asked === period) && !claimed.includes(period))
    .map(({ period }) => period)
    .filter((period) => takesLabels(instance, period, worker.today));
}
