import { base64url, fromBase64url, fromHex, fromUtf8, hex } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";

/** One board member's part of a VOPRF key (envelope.md, Receipts: backups hold it Shamir-shared to the board). */
export interface Share {
  readonly instance: string;
  /** The key's public half, 32 bytes: it names the key and proves that what was put together is that key. */
  readonly publicKey: Uint8Array;
  /** 16 bytes drawn for one sharing: parts of two sharings of one key do not fit together. */
  readonly sharing: Uint8Array;
  /** The board member it was sealed to. */
  readonly holder: string;
  /** How many members' parts give the key. */
  readonly threshold: number;
  /** 32 bytes of the polynomials at one place, then the place. */
  readonly part: Uint8Array;
}

const kind = "gundo/share/v1";

/** Seven lines, so that stock age and a pair of eyes can read what a member opened. */
export function shareText({ instance, publicKey, sharing, holder, threshold, part }: Share): string {
  const lines = [kind, instance, base64url(publicKey), hex(sharing), holder, String(threshold), base64url(part)];
  return `${lines.join("\n")}\n`;
}

/** Throws `share.malformed`. */
export function parseShare(bytes: Uint8Array): Share {
  const text = fromUtf8(bytes) ?? "";
  const share = shareOf(text.split("\n"));
  // One spelling: what a member reads is all that the bytes can mean.
  if (share === null || shareText(share) !== text) throw new Fault("share.malformed");
  return share;
}

function shareOf(lines: readonly string[]): Share | null {
  const [, instance = "", publicText = "", sharingText = "", holder = "", thresholdText = "", partText = ""] = lines;
  const publicKey = fromBase64url(publicText);
  const sharing = fromHex(sharingText);
  const part = fromBase64url(partText);
  const threshold = /^[1-9]\d{0,2}$/.test(thresholdText) ? Number(thresholdText) : 0;
  if (publicKey?.length !== 32 || sharing?.length !== 16 || part?.length !== 33 || threshold < 2) return null;
  return { instance, publicKey, sharing, holder, threshold, part };
}
