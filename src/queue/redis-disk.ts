import type { Redis } from "ioredis";
import { Fault } from "../base/fault.ts";

/** One field of what `INFO` says, or null. */
function infoField(said: string, field: string): string | null {
  return new RegExp(`^${field}:(.*?)\\r?$`, "m").exec(said)?.[1] ?? null;
}

/**
 * @throws Fault `queue.evicts` when the server would drop jobs to make room. A server that does not say is believed.
 */
export async function refuseEviction(server: Redis): Promise<void> {
  const policy = infoField(await server.info("memory"), "maxmemory_policy");
  if (policy !== null && policy !== "noeviction") throw new Fault("queue.evicts");
}

/**
 * Has the server write its files anew, without the jobs that are done: an append-only file keeps every command, ids and
 * milliseconds and all, until it has doubled, and a snapshot what was there when it was made. Goes on behind our back;
 * what another rewrite is in the way of is left to the next sweep. False when the server does not let us, as managed
 * ones do not.
 */
export async function forgetOnDisk(server: Redis): Promise<boolean> {
  const said = await server.info("persistence");
  const appends = infoField(said, "aof_enabled") === "1" && infoField(said, "aof_rewrite_in_progress") === "0";
  const saves = infoField(said, "rdb_bgsave_in_progress") === "0" && (await takesSnapshots(server));
  try {
    if (saves) await server.bgsave("SCHEDULE");
    if (appends) await server.bgrewriteaof();
    return true;
  } catch {
    return false;
  }
}

/** A server that does not show its settings may well. */
async function takesSnapshots(server: Redis): Promise<boolean> {
  try {
    const [, schedule] = await server.config("GET", "save");
    return schedule !== "";
  } catch {
    return true;
  }
}
