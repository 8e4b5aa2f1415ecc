import type { E164 } from "../base/brand.ts";
import type { UnixMs } from "../base/clock.ts";

/** The code that is dialled for the tip line, and the short code that texts go to; a demo's own. */
export const serviceCode = "*384*1234#";
export const shortCode = "36033";

/** Letters that an operator lets through in one answer (phones.md, Dialogue). */
export const mostAnswerUnits = 80;

/** A USSD session as the provider keeps it: everything typed since the code was dialled. */
export interface Call {
  readonly sessionId: string;
  readonly number: E164;
  /** Answers so far, joined by `*`. */
  readonly text: string;
  readonly startedMs: UnixMs;
  /** Turns so far, the first included. */
  readonly hops: number;
  /** What the gateway answered last, with its `CON ` or `END `; empty before the first answer. */
  readonly lastResponse: string;
}

/**
 * The digits dialled with the code, or null when it is another code. `*384*1234*1#` gives `1`: a deep dial, whose digits
 * the provider puts before all answers.
 */
export function dialled(typed: string): string | null {
  const digits = /^\*384\*1234(?:\*([0-9*]*))?#$/.exec(typed.replaceAll(" ", ""));
  return digits === null ? null : (digits[1] ?? "");
}

/** The session after one more answer. */
export function withAnswer(call: Call, answer: string): Call {
  const kept = answer.slice(0, mostAnswerUnits);
  return { ...call, text: call.text === "" ? kept : `${call.text}*${kept}`, hops: call.hops + 1 };
}

/** What became of a turn. `failed`: no answer in time, or one that is no screen; the provider then ends the session. */
export type Reply =
  | { readonly kind: "asks"; readonly response: string; readonly screen: string }
  | { readonly kind: "ends"; readonly response: string; readonly screen: string }
  | { readonly kind: "failed" };

/** Reads a gateway's answer as Africa's Talking does: status 200, then exactly `CON ` or `END ` and the screen. */
export function readReply(status: number, response: string): Reply {
  const screen = response.slice(4);
  if (status === 200 && response.startsWith("CON ")) return { kind: "asks", response, screen };
  if (status === 200 && response.startsWith("END ")) return { kind: "ends", response, screen };
  return { kind: "failed" };
}
