import { Fault } from "../../base/fault.ts";
import type { Sealed } from "../../base/brand.ts";
import type { Keep } from "../../quarter/officer/officer.ts";
import { parcelOf, postNote, postParcel, type Way } from "../../quarter/way.ts";

/**
 * What an officer in a browser keeps lies on the core: the seed as a parcel sealed to its owner, which dies with the rest
 * once the release is handed in. A draw is durable when it is left for the other officer, before it is shown; a co-signed
 * release is handed in instead of kept. A second attempt is for a terminal.
 */
export function keepOnCore(way: Way, officer: string): Keep {
  return {
    read: async ({ period, attempt, kept }) =>
      kept === "seed" && attempt === 1 ? parcelOf(way, period, "seed") : null,
    write: async ({ period, attempt, kept }, bytes) => {
      if (attempt !== 1) throw new Fault("release.redrawn");
      if (kept === "seed") await postParcel(way, { period, kind: "seed", officer }, bytes as Sealed);
      if (kept === "release") await postNote(way, bytes);
    },
    // The core destroyed it with everything else of the period.
    remove: () => Promise.resolve(),
  };
}
