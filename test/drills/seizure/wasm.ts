/** Instructions of WebAssembly, byte by byte (WebAssembly Core 2.0, §5): just what a hash over many messages needs. */
export type Code = readonly number[];

const i32 = 0x7f;
export const i64 = 0x7e;
export const v128 = 0x7b;

function unsigned(value: number): Code {
  const rest = value >>> 7;
  return rest === 0 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(rest)];
}

function signed(value: bigint): Code {
  const low = Number(value & 0x7fn);
  const rest = value >> 7n;
  const ends = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
  return ends ? [low] : [low | 0x80, ...signed(rest)];
}

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];

const binary =
  (...opcode: Code) =>
  (left: Code, right: Code): Code => [...left, ...right, ...opcode];

/** Four 32-bit words at once. */
export const lanes = {
  add: binary(0xfd, 0xae, 0x01),
  xor: binary(0xfd, 0x51),
  or: binary(0xfd, 0x50),
  /** Bits of `one` where `mask` has ones, else of `other`. */
  select: (one: Code, other: Code, mask: Code): Code => [...one, ...other, ...mask, 0xfd, 0x52],
  left: (value: Code, bits: number): Code => [...value, 0x41, ...signed(BigInt(bits)), 0xfd, 0xab, 0x01],
  right: (value: Code, bits: number): Code => [...value, 0x41, ...signed(BigInt(bits)), 0xfd, 0xad, 0x01],
  splat: (word: number): Code => [0x41, ...signed(BigInt(word | 0)), 0xfd, 0x11],
  load: (address: Code, offset: number): Code => [...address, 0xfd, 0x00, 0x04, ...unsigned(offset)],
  store: (address: Code, offset: number, value: Code): Code => [
    ...address,
    ...value,
    0xfd,
    0x0b,
    0x04,
    ...unsigned(offset),
  ],
} as const;

/** Words of 64 bits. */
export const words = {
  add: binary(0x7c),
  xor: binary(0x85),
  rotateRight: (value: Code, bits: number): Code => [...value, 0x42, ...signed(BigInt(bits)), 0x8a],
  constant: (value: bigint): Code => [0x42, ...signed(BigInt.asIntN(64, value))],
  /** A parameter of 32 bits, with its sign. */
  widened: (value: Code): Code => [...value, 0xac],
  load: (address: Code, offset: number): Code => [...address, 0x29, 0x03, ...unsigned(offset)],
  store: (address: Code, offset: number, value: Code): Code => [...address, ...value, 0x37, 0x03, ...unsigned(offset)],
} as const;

/** `\0asm`, version 1. */
const header: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const section = (id: number, content: Code): Code => [id, ...unsigned(content.length), ...content];

/** One function of `parameters` 32-bit integers over `memory`, with `locals` more of one type behind them. */
export function assemble(
  memory: WebAssembly.Memory,
  parameters: number,
  locals: { readonly count: number; readonly type: number },
  body: Code,
): (...values: number[]) => void {
  const code = [1, ...unsigned(locals.count), locals.type, ...body, 0x0b];
  const bytes = [
    ...header,
    ...section(1, [1, 0x60, parameters, ...Array.from({ length: parameters }, () => i32), 0]),
    ...section(2, [1, 1, 0x6d, 1, 0x6d, 0x02, 0x00, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, 1, 0x66, 0x00, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ];
  const made = new WebAssembly.Instance(new WebAssembly.Module(Uint8Array.from(bytes)), { m: { m: memory } });
  return made.exports["f"] as (...values: number[]) => void;
}
