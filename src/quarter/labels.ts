import { concat } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { sign } from "../envelope/sign.ts";
import type { Label } from "../envelope/case-act.ts";
import type { Report } from "../envelope/report.ts";
import type { Case } from "../roster/case.ts";
import { countedLabel, unitOf } from "../trends/counted.ts";
import { encodeLabels, labelsMessage } from "../trends/labels.ts";
import type { Period } from "../trends/period.ts";
import { labelItemOf } from "../trends/token.ts";
import type { OpenPlan } from "./plan.ts";
import { makesQuarterKey, readQuarterKey, sealedTo, shareQuarterKey, type Worker } from "./key.ts";
import { postLabels } from "./way.ts";

/** A case as its leader reads it, and the report it is about. */
export interface LedCase {
  readonly report: Report;
  readonly known: Case;
}

/** What leaves a case, before it is made into tokens. */
export interface Counted {
  readonly category: string;
  readonly place: string;
  readonly unit: string;
  readonly locality?: string;
}

/**
 * What of these cases counts in a period (trends.md, Labels): of those that this reviewer leads, the label that
 * `countedLabel` finds. An event of which something is wrong counts for nothing.
 */
export function countedOf(cases: readonly LedCase[], reviewer: string, period: Period): readonly Counted[] {
  return cases.flatMap(({ report, known }) => {
    if (known.lead !== reviewer) return [];
    const label = countedLabel(labelsOf(known), period);
    if (label === null) return [];
    const { category, place, unit, locality } = label;
    return [{ category, place, unit: unit ?? unitOf(report), ...(locality !== undefined && { locality }) }];
  });
}

function labelsOf({
  timeline,
  problems,
}: Case): readonly { readonly day: Case["timeline"][0]["event"]["day"]; readonly label: Label }[] {
  const wrong = new Set(problems.map(({ seq }) => seq));
  return timeline.flatMap(({ seq, event: { day, act } }) =>
    act.kind === "label" && !wrong.has(seq) ? [{ day, label: act.label }] : [],
  );
}

/**
 * Posts a period's labels: made into tokens under the quarter's key, among dummies, signed, sealed to both officers of the
 * plan. Whoever makes the key makes it now, if it was not made yet. With nothing to say a file goes out too.
 *
 * Rejects with `quarterKey.missing` before the first lead made the key, or as `postLabels`.
 */
export async function leaveLabels(
  worker: Worker,
  { period, officers, keySpace }: OpenPlan,
  counted: readonly Counted[],
): Promise<void> {
  const versions = { taxonomy: keySpace.taxonomy.version, geography: keySpace.geography.version };
  if (makesQuarterKey(worker)) await shareQuarterKey(worker, period);
  const key = await readQuarterKey(worker, period);
  if (key === null) throw new Fault("quarterKey.missing");
  const [roster] = worker.rosters;
  const author = { instance: roster!.instance, period, author: worker.keys.id, ...versions };
  const items = counted.map((one) => labelItemOf(one, key));
  const recipients = officers.map((id) => {
    const officer = roster!.reviewers.find((one) => one.id === id && one.roles.includes("release"));
    if (officer === undefined) throw new Fault("release.order");
    return officer.recipient;
  });
  for (const unsigned of encodeLabels(items, author, worker.chance)) {
    const body = concat(unsigned, sign(worker.keys.signing, labelsMessage(unsigned)));
    await postLabels(worker.way, period, sealedTo(recipients, { kind: "labels", body }, worker.chance));
  }
}
