import type { UnixMs } from "../../base/clock.ts";
import { checkChain, serialsBetween } from "../../roster/chain.ts";
import { verifyRoster, type VerifiedRoster } from "../../roster/verify.ts";
import type { TrustedAnchors } from "../anchors.ts";
import type { Client } from "../client.ts";
import { memoryBeside } from "./memory.ts";

/**
 * The server's roster, verified against anchors and against the highest one ever seen here, over every note between; then
 * it is the highest one seen. Rejects as `verifyRoster` and `checkChain`, or with `cli.unreachable`, `cli.file`.
 */
export async function fetchRoster(
  client: Pick<Client, "bytes" | "formerNote">,
  { anchors, path }: TrustedAnchors,
  nowMs: UnixMs,
): Promise<VerifiedRoster> {
  const memory = memoryBeside(path);
  const remembered = memory.read();
  const verified = verifyRoster(anchors, await client.bytes("/keys/roster.note"), remembered, nowMs);
  const { roster } = verified;
  const between = new Map<number, Uint8Array | null>();
  for (const serial of serialsBetween(roster, remembered)) between.set(serial, await client.formerNote(serial));
  checkChain(anchors, roster, remembered, (serial) => between.get(serial) ?? null);
  if (roster.serial !== remembered?.serial) memory.write({ serial: roster.serial, noteHash: roster.noteHash });
  return verified;
}
