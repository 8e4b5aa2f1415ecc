import { equal, fromHex } from "../base/bytes.ts";

// The small-order u-coordinates of Curve25519 and its twist that fit 255 bits (RFC 7748 §6.1): 0, 1, two of order
// eight, then p - 1, p and p + 1. Any secret times one of these is all zeros.
const smallOrder = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
].map((digits) => fromHex(digits)!);

/** Whether an X25519 public value (32 bytes) agrees on zeros with everybody; the top bit is ignored (RFC 7748 §5). */
export function isSmallOrder(publicValue: Uint8Array): boolean {
  const masked = Uint8Array.from(publicValue);
  masked[31]! &= 0x7f;
  return smallOrder.some((point) => equal(point, masked));
}
