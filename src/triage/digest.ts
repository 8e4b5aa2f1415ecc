import { concat, u32be, utf8 } from "../base/bytes.ts";
import { addDays, dayOf, hourOf, hourOfDay, quarterEnd, type Clock, type UnixDay, type UnixMs } from "../base/clock.ts";
import type { Emit } from "../base/events.ts";
import { hmacSha256 } from "../envelope/hash.ts";
import type { SigningKey } from "../envelope/sign.ts";
import { giveBackDigestTurn, takeDigestTurn, type DigestTurn } from "../store/digest.ts";
import type { Store } from "../store/open.ts";
import type { DigestTarget, SendDigest } from "./digest-send.ts";

/** Who is reminded when, as the operator wrote it down. */
export interface DigestPlan {
  /** Hours of the day in UTC, ascending. */
  readonly hours: readonly number[];
  /** Reviewers: at each of the hours. */
  readonly desk: readonly DigestTarget[];
  /** Release officers: at the first of the hours, on `officerDays`. */
  readonly officers: readonly DigestTarget[];
}

export interface Digest {
  readonly store: Store;
  readonly plan: DigestPlan;
  readonly send: SendDigest;
  /** The cluster's checkpoint key: what marks targets in the table is derived from it. */
  readonly key: SigningKey;
  readonly clock: Clock;
  readonly emit: Emit;
}

/** Once a minute; then the target waits for its next hour. */
const mostTries = 4;

/** Days from the end of a quarter: before it officers commit, after it they have 45 days to draw (trends.md). */
const officerDays = [-7, 7, 21, 35];

/**
 * The handler of a digest tick, each minute: sends what the hour owes and nobody has sent yet, whatever number of
 * processes tick. Nothing here looks at a report, a case or an answer (triage.md, queue digest).
 *
 * Rejects with `store.unavailable`; a target that is down is an event without data.
 */
export function digestTicks(digest: Digest): () => Promise<void> {
  const markKey = hmacSha256(digest.key.reveal(), utf8("gundo/digest-mark/v1"));
  return async () => {
    const nowMs = digest.clock.nowMs();
    const hour = hourOf(nowMs);
    const turns = dueAt(digest.plan, nowMs).map(async (target) => {
      await takeTurn(digest, target, { mark: markOf(markKey, target), hour });
    });
    const refused = (await Promise.allSettled(turns)).find((turn) => turn.status === "rejected");
    if (refused !== undefined) throw refused.reason;
  };
}

async function takeTurn({ store, send, emit }: Digest, target: DigestTarget, turn: DigestTurn): Promise<void> {
  const tries = await takeDigestTurn(store.db, turn, mostTries);
  if (tries === null) return;
  const outcome = await send(target, turn.hour);
  if (outcome === "notSent") await giveBackDigestTurn(store.db, turn);
  if (outcome === "unknown" || (outcome === "notSent" && tries === mostTries))
    emit({ event: "failed", part: "digest", code: "digest.unavailable" });
}

/** Whom this hour reminds. */
export function dueAt({ hours, desk, officers }: DigestPlan, nowMs: UnixMs): readonly DigestTarget[] {
  const hour = hourOfDay(hourOf(nowMs));
  if (!hours.includes(hour)) return [];
  return hour === hours[0] && isOfficerDay(dayOf(nowMs)) ? [...desk, ...officers] : desk;
}

/** Whether officers are reminded on this day: known years ahead, whatever there is to release. */
export function isOfficerDay(day: UnixDay): boolean {
  return officerDays.some((days) => {
    const end = addDays(day, -days);
    return quarterEnd(end) === end;
  });
}

/** Whoever has the table cannot try addresses: the key is not in it. */
function markOf(markKey: Uint8Array, target: DigestTarget): Uint8Array {
  const parts = target.kind === "email" ? [target.from, target.to.reveal()] : [target.url.reveal()];
  const fields = [target.kind, ...parts].map(utf8).flatMap((field) => [u32be(field.length), field]);
  return hmacSha256(markKey, concat(...fields));
}
