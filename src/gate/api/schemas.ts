import { z } from "zod";

/** `YYYY-MM-DD`. */
export const day = z.iso.date();
/** 32 lowercase hex digits. */
export const reportId = z.string().regex(/^[0-9a-f]{32}$/);
/** Base64 with padding: one age file. */
export const sealedText = z.base64();

/** Base64url without padding of this many bytes. */
export function bytesText(bytes: number): z.ZodString {
  return z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 8) / 6)}}$`));
}
