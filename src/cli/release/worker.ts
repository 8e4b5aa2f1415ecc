import type { Sealed } from "../../base/brand.ts";
import { systemChance } from "../../base/chance.ts";
import { dayOf, systemClock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { decodeFrame, type Frame } from "../../envelope/frame.ts";
import { open } from "../../envelope/open.ts";
import type { Worker } from "../../quarter/key.ts";
import { formerRosters } from "../case/record.ts";
import type { Reader } from "../reader.ts";

/** A reader at work in a quarter; former rosters are fetched, since who posted may have left meanwhile. Signed in. */
export async function workerOf(reader: Reader): Promise<Worker> {
  return {
    way: reader.client,
    rosters: [reader.roster, ...(await formerRosters(reader))],
    keys: reader.keys,
    today: dayOf(systemClock.nowMs()),
    chance: systemChance,
    open: (files) => Promise.resolve(files.map((sealed) => frameIn(reader, sealed))),
  };
}

function frameIn({ keys, decapsulator }: Reader, sealed: Sealed): Frame | null {
  try {
    return decodeFrame(open(sealed, keys.identity, decapsulator));
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
