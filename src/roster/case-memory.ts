import type { CaseEventHash, Door } from "../base/brand.ts";
import type { ReadCase } from "./case-write.ts";

/** The newest event that a reader saw of a case, as far as they keep it. */
export interface SeenHead {
  /** Made of the event's hash by `markOf`. */
  readonly mark: string;
  /** It was closed, or this reader had stepped aside: then the server may come to know of no case. */
  readonly ended: boolean;
}

/** What a reader remembers of cases between two readings. */
export interface CaseMemory {
  recall(door: Door): SeenHead | null;
  keep(door: Door, seen: SeenHead): void;
  /** The same for the same event of the same case; says nothing to whoever has not the reader's own key. */
  markOf(door: Door, hash: CaseEventHash): string;
}

/**
 * The case, with `rolledBack` among its problems when the event this reader had seen last when they asked for it is not in
 * it any more: the server shows an older or another history. Else its newest event is remembered, unless anything is
 * wrong with the case, or something was posted while it was fetched.
 */
export function remembering(
  memory: CaseMemory,
  door: Door,
  reviewer: string,
  read: ReadCase,
  seen: SeenHead | null = memory.recall(door),
): ReadCase {
  const { record, known } = read;
  const holds = (head: SeenHead): boolean =>
    known.timeline.some(({ event }) => memory.markOf(door, event.hash) === head.mark);
  if (seen !== null && !holds(seen) && !(record.head === null && seen.ended)) {
    const problem = { seq: record.first + record.bodies.length, problem: "rolledBack" } as const;
    return { ...read, known: { ...known, problems: [...known.problems, problem] } };
  }
  const newest = known.timeline.at(-1)?.event;
  const isSound = known.problems.every(({ problem }) => problem === "order" || problem === "begins");
  const since = memory.recall(door);
  if (newest !== undefined && isSound && (since === null || holds(since))) {
    const ended = known.state === "closed" || known.aside.includes(reviewer);
    memory.keep(door, { mark: memory.markOf(door, newest.hash), ended });
  }
  return read;
}
