import { assemble, get, lanes, set, v128, type Code } from "./wasm.ts";

const { add, xor, or, select, left, right, splat, load, store } = lanes;

/** Constants as FIPS 180-4 makes them: roots of the first primes, so that no table is typed wrongly. */
function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let one = 2; found.length < count; one++) if (found.every((prime) => one % prime !== 0)) found.push(one);
  return found;
}

/** The first 32 bits of the fraction of a root, by whole numbers alone. */
function fraction(prime: number, root: 2n | 3n): number {
  const scaled = BigInt(prime) << (32n * root);
  let [low, high] = [0n, 1n << 40n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** root <= scaled) low = middle;
    else high = middle;
  }
  return Number(low & 0xffff_ffffn);
}

/** SHA-256's first state (§5.3.3). */
export const sha256Start: readonly number[] = primes(8).map((prime) => fraction(prime, 2n));
const constants = primes(64).map((prime) => fraction(prime, 3n));

const rotated = (value: Code, bits: number): Code => or(right(value, bits), left(value, 32 - bits));
const xor3 = (a: Code, b: Code, c: Code): Code => xor(xor(a, b), c);
const sigma = (value: Code, [a, b, c]: readonly [number, number, number]): Code =>
  xor3(rotated(value, a), rotated(value, b), rotated(value, c));
const schedule = (value: Code, [a, b, shift]: readonly [number, number, number]): Code =>
  xor3(rotated(value, a), rotated(value, b), right(value, shift));

// Parameters 0 to 2, then the 16 words of the block, the eight of the state, and one for what two of them get.
const [state, block, out] = [get(0), get(1), get(2)];
const wordAt = (index: number): number => 3 + (index & 15);
const stateAt = (index: number): number => 19 + (index & 7);
const sum = 27;

/** §6.2.2, the word of a round; from the 16th on made in the place of the one 16 before. */
function expand(round: number): Code {
  if (round < 16) return [];
  const word = (back: number): Code => get(wordAt(round - back));
  const later = add(schedule(word(15), [7, 18, 3]), schedule(word(2), [17, 19, 10]));
  return set(wordAt(round), add(add(word(16), word(7)), later));
}

function roundOf(round: number): Code {
  // The eight words keep their places, and their names move on by one each round.
  const place = (name: number): number => stateAt(name - round);
  const [a, b, c, e, f, g, h] = [0, 1, 2, 4, 5, 6, 7].map((name) => get(place(name))) as [
    Code,
    Code,
    Code,
    Code,
    Code,
    Code,
    Code,
  ];
  const chosen = select(f, g, e);
  const majority = select(c, b, xor(a, b));
  const given = add(splat(constants[round]!), get(wordAt(round)));
  return [
    ...expand(round),
    ...set(sum, add(add(h, sigma(e, [6, 11, 25])), add(chosen, given))),
    ...set(place(3), add(get(place(3)), get(sum))),
    ...set(place(7), add(get(sum), add(sigma(a, [2, 13, 22]), majority))),
  ];
}

/**
 * SHA-256's compression (FIPS 180-4 §6.2.2) of four blocks at once: addresses of a state, a block and a place for the new
 * state, each as words of 32 bits, the four messages' side by side.
 */
export function sha256Lanes(memory: WebAssembly.Memory): (state: number, block: number, out: number) => void {
  const eight = Array.from({ length: 8 }, (_, index) => index);
  const body = [
    ...Array.from({ length: 16 }, (_, index) => set(wordAt(index), load(block, 16 * index))).flat(),
    ...eight.flatMap((index) => set(stateAt(index), load(state, 16 * index))),
    ...Array.from({ length: 64 }, (_, round) => roundOf(round)).flat(),
    ...eight.flatMap((index) => store(out, 16 * index, add(load(state, 16 * index), get(stateAt(index))))),
  ];
  return assemble(memory, 3, { count: 25, type: v128 }, body);
}
