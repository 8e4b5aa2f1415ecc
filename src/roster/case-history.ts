import { equal } from "../base/bytes.ts";
import { codeOf } from "../base/fault.ts";
import type { History } from "../envelope/case-act.ts";
import { decodeCaseEvent, withoutHistory, type CaseEvent, type CaseEventBody } from "../envelope/case-event.ts";

/** What became of one place of the chain: the event, or why there is none. */
export type CaseLink = CaseEvent | "unopenable" | "malformed" | "differs";

type Bodies = readonly (CaseEventBody | null)[];

/**
 * The chain as this reader can know it. `bodies` are in order of the server's numbers, null for what does not open: a
 * reader who came later opens a history in their place. The last whole history speaks for everything before it, and must
 * not differ from what opens by itself.
 */
export function chainOf(bodies: Bodies): readonly CaseLink[] {
  const opened = bodies.map(linkOf);
  const carried = lastHistory(opened);
  if (carried === null) return opened;
  const { events, start } = carried;
  const former = events.map((body, index) => agreed(linkOf(body), opened[index] ?? "unopenable", index < start));
  // A history that holds too few leaves the rest as it opened; one that holds too many contradicts the server's count.
  const missing = opened.slice(former.length, start);
  return [...former.slice(0, start), ...missing, ...opened.slice(start), ...former.slice(start)];
}

/** The bodies behind `chainOf`, each as it opens or as the last whole history carries it; null where neither does. */
export function bodiesOf(bodies: Bodies): Bodies {
  const carried = lastHistory(bodies.map(linkOf));
  if (carried === null) return bodies;
  return bodies.map((body, index) => body ?? (index < carried.start ? (carried.events[index] ?? null) : null));
}

/** Every event of a chain, for the desk of the roster with this serial, as histories that each fit a file. */
export function historiesOf(
  bodies: readonly CaseEventBody[],
  serial: number,
  mostBytes = mostHistoryBytes,
): readonly History[] {
  const parts: CaseEventBody[][] = [[]];
  let room = mostBytes;
  for (const body of bodies.map(withoutHistory)) {
    if (body.length > room && parts.at(-1)!.length > 0) {
      parts.push([]);
      room = mostBytes;
    }
    parts.at(-1)!.push(body);
    room -= body.length;
  }
  return parts.map((events, index) => {
    const skip = parts.slice(0, index).reduce((sum, { length }) => sum + length, 0);
    return { serial, skip, events, more: index < parts.length - 1 };
  });
}

// The largest class less a head, and the lengths of some thousands of events.
const mostHistoryBytes = 230_000;

/** The events that the last whole history carries, and the place of its first part. */
function lastHistory(
  links: readonly CaseLink[],
): { readonly events: readonly CaseEventBody[]; readonly start: number } | null {
  const end = links.findLastIndex((link) => historyIn(link)?.more === false);
  const start = links.findLastIndex((link, index) => index <= end && historyIn(link)?.skip === 0);
  if (end < 0 || start < 0) return null;
  return { events: links.slice(start, end + 1).flatMap((link) => historyIn(link)?.events ?? []), start };
}

function linkOf(body: CaseEventBody | null): CaseLink {
  if (body === null) return "unopenable";
  try {
    return decodeCaseEvent(body);
  } catch (error) {
    if (codeOf(error) === "case.malformed") return "malformed";
    throw error;
  }
}

function historyIn(link: CaseLink): History | null {
  return typeof link !== "string" && link.act.kind === "history" ? link.act.history : null;
}

function agreed(carried: CaseLink, opened: CaseLink, inPlace: boolean): CaseLink {
  if (!inPlace) return "differs";
  if (typeof carried === "string" || opened === "unopenable") return carried;
  return typeof opened !== "string" && equal(carried.hash, opened.hash) ? carried : "differs";
}
