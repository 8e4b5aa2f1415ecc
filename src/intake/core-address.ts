import { concat } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import type { Secret } from "../base/secret.ts";

/** Where an edge's core listens, and what the two share. */
export interface CoreAddress {
  /** CORE_URL: http or https, perhaps with a path. */
  readonly url: string;
  readonly edgeSecret: Secret<string>;
}

/** A core slower than this is away: a phone waits ten seconds at most, and there may be repeats. */
const answerWithinMs = 2_500;

/** A core's answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly body: Uint8Array;
}

/** How the core is asked; a test puts its own in the place of `askCore`. */
export type Ask = (core: CoreAddress, path: string, post: RequestInit | null) => Promise<Answer>;

// The longest thing a core has to say is a roster: a hundred reviewers are a quarter of it.
const mostAnswerBytes = 1_048_576;

/**
 * One request, its answer whole. A redirect is an answer like any other and never followed: the address is the
 * operator's word, and the secret goes nowhere else.
 *
 * Rejects with `core.unavailable` when there is no answer in time, or one without an end.
 */
export const askCore: Ask = async ({ url }, path, post) => {
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    const response = await fetch(url.replace(/\/+$/, "") + path, { ...post, redirect: "manual", signal });
    return { status: response.status, body: await wholeBody(response) };
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault("core.unavailable", { cause });
  }
};

async function wholeBody(response: Response): Promise<Uint8Array> {
  if (response.body === null) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > mostAnswerBytes) throw new Fault("core.unavailable");
    chunks.push(chunk);
  }
  return concat(...chunks);
}
