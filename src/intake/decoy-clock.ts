import type { Chance } from "../base/chance.ts";
import type { Clock } from "../base/clock.ts";
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
  readonly clock: Clock;
  readonly chance: Chance;
  readonly timer: Timer;
  /** Called with the code of each decoy that could not be posted. It is not made up for: the next one comes. */
  readonly failed: (code: FaultCode) => void;
}

/** Rates and desks are looked at anew this often; to draw again early changes nothing of an exponential wait. */
const drawAgainMs = msPerHour;

/** Posts decoys for every desk of the roster until it is disposed of, which waits for the one under way. */
export function runDecoys(parts: DecoyParts): AsyncDisposable {
  let callOff: () => void = () => undefined;
  let underWay: Promise<void> = Promise.resolve();
  const draw = (): void => {
    const next = nextDecoy(parts);
    callOff = parts.timer(next?.afterMs ?? drawAgainMs, () => {
      if (next !== null) underWay = Promise.all([underWay, postDecoy(parts, next.desk)]).then(() => undefined);
      draw();
    });
  };
  draw();
  return {
    [Symbol.asyncDispose]: () => {
      callOff();
      return underWay;
    },
  };
}

interface Next {
  readonly desk: Desk;
  readonly afterMs: number;
}

/** The first of all desks' clocks, or null when none strikes before it is time to draw again or there is no roster yet. */
function nextDecoy(parts: DecoyParts): Next | null {
  let first: Next | null = null;
  for (const desk of desksOf(parts)) {
    const afterMs = nextAfterMs(parts.chance, decoysPerDay(parts.tally.lastWeek(desk.id), parts.floorPerDay));
    if (afterMs < (first?.afterMs ?? drawAgainMs)) first = { desk, afterMs };
  }
  return first;
}

function desksOf({ roster, failed }: DecoyParts): readonly Desk[] {
  try {
    return roster().desks;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    failed(error.code);
    return [];
  }
}

async function postDecoy({ core, roster, chance, failed }: DecoyParts, desk: Desk): Promise<void> {
  try {
    await core.accept(sealDecoy(roster(), desk, chance));
  } catch (error) {
    failed(codeOf(error));
  }
}
