import type { Roster } from "../roster/roster.ts";
import { findDesk } from "../roster/roster.ts";
import { Fault } from "../base/fault.ts";
import { shapeOf } from "../envelope/shape.ts";
import type { Core } from "./core.ts";

/**
 * The core, spared what anybody may post to an edge and no core would take: junk, and desks that do not exist. How many
 * stanzas are right is left to the core, which knows former rosters.
 */
export function guardCore(core: Core, roster: () => Roster): Core {
  return {
    accept: async (posting) => {
      if (findDesk(roster(), posting.desk) === null) throw new Fault("desk.unknown");
      if (shapeOf(posting.sealed) === null) throw new Fault("envelope.shape");
      return core.accept(posting);
    },
  };
}
