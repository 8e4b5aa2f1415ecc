import { fromBase64url, fromHex } from "../../../src/base/bytes.ts";

/** What may be 16 bytes or more in a text, in hexadecimal or in base64: their first 16, in hex. */
export function valuesIn(text: string): readonly string[] {
  const digits = text.match(/[0-9a-f]{32,}/gi) ?? [];
  const letters = text.match(/[A-Za-z0-9_-]{22,}/g) ?? [];
  const decoded = [...digits.map((one) => fromHex(one)), ...letters.map((one) => fromBase64url(one))];
  return decoded.flatMap((bytes) =>
    bytes === null || bytes.length < 16 ? [] : [Buffer.from(bytes.subarray(0, 16)).toString("hex")],
  );
}
