import type { Context } from "hono";
import { base64url, concat, equal, fromBase64url, utf8 } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import type { Clock } from "../base/clock.ts";
import { hmacSha256 } from "../envelope/hash.ts";
import { isSolved, mostWorkBits, splitWork, workHeader } from "../envelope/work.ts";
import { problem } from "./problem.ts";

/** What work is done for: an answer for one is none for another. */
export type WorkPurpose = "evaluate" | "report" | "part" | "write" | "order";

/** Asks for proof of work. Of who asked and who answered nothing is kept, but that an answer was used. */
export interface WorkGuard {
  /** Null when the work was done or none is asked (0 bits); else the problem that asks for it. */
  refusal(context: Context, purpose: WorkPurpose, bits: number): Response | null;
}

/** 2^17 hashes, half a second of an old laptop: always asked where each request takes disk and no load tells of it. */
export const writeBits = 17;
/** 2^14 hashes: what is asked where anything is. */
export const leastBits = 14;
// Difficulty moves while an honest answer is made; who hoards easy challenges gains two bits by it and no more.
const slackBits = 2;
/** A challenge serves in the minute it was made and in the next. */
const minuteMs = 60_000;
/** Answers remembered in one such minute, each paid with 2^14 hashes at least: 3 MB. */
const mostUsed = 32_768;

/** Difficulty under load: 0 while it is below `free`, then 14 bits, and one more for every `step`. */
export function bitsUnder(load: number, free: number, step: number): number {
  return load < free ? 0 : Math.min(leastBits + Math.floor((load - free) / step), mostWorkBits - slackBits);
}

interface Minute {
  readonly key: Uint8Array;
  readonly used: Set<string>;
}

/** Challenges are authenticated and not kept: their key lies in this process's memory and lives two minutes. */
export function openWorkGuard(clock: Clock, chance: Chance): WorkGuard {
  const fresh = (): Minute => ({ key: chance.bytes(32), used: new Set() });
  let [current, previous] = [fresh(), fresh()];
  let sinceMs = clock.nowMs();
  const turn = (): void => {
    const minutes = Math.abs(clock.nowMs() - sinceMs) / minuteMs;
    // Once a minute, or when memory is full: then what was handed out dies early, and whoever holds it works once more.
    const full = Math.max(current.used.size, previous.used.size) >= mostUsed;
    if (minutes < 1 && !full) return;
    [current, previous] = [fresh(), minutes >= 2 || full ? fresh() : current];
    sinceMs = clock.nowMs();
  };
  const isDone = (header: string | undefined, purpose: WorkPurpose, bits: number): boolean => {
    const answer = splitWork(header ?? "");
    const asked = answer && readChallenge(answer.challenge, purpose);
    if (answer === null || asked === null || asked.bits < bits - slackBits) return false;
    const minute = [current, previous].find(({ key }) => equal(asked.tag, tagOf(key, asked.signed)));
    if (minute === undefined || minute.used.has(answer.challenge)) return false;
    if (!isSolved({ challenge: answer.challenge, difficultyBits: asked.bits }, answer.counter)) return false;
    minute.used.add(answer.challenge);
    return true;
  };
  return {
    refusal: (context, purpose, bits) => {
      turn();
      if (bits === 0 || isDone(context.req.header(workHeader), purpose, bits)) return null;
      const signed = `${purpose}.${bits}.${base64url(chance.bytes(16))}`;
      const challenge = `${signed}.${base64url(tagOf(current.key, signed))}`;
      return problem("work.required", { challenge, difficultyBits: bits });
    },
  };
}

interface Read {
  readonly bits: number;
  /** What `tag` authenticates. */
  readonly signed: string;
  readonly tag: Uint8Array;
}

/** `<purpose>.<bits>.<nonce>.<tag>`, or null when it is of another form or purpose. */
function readChallenge(challenge: string, purpose: WorkPurpose): Read | null {
  const [named, bits, nonce, tagText, ...rest] = challenge.split(".");
  const tag = fromBase64url(tagText ?? "");
  if (named !== purpose || tag === null || rest.length > 0 || !/^[1-9]\d?$/.test(bits ?? "")) return null;
  return { bits: Number(bits), signed: `${named}.${bits}.${nonce}`, tag };
}

function tagOf(key: Uint8Array, signed: string): Uint8Array {
  return hmacSha256(key, concat(utf8("gundo/work/v1 "), utf8(signed))).subarray(0, 16);
}
