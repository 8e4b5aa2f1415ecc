/** Chance is an argument: pure rooms are handed a `Chance`, so that a test can replay it and a reader can see it. */
export interface Chance {
  /** `length` bytes that nobody can predict. */
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

// WebCrypto refuses more in one call (Web Cryptography API §10.1.1).
const bytesAtOnce = 65_536;

/** The only caller of the system's generator. */
export const systemChance: Chance = {
  bytes(length) {
    const drawn = new Uint8Array(length);
    for (let start = 0; start < length; start += bytesAtOnce)
      crypto.getRandomValues(drawn.subarray(start, start + bytesAtOnce));
    return drawn;
  },
};

/** An unbiased integer in [0, bound), by rejection; `bound` is 1 to 2^32. */
export function below(chance: Chance, bound: number): number {
  const ceiling = 2 ** 32 - (2 ** 32 % bound);
  for (;;) {
    const drawn = new DataView(chance.bytes(4).buffer).getUint32(0);
    if (drawn < ceiling) return drawn % bound;
  }
}

/** A new array in uniform random order (Fisher and Yates). */
export function shuffled<T>(chance: Chance, items: readonly T[]): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = below(chance, last + 1);
    [order[last], order[other]] = [order[other]!, order[last]!];
  }
  return order;
}

/** Uniform in (0, 1], on a grid of 2^-53. */
export function unit(chance: Chance): number {
  const view = new DataView(chance.bytes(8).buffer);
  const high = view.getUint32(0) % 2 ** 21;
  return (high * 2 ** 32 + view.getUint32(4) + 1) / 2 ** 53;
}
