import { dayOf, type Clock, type UnixDay } from "../src/base/clock.ts";
import type { Mode } from "../src/config/config.ts";
import { demoInstance, parseInstance } from "../src/config/instance.ts";
import type { KeysDirectory } from "../src/config/keys.ts";
import type { NoteVerifier } from "../src/envelope/note.ts";
import { trendsFrom } from "../src/gate/trends/from-notes.ts";
import type { TrendsParts } from "../src/gate/trends.ts";
import { predecessors } from "../src/roster/chain.ts";
import type { Anchors } from "../src/roster/roster.ts";
import { verifySigned } from "../src/roster/verify.ts";
import type { Store } from "../src/store/open.ts";
import { shownNotes } from "../src/store/release.ts";
import { pack } from "./pack.ts";

/** Where a core has its releases and its keys. */
export interface TrendsMeans {
  readonly mode: Mode;
  readonly store: Store;
  readonly clock: Clock;
  readonly anchors: Anchors;
  readonly keys: Pick<KeysDirectory, "note" | "former" | "instance">;
}

/** The pages of trends over the store: only notes whose instant has come, each verified before it is shown. */
export function trendsOf(means: TrendsMeans): TrendsParts {
  const { store, clock, anchors, keys } = means;
  const { instance } = anchors;
  const source = trendsFrom(
    () => shownNotes(store.db, clock.nowMs()),
    () => ({ instance, officers: officersIn(anchors, keys) }),
  );
  return { source, clock, pack, instance, firstBulletin: firstBulletinOf(means) };
}

function firstBulletinOf({ mode, clock, keys }: TrendsMeans): UnixDay | null {
  const texts = keys.instance();
  if (texts !== null) return parseInstance(texts).firstBulletin;
  return mode === "demo" ? demoInstance(dayOf(clock.nowMs())).firstBulletin : null;
}

/** Whoever is release officer by the roster, also past its grace, or was by one before it: what they signed stays signed. */
function officersIn(anchors: Anchors, { note, former }: TrendsMeans["keys"]): readonly NoteVerifier[] {
  const roster = verifySigned(anchors, note());
  return [roster, ...predecessors(roster, former)].flatMap(({ reviewers }) =>
    reviewers.filter(({ roles }) => roles.includes("release")).map(({ verifier }) => verifier),
  );
}
