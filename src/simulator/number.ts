import type { E164 } from "../base/brand.ts";
import { below, type Chance } from "../base/chance.ts";

/** Every number of this phone begins so: a range for tests, so that nobody types a real person's number into a demo. */
export const testPrefix = "+2237000";

/** One of the ten thousand test numbers. */
export function drawNumber(chance: Chance): E164 {
  return `${testPrefix}${below(chance, 10_000).toString().padStart(4, "0")}` as E164;
}

/** The test number with these last four digits, or null when they are not four digits. */
export function numberOf(lastFour: string): E164 | null {
  return /^\d{4}$/.test(lastFour) ? (`${testPrefix}${lastFour}` as E164) : null;
}

/** `+223 7000 1234`. */
export function spaced(number: E164): string {
  return `${number.slice(0, 4)} ${number.slice(4, 8)} ${number.slice(8)}`;
}
