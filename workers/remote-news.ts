import type { Clock } from "../src/base/clock.ts";
import type { Emit } from "../src/base/events.ts";
import { trendsFrom } from "../src/gate/trends/from-notes.ts";
import { newsIn } from "../src/gate/trends/news.ts";
import { remoteNotes } from "../src/gate/trends/remote.ts";
import type { CoreAddress } from "../src/intake/core-address.ts";
import { holdNews, type HeldNews } from "../src/intake/news.ts";
import type { Roster } from "../src/roster/roster.ts";

/** Whom an edge asks, and by whose roster it believes what it hears. */
export interface RemoteNewsMeans {
  readonly core: CoreAddress;
  readonly roster: () => Roster;
  readonly clock: Clock;
  readonly emit: Emit;
}

/** The news of an edge whose core is elsewhere: verified by the officers of the roster in force here. */
export function remoteNews({ core, roster, clock, emit }: RemoteNewsMeans): HeldNews {
  const source = trendsFrom(remoteNotes(core), () => {
    const { instance, reviewers } = roster();
    const officers = reviewers.filter(({ roles }) => roles.includes("release")).map(({ verifier }) => verifier);
    return { instance, officers };
  });
  return holdNews({ read: () => newsIn(source), clock, emit });
}
