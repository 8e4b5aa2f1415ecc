import { Fault } from "../../base/fault.ts";
import { parseJsonBytes, strictList, strictRecord } from "../../base/strict.ts";
import { askCore, type Ask, type CoreAddress } from "../../intake/core-address.ts";
import { parsePeriod, type Period } from "../../trends/period.ts";
import { noteAddress } from "./note-address.ts";
import type { PublicNote } from "./from-notes.ts";

/**
 * What an edge asks its core for: the plan of the newest release, and the release. Not a word of it is believed before both
 * officers' signatures were verified (from-notes.ts).
 *
 * Rejects with `core.unavailable`.
 */
export function remoteNotes(core: CoreAddress, ask: Ask = askCore): () => Promise<readonly PublicNote[]> {
  let kept: readonly PublicNote[] = [];
  return async () => {
    const period = newestIn(await bytesAt(core, "/api/releases", ask));
    if (period === null) return [];
    // A release is never another one later.
    if (kept[0]?.period !== period)
      kept = [await noteAt(core, period, "plan", ask), await noteAt(core, period, "release", ask)];
    return kept;
  };
}

async function noteAt(core: CoreAddress, period: Period, name: string, ask: Ask): Promise<PublicNote> {
  return { period, name, note: await bytesAt(core, noteAddress(period, name), ask) };
}

async function bytesAt(core: CoreAddress, path: string, ask: Ask): Promise<Uint8Array> {
  const { status, body } = await ask(core, path, null);
  if (status !== 200) throw new Fault("core.unavailable");
  return body;
}

/** The last period that has a release, or null when none has. */
function newestIn(body: Uint8Array): Period | null {
  const list = strictRecord(parseJsonBytes(body), ["notes"])?.["notes"];
  const named = strictList(list, (one) => {
    const record = strictRecord(one, ["period", "name"]);
    const period = parsePeriod(record?.["period"]);
    return period === null ? null : { period, name: record!["name"] };
  });
  if (named === null) throw new Fault("core.unavailable");
  const released = named.filter(({ name }) => name === "release").map(({ period }) => period);
  return released.toSorted().at(-1) ?? null;
}
