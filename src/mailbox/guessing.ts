import { randomDigits } from "./receipt.ts";

/**
 * Evaluations an instance answers in a second, queued apart, so that none starves the others (envelope.md). The web's
 * includes those of visitors without script, who can prove no work.
 */
export const evaluationsPerSecond = { phones: 10, web: 30, webWithoutScript: 5 } as const;

const secondsPerYear = 365.25 * 86_400;

/**
 * Mailboxes that somebody meets in a year who does nothing but guess and takes every evaluation there is: one guess an
 * evaluation, against all live mailboxes at once.
 */
export function expectedHitsPerYear(liveMailboxes: number): number {
  const guesses = (evaluationsPerSecond.phones + evaluationsPerSecond.web) * secondsPerYear;
  return guesses / expectedGuessesPerHit(liveMailboxes);
}

/** Guesses until one meets any of the live mailboxes, on average: each guess is tried against them all. */
export function expectedGuessesPerHit(liveMailboxes: number): number {
  return 10 ** randomDigits / liveMailboxes;
}
