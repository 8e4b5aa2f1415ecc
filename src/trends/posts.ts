import { Fault } from "../base/fault.ts";
import { checkParts, decodeLabels, isSignedLabels, type LabelsGap, type UnverifiedLabels } from "./labels.ts";
import type { Plan } from "./plan.ts";
import type { LabelItem } from "./row.ts";

/** What the reviewers of a quarter posted, as both officers read it. */
export interface ReadPosts {
  readonly items: readonly LabelItem[];
  /** A part of somebody's signed list that is not there: the officers look for it before they draw. */
  readonly gaps: readonly LabelsGap[];
  /** Posts that were not counted, by their place in the list, and why. */
  readonly refused: readonly { readonly index: number; readonly why: PostFlaw }[];
}

type PostFlaw =
  /** It does not open, or is no body of labels. */
  | "malformed"
  /** No reviewer of the roster signed it. */
  | "author"
  /** Of another instance or period than the plan's. */
  | "period"
  /** Counted by other versions of categories or places than the plan's. */
  | "version";

/**
 * The items in the bodies of a period's posts, in the order of the claim; null stands for one that did not open. `keysOf`
 * gives the Ed25519 keys of a reviewer by every roster of the period.
 */
export function readPosts(
  bodies: readonly (Uint8Array | null)[],
  plan: Pick<Plan, "instance" | "period" | "keySpace">,
  keysOf: (author: string) => readonly Uint8Array[],
): ReadPosts {
  const read = bodies.map((body) => postIn(body, plan, keysOf));
  const good = read.filter((one) => typeof one !== "string");
  return {
    items: good.flatMap(({ items }) => items),
    gaps: checkParts(good.map(({ head }) => head)),
    refused: read.flatMap((why, index) => (typeof why === "string" ? [{ index, why }] : [])),
  };
}

function postIn(
  body: Uint8Array | null,
  { instance, period, keySpace }: Pick<Plan, "instance" | "period" | "keySpace">,
  keysOf: (author: string) => readonly Uint8Array[],
): UnverifiedLabels | PostFlaw {
  const labels = body === null ? null : labelsIn(body);
  if (body === null || labels === null) return "malformed";
  const { head } = labels;
  if (!keysOf(head.author).some((key) => isSignedLabels(body, key))) return "author";
  if (head.instance !== instance || head.period !== period) return "period";
  const { taxonomy, geography } = keySpace;
  return head.taxonomy === taxonomy.version && head.geography === geography.version ? labels : "version";
}

function labelsIn(body: Uint8Array): UnverifiedLabels | null {
  try {
    return decodeLabels(body);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
