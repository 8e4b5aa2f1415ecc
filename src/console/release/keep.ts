import type { Keep } from "../../quarter/officer/officer.ts";
import { postNote, type Way } from "../../quarter/way.ts";

/**
 * An officer in a browser keeps nothing at hand: their seed lies on the core alone, sealed to them. A draw is durable when it
 * is left for the other officer, before it is shown; a co-signed release is handed in instead of kept.
 */
export function keepNothing(way: Way): Keep {
  return {
    read: () => Promise.resolve(null),
    write: async ({ kept }, bytes) => {
      if (kept === "release") await postNote(way, bytes);
    },
    // The core destroys it with everything else of the period.
    remove: () => Promise.resolve(),
  };
}
