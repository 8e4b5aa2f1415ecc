import { Fault } from "../base/fault.ts";
import { strictInteger, strictRecord } from "../base/strict.ts";
import { epsilonText, isMore, parseEpsilon, sumOf, timesOf } from "./epsilon.ts";
import { tableIds, type Epsilon, type TableId } from "./key-space.ts";
import { mostAttempts } from "./note.ts";
import { epsilonsOf, type Plan } from "./plan.ts";
import { parsePeriod, type Period } from "./period.ts";

/** What one release spent of the budget of whoever was counted in it. */
export interface LedgerLine {
  readonly period: Period;
  /** How often it was drawn: each draw spent the same. */
  readonly attempts: number;
  /** Spent by each table, all draws together. */
  readonly spent: Readonly<Record<TableId, Epsilon>>;
  /** Of both tables. */
  readonly sum: Epsilon;
  /** Of this and all lines before: what somebody spent who was counted in every release. */
  readonly total: Epsilon;
}

/** One line a release, oldest first. Each release note carries the whole of it, and the hash of the note before. */
export type Ledger = readonly LedgerLine[];

/**
 * The ledger with one release more.
 *
 * @throws Fault `release.overspent` when its draws cost more than the plan's budget allows each; `release.chain` when a
 * line of this period or a later one is there.
 */
export function spend(before: Ledger, plan: Pick<Plan, "period" | "epsilon" | "budget">, attempts: number): Ledger {
  const { period, epsilon, budget } = plan;
  const last = before.at(-1);
  if (last !== undefined && last.period >= period) throw new Fault("release.chain");
  const spent = { t1: timesOf(epsilon.t1, attempts), t2: timesOf(epsilon.t2, attempts) };
  const sum = sumOf(tableIds.map((table) => spent[table]));
  if (isMore(sum, timesOf(budget, attempts))) throw new Fault("release.overspent");
  const total = sumOf([...(last === undefined ? [] : [last.total]), sum]);
  return [...before, { period, attempts, spent, sum, total }];
}

/** A line in one order of fields, fractions as text. */
export function ledgerLineJson({ period, attempts, spent, sum, total }: LedgerLine): object {
  return {
    period,
    attempts,
    spent: { t1: epsilonText(spent.t1), t2: epsilonText(spent.t2) },
    sum: epsilonText(sum),
    total: epsilonText(total),
  };
}

/** The line in a JSON value, or null. That its sums are right, `spend` tells. */
export function parseLedgerLine(value: unknown): LedgerLine | null {
  const record = strictRecord(value, ["period", "attempts", "spent", "sum", "total"]);
  const period = parsePeriod(record?.["period"]);
  const attempts = strictInteger(record?.["attempts"], 1, mostAttempts);
  const spent = epsilonsOf(record?.["spent"]);
  const sum = parseEpsilon(record?.["sum"]);
  const total = parseEpsilon(record?.["total"]);
  if (period === null || attempts === null || spent === null || sum === null || total === null) return null;
  return { period, attempts, spent, sum, total };
}

/** Whether two ledgers say the same, line by line. */
export function isSameLedger(a: Ledger, b: Ledger): boolean {
  return JSON.stringify(a.map(ledgerLineJson)) === JSON.stringify(b.map(ledgerLineJson));
}
