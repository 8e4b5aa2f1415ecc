import { packed, septets } from "./gsm7.ts";

/** One way of writing a needle down. */
export interface Spelling {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Counts only where no digit, decimal or hexadecimal, stands beside it. */
  readonly alone?: true;
}

const ascii = (text: string): Uint8Array => Buffer.from(text, "latin1");
const utf16be = (text: string): Uint8Array => Buffer.from(text, "utf16le").swap16();

function latin1(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "latin1");
  return bytes.toString("latin1") === text ? bytes : null;
}

/** The characters of base64 that `bytes` decide alone when `shift` other bytes stand before them in the group of three. */
function base64At(bytes: Uint8Array, shift: number, alphabet: "base64" | "base64url"): Uint8Array {
  const whole = Buffer.concat([new Uint8Array(shift), bytes]).toString(alphabet);
  return ascii(whole.slice(Math.ceil((8 * shift) / 6), Math.floor((8 * (shift + bytes.length)) / 6)));
}

const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
const upperEscapes = (text: string): string =>
  text.replaceAll(/\\u[0-9a-f]{4}/g, (one) => `\\u${one.slice(2).toUpperCase()}`);
const percent = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

function escapes(text: string): Spelling[] {
  const json = JSON.stringify(text).slice(1, -1);
  const every = text.replaceAll(/[\s\S]/g, escape);
  const foreign = json.replaceAll(/[^\p{ASCII}]/gu, (one) => one.replaceAll(/[\s\S]/g, escape));
  const url = encodeURIComponent(text);
  return [
    { name: "json", bytes: Buffer.from(json) },
    ...[every, upperEscapes(every)].map((one) => ({ name: "json \\u of all", bytes: ascii(one) })),
    ...[foreign, upperEscapes(foreign)].map((one) => ({ name: "json \\u", bytes: ascii(one) })),
    ...[url, percent(text), url.replaceAll(/%../g, (one) => one.toLowerCase())].map((one) => ({
      name: "url",
      bytes: ascii(one),
    })),
    { name: "form", bytes: ascii(url.replaceAll("%20", "+")) },
  ];
}

function binary(text: string): Spelling[] {
  const utf8 = Buffer.from(text);
  const hex = utf8.toString("hex");
  return [
    { name: "hex", bytes: ascii(hex) },
    { name: "hex upper", bytes: ascii(hex.toUpperCase()) },
    ...[0, 1, 2].flatMap((shift) => [
      { name: `base64 at ${shift}`, bytes: base64At(utf8, shift, "base64") },
      { name: `base64url at ${shift}`, bytes: base64At(utf8, shift, "base64url") },
    ]),
  ];
}

function gsm7(text: string): Spelling[] {
  const codes = septets(text);
  if (codes === null) return [];
  return [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => ({ name: `gsm-7 at bit ${bit}`, bytes: packed(codes, bit) }));
}

/** `text` as bytes in every encoding a program, a database or a modem would keep it in. */
export function encodings(text: string): Spelling[] {
  const oneByte = latin1(text);
  return [
    { name: "utf-8", bytes: Buffer.from(text) },
    { name: "utf-16le", bytes: Buffer.from(text, "utf16le") },
    { name: "utf-16be", bytes: utf16be(text) },
    ...(oneByte === null ? [] : [{ name: "latin-1", bytes: oneByte }]),
    ...escapes(text),
    ...binary(text),
    ...gsm7(text),
  ];
}
