import { dayOf, msPerDay, type UnixMs } from "../base/clock.ts";
import { Fault, type FaultCode } from "../base/fault.ts";
import type { NoteVerifier } from "../envelope/note.ts";
import { rosterHistory } from "./history.ts";
import type { Anchors, Reviewer, RosterBody } from "./roster.ts";
import { graceDays } from "./verify.ts";

/** What notes of releases are verified with: the board, and who the rosters named in those days (trends.md, Who computes). */
export interface RosterTrust {
  readonly instance: string;
  readonly board: { readonly verifiers: readonly NoteVerifier[]; readonly threshold: number };
  /** Release officers in service at some time between two instants. Throws Fault `roster.missing`. */
  readonly officers: (fromMs: UnixMs, untilMs: UnixMs) => readonly Pick<Reviewer, "verifier" | "organisation">[];
  /** The core's checkpoint keys, likewise. */
  readonly checkpoints: (fromMs: UnixMs, untilMs: UnixMs) => readonly NoteVerifier[];
}

export type RosterTrustVerdict =
  | { readonly ok: true; readonly trust: RosterTrust }
  | { readonly ok: false; readonly code: FaultCode; readonly path: string };

const folder = "rosters/";

/**
 * The trust that anchors and the files `rosters/<serial>.note` give: the newest is the board's, and every other one is the
 * very note that its successor names. A file that is none of them is refused, by its path.
 */
export function rosterTrust(anchors: Anchors, files: ReadonlyMap<string, Uint8Array>): RosterTrustVerdict {
  const notes = [...files].filter(([path]) => path.startsWith(folder));
  try {
    const history = rosterHistory(
      anchors,
      notes.map(([, note]) => note),
    );
    const known = new Map(history.map(({ body, note }) => [`${folder}${body.serial}.note`, note]));
    const stray = notes.find(([path, note]) => known.get(path) !== note);
    if (stray !== undefined) return { ok: false, code: "roster.link", path: stray[0] };
    const bodies = history.map(({ body }) => body);
    return { ok: true, trust: trustIn(anchors, bodies) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { ok: false, code: error.code, path: folder };
  }
}

function trustIn({ instance, board, threshold }: Anchors, history: readonly RosterBody[]): RosterTrust {
  const inForce = (fromMs: UnixMs, untilMs: UnixMs): readonly RosterBody[] => {
    const rosters = rostersInForce(history, fromMs, untilMs);
    if (rosters.length === 0) throw new Fault("roster.missing");
    return rosters;
  };
  return {
    instance,
    board: { verifiers: board.map(({ verifier }) => verifier), threshold },
    officers: (fromMs, untilMs) =>
      inForce(fromMs, untilMs).flatMap(({ reviewers }) =>
        reviewers.filter((one) => isOfficer(one) && one.from <= dayOf(untilMs) && dayOf(fromMs) <= one.until),
      ),
    checkpoints: (fromMs, untilMs) => inForce(fromMs, untilMs).map(({ checkpoint }) => checkpoint),
  };
}

function isOfficer({ roles }: Reviewer): boolean {
  return roles.includes("release");
}

/**
 * Rosters, newest first, that a server may have had in force at some time between two instants: from its issue on, until
 * 30 days after that of its successor, since a board's signatures take their time to come together.
 */
function rostersInForce(history: readonly RosterBody[], fromMs: UnixMs, untilMs: UnixMs): readonly RosterBody[] {
  return history.filter(({ issuedMs }, index) => {
    const successor = history[index - 1];
    const endsMs = successor === undefined ? Number.POSITIVE_INFINITY : successor.issuedMs + graceDays * msPerDay;
    return issuedMs <= untilMs && fromMs <= endsMs;
  });
}
