import { concat, readU32be, utf8 } from "../base/bytes.ts";
import { parseJson, strictInteger } from "../base/strict.ts";
import { sha256 } from "./hash.ts";

/** What a server asks before it does something that anybody could ask for endlessly (web.md; operations.md, Headers). */
export interface WorkChallenge {
  /** Visible ASCII, up to 128 signs; its form is its server's own affair. */
  readonly challenge: string;
  /** 1 to 24: the work is 2^difficultyBits hashes on average. */
  readonly difficultyBits: number;
}

/** `<challenge>.<counter>`: where an answer travels. */
export const workHeader = "gundo-work";
/** Sixteen seconds of a laptop and minutes of a phone: who asks for more only wants to see it burn. */
export const mostWorkBits = 24;
const mostTries = 3;

/** The header's value. Holds its thread: a page calls it in a worker. */
export function solveWork({ challenge, difficultyBits }: WorkChallenge): string {
  const trial = trialOf(challenge);
  let counter = 0;
  while (!hasWork(trial, counter, difficultyBits)) counter++;
  return `${challenge}.${counter}`;
}

/** Whether this counter answers the challenge. Costs two hashes. */
export function isSolved({ challenge, difficultyBits }: WorkChallenge, counter: number): boolean {
  return hasWork(trialOf(challenge), counter, difficultyBits);
}

/** A header's challenge and counter, or null when it is none. */
export function splitWork(header: string): { readonly challenge: string; readonly counter: number } | null {
  const [, challenge, digits] = /^([!-~]{1,128})\.(0|[1-9]\d{0,9})$/.exec(header) ?? [];
  const counter = Number(digits);
  return challenge === undefined || counter >= 2 ** 32 ? null : { challenge, counter };
}

/** The challenge in a problem document (RFC 9457 §3.2), or null when it asks for none, or for more than anybody should do. */
export function challengeIn(problem: string): WorkChallenge | null {
  const { challenge, difficultyBits } = Object(parseJson(problem)) as Readonly<Record<string, unknown>>;
  const bits = strictInteger(difficultyBits, 1, mostWorkBits);
  if (bits === null || typeof challenge !== "string" || !/^[!-~]{1,128}$/.test(challenge)) return null;
  return { challenge, difficultyBits: bits };
}

/** One request with these headers besides its own. */
export type AskWith = (headers: Readonly<Record<string, string>>) => Promise<Response>;

/**
 * Asks, and when the answer asks for work does it and asks again. The difficulty may have risen meanwhile, so three
 * times at most; the last answer comes back whatever it is.
 */
export async function askWithWork(
  ask: AskWith,
  solve: (asked: WorkChallenge) => string | Promise<string> = solveWork,
): Promise<Response> {
  let response = await ask({});
  for (let tries = 0; tries < mostTries && response.status === 429; tries++) {
    const asked = challengeIn(await response.clone().text());
    if (asked === null) break;
    const work = await solve(asked);
    // While this thread was held the server may have closed a connection, which is noticed only in a turn of the loop.
    await new Promise((resolve) => void setTimeout(resolve, 0));
    response = await ask({ [workHeader]: work });
  }
  return response;
}

/** SHA-256(challenge) || counter u32be, the counter still to be put in: each trial hashes one block. */
function trialOf(challenge: string): DataView<ArrayBuffer> {
  return new DataView(concat(sha256(utf8(challenge)), new Uint8Array(4)).buffer);
}

/** Whether the digest with this counter begins with so many zero bits. */
function hasWork(trial: DataView<ArrayBuffer>, counter: number, bits: number): boolean {
  trial.setUint32(32, counter);
  return readU32be(sha256(new Uint8Array(trial.buffer)), 0) < 2 ** (32 - bits);
}
