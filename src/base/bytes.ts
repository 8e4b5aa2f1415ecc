const encoder = new TextEncoder();
const strictDecoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 bytes of `text`; a lone surrogate becomes U+FFFD (WHATWG Encoding). */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** The text, or null when the bytes are not well-formed UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Whether no surrogate stands alone: such a text would be another one once encoded. Firefox before 119 has no such method. */
export function isWellFormed(text: string): boolean {
  return fromUtf8(utf8(text)) === text;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Equality in time that depends on the length only. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= a[index]! ^ b[index]!;
  return difference === 0;
}

export function u32be(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Big-endian u32 at `offset`; the caller has checked that four bytes are there. */
export function readU32be(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset);
}

export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** The bytes, or null unless `text` is an even number of lowercase hex digits. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return null;
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Number.parseInt(text.slice(2 * index, 2 * index + 2), 16);
  return bytes;
}

// String.fromCharCode takes its bytes as arguments, and engines bound those.
const argumentsAtOnce = 8192;

/** Base64 with padding, RFC 4648 §4. */
export function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let start = 0; start < bytes.length; start += argumentsAtOnce)
    binary += String.fromCharCode(...bytes.subarray(start, start + argumentsAtOnce));
  return btoa(binary);
}

/** The bytes, or null unless `text` is canonical base64 with padding (RFC 4648 §3.5). */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const [, padding] = /^[A-Za-z0-9+/]*(={0,2})$/.exec(text) ?? [];
  if (padding === undefined || text.length % 4 !== 0) return null;
  const binary = binaryIn(text);
  if (binary === null) return null;
  // Only the last group can be spelled in more than one way.
  if (btoa(binary.slice(padding.length - 3)) !== text.slice(-4)) return null;
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

function binaryIn(text: string): string | null {
  try {
    return atob(text);
  } catch {
    return null;
  }
}

/** Base64 without padding, RFC 4648 §4 (age's header). */
export function base64nopad(bytes: Uint8Array): string {
  return base64(bytes).replace(/=+$/, "");
}

/** The bytes, or null unless `text` is canonical base64 without padding. */
export function fromBase64nopad(text: string): Uint8Array<ArrayBuffer> | null {
  return text.includes("=") ? null : fromBase64(text + "=".repeat((4 - (text.length % 4)) % 4));
}

/** Base64url without padding, RFC 4648 §5 (headers and JSON). */
export function base64url(bytes: Uint8Array): string {
  return base64nopad(bytes).replaceAll("+", "-").replaceAll("/", "_");
}

/** The bytes, or null unless `text` is canonical base64url without padding. */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> | null {
  return /[+/]/.test(text) ? null : fromBase64nopad(text.replaceAll("-", "+").replaceAll("_", "/"));
}
