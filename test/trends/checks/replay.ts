import { expect } from "vitest";
import { fromHex } from "../../../src/base/bytes.ts";
import type { Chance } from "../../../src/base/chance.ts";
import type { Epsilon } from "../../../src/trends/key-space.ts";
import type { Sampler } from "./shape.ts";

/** A record of coin flips, read once from its start. */
export interface Tape extends Chance {
  /** Bytes not read yet. */
  left(): number;
}

export function tapeOf(bytes: Uint8Array): Tape {
  let at = 0;
  return {
    bytes(length) {
      if (at + length > bytes.length) throw new Error("read past the record");
      return Uint8Array.from(bytes.subarray(at, (at += length)));
    },
    left: () => bytes.length - at,
  };
}

/** Draws of one ε with the bytes that each took (test/vectors/geometric.json). */
export interface Recorded extends Epsilon {
  readonly draws: readonly { readonly value: number; readonly bytes: string }[];
}

/** Every recorded draw again, from its bytes, all of them and no more. */
export function replays(sampler: Sampler, recorded: Recorded): void {
  for (const draw of recorded.draws) {
    const tape = tapeOf(fromHex(draw.bytes)!);
    expect(sampler(recorded, tape)).toBe(draw.value);
    expect(tape.left()).toBe(0);
  }
}
