import type { E164 } from "../../base/brand.ts";
import type { SendOutcome } from "../outbound.ts";

/** How a simulated provider behaves towards one number. */
export interface Conduct {
  /** What the emulator does: an HTTP status with or without a recipient in its body, half an answer, or none at all. */
  readonly does:
    | { readonly answers: number; readonly statusCode: number | null }
    | { readonly answers: "hangs" | "half" };
  /** What a driver makes of it. */
  readonly outcome: SendOutcome["kind"];
  /** Whether the phone gets the message all the same. */
  readonly arrives: boolean;
}

const good: Conduct = { does: { answers: 201, statusCode: 101 }, outcome: "accepted", arrives: true };

function said(statusCode: number, outcome: SendOutcome["kind"]): Conduct {
  return { does: { answers: 201, statusCode }, outcome, arrives: outcome === "accepted" };
}

function status(answers: number, outcome: SendOutcome["kind"], arrives = false): Conduct {
  return { does: { answers, statusCode: null }, outcome, arrives };
}

/** Trouble by the last four digits after +223 7009: `0` and a status code inside the answer, `1` and one of HTTP, `2` none or half an answer. */
export const conducts: Readonly<Record<string, Conduct>> = {
  "0100": said(100, "accepted"),
  "0102": said(102, "accepted"),
  "0401": said(401, "held"),
  "0402": said(402, "held"),
  "0403": said(403, "refused"),
  "0404": said(404, "refused"),
  "0405": said(405, "held"),
  "0406": said(406, "refused"),
  "0407": said(407, "notSent"),
  "0409": said(409, "refused"),
  "0500": said(500, "notSent"),
  "0501": said(501, "notSent"),
  "0502": said(502, "notSent"),
  "0999": said(999, "unknown"),
  "1200": status(200, "unknown", true),
  "1201": status(201, "held"),
  "1400": status(400, "held"),
  "1401": status(401, "held"),
  "1409": status(409, "refused"),
  "1429": status(429, "notSent"),
  "1500": status(500, "notSent"),
  "1503": status(503, "notSent"),
  "2001": { does: { answers: "hangs" }, outcome: "unknown", arrives: true },
  "2002": { does: { answers: "half" }, outcome: "unknown", arrives: true },
};

const prefix = "+2237009";

/** Every number outside the range of trouble is a good one. */
export function conductOf(number: E164): Conduct {
  return (number.startsWith(prefix) ? conducts[number.slice(prefix.length)] : undefined) ?? good;
}

/** The number that is met so. */
export function numberFor(conduct: string): E164 {
  return `${prefix}${conduct}` as E164;
}
