import type { UnixMs } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { checkChain, serialsBetween } from "../../roster/chain.ts";
import type { Anchors } from "../../roster/roster.ts";
import { verifyRoster, type RosterMemory, type VerifiedRoster } from "../../roster/verify.ts";
import type { Api } from "../api.ts";

/**
 * The server's roster, verified against the reviewer's anchors and against the highest one this browser ever saw, over
 * every note between. Rejects as `verifyRoster` and `checkChain`, or with `roster.missing`.
 */
export async function fetchRoster(
  api: Api,
  anchors: Anchors,
  remembered: RosterMemory | null,
  nowMs: UnixMs,
): Promise<VerifiedRoster> {
  const note = await api.publicBytes("/keys/roster.note");
  if (note === null) throw new Fault("roster.missing");
  return verifyServed(api, anchors, note, remembered, nowMs);
}

/** The same for a note that the server gave otherwise. */
export async function verifyServed(
  api: Api,
  anchors: Anchors,
  note: Uint8Array,
  remembered: RosterMemory | null,
  nowMs: UnixMs,
): Promise<VerifiedRoster> {
  const verified = verifyRoster(anchors, note, remembered, nowMs);
  const between = new Map<number, Uint8Array | null>();
  for (const serial of serialsBetween(verified.roster, remembered))
    between.set(serial, await api.publicBytes(`/keys/roster/${serial}.note`));
  checkChain(anchors, verified.roster, remembered, (serial) => between.get(serial) ?? null);
  return verified;
}
