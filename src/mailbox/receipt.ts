import type { Brand } from "../base/brand.ts";
import { concat, hex, utf8 } from "../base/bytes.ts";
import { below, type Chance } from "../base/chance.ts";
import { hmacSha256 } from "../envelope/hash.ts";

/** 16 ASCII digits, 15 random and a Damm check digit: the only key to a mailbox (envelope.md, Receipts and mailboxes). */
export type Receipt = Brand<string, "Receipt">;

/** Digits that have to be guessed; the check digit follows from them. */
export const randomDigits = 15;

/** A fresh receipt; every one of 10^15 is equally likely. */
export function newReceipt(chance: Chance): Receipt {
  return withCheckDigit(Array.from({ length: randomDigits }, () => below(chance, 10)).join(""));
}

/**
 * The receipt of a USSD session: the same at every repeat of a turn, without the session being kept (phones.md).
 * `memoryKey` is 32 random bytes that never leave memory: the gateway knows `sessionId`. 128 bits are taken modulo
 * 10^15, so no receipt is likelier than another by more than 3 parts in 10^24.
 */
export function receiptFrom(memoryKey: Uint8Array, sessionId: string): Receipt {
  const drawn = hmacSha256(memoryKey, concat(utf8("gundo/receipt/v1"), utf8(sessionId))).subarray(0, 16);
  const number = BigInt(`0x${hex(drawn)}`) % 10n ** BigInt(randomDigits);
  return withCheckDigit(number.toString().padStart(randomDigits, "0"));
}

/** The receipt a person typed, spaces and dashes aside; null on another length, other signs or a wrong check digit. */
export function parseReceipt(text: string): Receipt | null {
  const digits = text.replace(/[\s\p{Dash_Punctuation}]/gu, "");
  return receiptPlausible(digits) ? (digits as Receipt) : null;
}

/** Whether these are 16 ASCII digits whose check digit holds. That tells nothing of whether a mailbox exists. */
export function receiptPlausible(digits: string): boolean {
  return /^[0-9]{16}$/.test(digits) && damm(digits) === 0;
}

/** The two eight-digit numbers a receipt is shown as, so that it can hide in a contact list. */
export function formatReceipt(receipt: Receipt): readonly [string, string] {
  return [receipt.slice(0, 8), receipt.slice(8)];
}

function withCheckDigit(digits: string): Receipt {
  return `${digits}${damm(digits)}` as Receipt;
}

// The totally anti-symmetric quasigroup of H. M. Damm (dissertation, Marburg 2004): its diagonal is zero, so that the
// check digit brings the interim digit back to zero. It finds every single wrong digit and every swap of neighbours.
const quasigroup: readonly string[] = [
  "0317598642",
  "7092154863",
  "4206871359",
  "1750983426",
  "6123045978",
  "3674209581",
  "5869720134",
  "8945362017",
  "9438617205",
  "2581436790",
];

function damm(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = Number(quasigroup[interim]![Number(digit)]);
  return interim;
}
