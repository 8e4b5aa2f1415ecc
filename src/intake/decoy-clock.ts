import type { Chance } from "../base/chance.ts";
import { msPerHour } from "../base/clock.ts";
import { codeOf, Fault, type FaultCode } from "../base/fault.ts";
import type { Desk, Roster } from "../roster/roster.ts";
import type { Core } from "./core.ts";
import { decoysPerDay, nextAfterMs, sealDecoy, type Tally } from "./decoys.ts";

/** Calls back once after some milliseconds; what it returns calls it off. A test turns its own. */
export type Timer = (afterMs: number, run: () => void) => () => void;

export const systemTimer: Timer = (afterMs, run) => {
  const timer = setTimeout(run, afterMs);
  return () => clearTimeout(timer);
};

export interface DecoyParts {
  /** The same way in as every report's, `alike` but not `tallied`. */
  readonly core: Core;
  readonly roster: () => Roster;
  readonly tally: Tally;
  readonly floorPerDay: number;
  readonly chance: Chance;
  readonly timer: Timer;
  /** Called with the code of each decoy that could not be posted. It is not made up for: the next one comes. */
  readonly failed: (code: FaultCode) => void;
}

/** Rates and desks are looked at anew this often; to draw again early changes nothing of an exponential wait. */
const drawAgainMs = msPerHour;
/** An edge that starts while its core is away has no roster yet. */
const rosterAgainMs = 60_000;

/** Posts decoys for every desk of the roster until it is disposed of, which waits for the one under way. */
export function runDecoys(parts: DecoyParts): AsyncDisposable {
  let callOff: (() => void) | null = null;
  let underWay: Promise<void> = Promise.resolve();
  const draw = (): void => {
    const desks = desksOf(parts);
    const next = nextDecoy(parts, desks);
    callOff = parts.timer(next?.afterMs ?? (desks.length === 0 ? rosterAgainMs : drawAgainMs), () => {
      if (next !== null) underWay = Promise.all([underWay, postDecoy(parts, next.desk)]).then(() => undefined);
      draw();
    });
  };
  draw();
  return {
    [Symbol.asyncDispose]: () => {
      callOff?.();
      return underWay;
    },
  };
}

interface Next {
  readonly desk: Desk;
  readonly afterMs: number;
}

/** The first of all desks' clocks, or null when none strikes before it is time to draw again. */
function nextDecoy({ chance, tally, floorPerDay }: DecoyParts, desks: readonly Desk[]): Next | null {
  let first: Next | null = null;
  for (const desk of desks) {
    const afterMs = nextAfterMs(chance, decoysPerDay(tally.lastWeek(desk.id), floorPerDay));
    if (afterMs < (first?.afterMs ?? drawAgainMs)) first = { desk, afterMs };
  }
  return first;
}

/** None without a roster in force, which whoever looks after the roster has already said. */
function desksOf({ roster }: DecoyParts): readonly Desk[] {
  try {
    return roster().desks;
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
}

async function postDecoy({ core, roster, chance, failed }: DecoyParts, desk: Desk): Promise<void> {
  try {
    await core.accept(sealDecoy(roster(), desk, chance));
  } catch (error) {
    failed(codeOf(error));
  }
}
