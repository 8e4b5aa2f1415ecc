/** 3GPP TS 23.038 §6.2.1, in code order; U+001B escapes to the extension of §6.2.1.1. Apart from src, as an oracle must be. */
const basic =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const extension: Readonly<Record<string, number>> = {
  "^": 0x14,
  "{": 0x28,
  "}": 0x29,
  "\\": 0x2f,
  "[": 0x3c,
  "~": 0x3d,
  "]": 0x3e,
  "|": 0x40,
  "€": 0x65,
};

/** Septets of `text`, or null when a character is not in the alphabet. */
export function septets(text: string): number[] | null {
  const codes: number[] = [];
  for (const character of text) {
    const code = character === "\u001B" ? -1 : basic.indexOf(character);
    const extended = extension[character];
    if (code >= 0) codes.push(code);
    else if (extended !== undefined) codes.push(0x1b, extended);
    else return null;
  }
  return codes;
}

/**
 * Septets packed as in a PDU (3GPP TS 23.038 §6.1.2.1.1) when they begin at bit `bit` of an octet; only the octets that
 * they fill alone, since the text around them decides the rest.
 */
export function packed(codes: readonly number[], bit: number): Uint8Array {
  const octets = new Uint8Array(Math.ceil((bit + 7 * codes.length) / 8));
  codes.forEach((code, index) => {
    const at = bit + 7 * index;
    const spread = code << (at % 8);
    octets[at >> 3]! |= spread & 0xff;
    if (spread > 0xff) octets[(at >> 3) + 1]! |= spread >> 8;
  });
  return octets.subarray(bit === 0 ? 0 : 1, Math.floor((bit + 7 * codes.length) / 8));
}
