import { dayOf, type UnixMs } from "../../base/clock.ts";
import type { ReleaseContent } from "../../trends/content.ts";
import { epsilonText } from "../../trends/epsilon.ts";
import { cellsOf, tableIds, type BothLanguages } from "../../trends/key-space.ts";
import { lastDay, periodAfter, type Period } from "../../trends/period.ts";
import { keepsCalendar, type Plan } from "../../trends/plan.ts";
import type { Release } from "../../trends/release-note.ts";

/** A release whose instant has come. */
export interface Released {
  readonly release: Release;
  readonly content: ReleaseContent;
  /** SHA-256 of its note, 32 bytes. */
  readonly hash: Uint8Array;
  readonly signers: readonly string[];
  readonly errata: readonly BothLanguages[];
}

/** A quarter that was planned, and what anybody may read of it now. */
export interface Quarter {
  readonly plan: Plan;
  /** Names of its public notes: `plan`, `commit-oumar`, `claim`, `release`. */
  readonly notes: readonly string[];
  readonly released: Released | null;
}

/** All that anybody may read now. */
export interface Trends {
  /** Oldest first; each period follows the one before. */
  readonly quarters: readonly Quarter[];
  /** Another one whenever anything else may be read. */
  readonly version: string;
}

/** Where the pages of trends have it from: the store, or a test. Nothing before its instant ever passes here. */
export interface TrendSource {
  read(): Promise<Trends>;
}

/** The quarter of this period, or null. */
export function quarterOf({ quarters }: Trends, period: Period): Quarter | null {
  return quarters.find(({ plan }) => plan.period === period) ?? null;
}

/** The newest release, or null before the first. */
export function latestOf({ quarters }: Trends): Released | null {
  return quarters.findLast(({ released }) => released !== null)?.released ?? null;
}

/** Quarters newer than the latest release whose instant has passed with nothing. */
export function emptyOf({ quarters }: Trends, nowMs: UnixMs): readonly Quarter[] {
  const from = quarters.findLastIndex(({ released }) => released !== null) + 1;
  return quarters.slice(from).filter(({ plan }) => plan.publishesMs <= nowMs);
}

/** The next quarter that has an instant to come, or null. */
export function comingOf({ quarters }: Trends, nowMs: UnixMs): Quarter | null {
  return quarters.find(({ plan, released }) => released === null && plan.publishesMs > nowMs) ?? null;
}

/** The release of the quarter before, if its cells and their noise were the same: else no difference means anything. */
export function comparedWith({ quarters }: Trends, { content }: Released): ReleaseContent | null {
  const before = quarters.find(({ plan }) => periodAfter(plan.period) === content.period)?.released ?? null;
  return before !== null && isAlike(before.content, content) ? before.content : null;
}

function isAlike(a: ReleaseContent, b: ReleaseContent): boolean {
  return tableIds.every(
    (table) =>
      epsilonText(a.epsilon[table]) === epsilonText(b.epsilon[table]) &&
      cellsOf(table, a.keySpace).join() === cellsOf(table, b.keySpace).join(),
  );
}

/** How far a quarter has come, as far as anybody may know. */
export type Standing = "planned" | "uncommitted" | "committed" | "labels" | "claimed" | "published" | "nothing";

/** Where a quarter stands at this instant; a demo is held to no date but that of its publication. */
export function standingOf({ plan, notes, released }: Quarter, nowMs: UnixMs): Standing {
  if (released !== null) return "published";
  if (plan.publishesMs <= nowMs) return "nothing";
  if (notes.includes("claim")) return "claimed";
  const isOver = keepsCalendar(plan.instance) && dayOf(nowMs) > lastDay(plan.period);
  if (uncommittedIn({ plan, notes }).length > 0) return isOver ? "uncommitted" : "planned";
  return isOver ? "labels" : "committed";
}

/** The officers of the plan who have not committed to a seed. */
export function uncommittedIn({ plan, notes }: Pick<Quarter, "plan" | "notes">): readonly string[] {
  return plan.officers.filter((id) => !notes.includes(`commit-${id}`));
}
