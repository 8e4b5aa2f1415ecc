import { fromBase64url, fromUtf8 } from "./bytes.ts";

/** The object, or null unless it is a plain one with every key of `required`, some of `optional` and no other. */
export function strictRecord(
  value: unknown,
  required: readonly string[],
  optional: readonly string[] = [],
): Readonly<Record<string, unknown>> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const keys = Object.keys(value);
  const known = keys.every((key) => required.includes(key) || optional.includes(key));
  return known && required.every((key) => keys.includes(key)) ? (value as Readonly<Record<string, unknown>>) : null;
}

/** Every element through `parse`, or null when the value is no array or one element is refused. */
export function strictList<T>(value: unknown, parse: (element: unknown) => T | null): readonly T[] | null {
  if (!Array.isArray(value)) return null;
  const parsed: T[] = [];
  for (const element of value) {
    const one = parse(element);
    if (one === null) return null;
    parsed.push(one);
  }
  return parsed;
}

/** The text, or null unless `value` is a string that `pattern` matches as a whole. */
export function strictText(value: unknown, pattern: RegExp): string | null {
  return typeof value === "string" && pattern.test(value) ? value : null;
}

/** The integer, or null unless it lies in [least, most]. */
export function strictInteger(value: unknown, least: number, most: number): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most ? value : null;
}

/** The bytes, or null unless `value` is canonical base64url of this many. */
export function strictBytes(value: unknown, length: number): Uint8Array | null {
  const bytes = typeof value === "string" ? fromBase64url(value) : null;
  return bytes?.length === length ? bytes : null;
}

/** The value of a JSON text, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The value of JSON in UTF-8, or undefined when it is neither, or nothing came. */
export function parseJsonBytes(bytes: Uint8Array | null): unknown {
  return bytes === null ? undefined : parseJson(fromUtf8(bytes) ?? "");
}
