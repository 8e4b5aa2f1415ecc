import type { E164 } from "../base/brand.ts";

/**
 * A phone number as providers write it: an unescaped `+` of a form arrives as a space. Alphanumeric senders and short
 * codes are no phones: null.
 */
export function parseE164(text: string): E164 | null {
  const digits = /^[+ ]?([1-9]\d{7,14})$/.exec(text)?.[1];
  return digits === undefined ? null : (`+${digits}` as E164);
}
