/** The only lengths a frame may have, in bytes (envelope.md, Frame): what is stored tells no more than its class. */
export const sizeClasses = [8192, 32_768, 131_072, 262_144] as const;
export type SizeClass = (typeof sizeClasses)[number];

/** The smallest class that holds `length` bytes, or null when none does. */
export function sizeClassFor(length: number): SizeClass | null {
  return sizeClasses.find((size) => length <= size) ?? null;
}

/** `content` followed by zero bytes up to its size class, or null when no class holds it. */
export function pad(content: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const size = sizeClassFor(content.length);
  if (size === null) return null;
  const padded = new Uint8Array(size);
  padded.set(content);
  return padded;
}

/** Whether `padded` is `contentLength` bytes, then zeros only, in the smallest class that holds them. */
export function isPadded(padded: Uint8Array, contentLength: number): boolean {
  if (sizeClassFor(contentLength) !== padded.length) return false;
  let seen = 0;
  for (let index = contentLength; index < padded.length; index++) seen |= padded[index]!;
  return seen === 0;
}
