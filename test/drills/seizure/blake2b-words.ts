import { assemble, get, i64, set, words, type Code } from "./wasm.ts";

const { add, xor, rotateRight, constant, widened, load, store } = words;

/** RFC 7693 §2.6: SHA-512's first state. */
const initial: readonly bigint[] = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
];

/** §2.7, a hexadecimal digit an entry; the last two of twelve rounds begin again. */
const orders: readonly string[] = [
  "0123456789abcdef",
  "ea489fd61c02b753",
  "b8c052fdae367194",
  "7931dcbe265a40f8",
  "905724afe1bc683d",
  "2c6a0b834d75fe19",
  "c51fed4a0763928b",
  "db7ec13950f4862a",
  "6fe9b308c2d714a5",
  "a2847615fb9e3cd0",
];

/** §3.1: columns, then diagonals. */
const mixes = ["048c", "159d", "26ae", "37bf", "05af", "16bc", "278d", "349e"];

/** The first state for digests of so many bytes under a key of so many (§3.3). */
export function blake2bStart(digestBytes: number, keyBytes: number): readonly bigint[] {
  const [first, ...others] = initial as [bigint, ...bigint[]];
  return [first ^ BigInt(0x0101_0000 ^ (keyBytes << 8) ^ digestBytes), ...others];
}

// Parameters 0 to 4, then the 16 words of the block and the 16 of the state.
const [state, block, out, counted, final] = [get(0), get(1), get(2), get(3), get(4)];
const wordAt = (index: number): number => 5 + index;
const stateAt = (index: number): number => 21 + index;

/** §3.1, the mixing function G. */
function mix([a, b, c, d]: readonly number[], x: Code, y: Code): Code {
  const half = (word: Code, first: number, second: number): Code => [
    ...set(a!, add(add(get(a!), get(b!)), word)),
    ...set(d!, rotateRight(xor(get(d!), get(a!)), first)),
    ...set(c!, add(get(c!), get(d!))),
    ...set(b!, rotateRight(xor(get(b!), get(c!)), second)),
  ];
  return [...half(x, 32, 24), ...half(y, 16, 63)];
}

function roundOf(round: number): Code {
  const order = orders[round % orders.length]!;
  const word = (index: number): Code => get(wordAt(Number.parseInt(order[index]!, 16)));
  return mixes.flatMap((places, index) => {
    const at = Array.from(places, (place) => stateAt(Number.parseInt(place, 16)));
    return mix(at, word(2 * index), word(2 * index + 1));
  });
}

/**
 * BLAKE2b's compression (RFC 7693 §3.2): addresses of a state, a block and a place for the new state, then the bytes counted
 * so far, and -1 for the last block, else 0.
 */
export function blake2bWords(
  memory: WebAssembly.Memory,
): (state: number, block: number, out: number, counted: number, final: number) => void {
  const eight = Array.from({ length: 8 }, (_, index) => index);
  const body = [
    ...Array.from({ length: 16 }, (_, index) => set(wordAt(index), load(block, 8 * index))).flat(),
    ...eight.flatMap((index) => set(stateAt(index), load(state, 8 * index))),
    ...eight.flatMap((index) => set(stateAt(8 + index), constant(initial[index]!))),
    ...set(stateAt(12), xor(get(stateAt(12)), widened(counted))),
    ...set(stateAt(14), xor(get(stateAt(14)), widened(final))),
    ...Array.from({ length: 12 }, (_, round) => roundOf(round)).flat(),
    ...eight.flatMap((index) => {
      const both = xor(get(stateAt(index)), get(stateAt(8 + index)));
      return store(out, 8 * index, xor(load(state, 8 * index), both));
    }),
  ];
  return assemble(memory, 5, { count: 32, type: i64 }, body);
}
