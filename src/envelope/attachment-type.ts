import { fromUtf8, hex } from "../base/bytes.ts";
import type { Attachment } from "./report.ts";

/** What a reader is shown; everything else is only handed out as a file. None of these can carry a program. */
export type ShownType = "image/jpeg" | "image/png" | "image/gif" | "image/webp" | "text/plain";

/**
 * What a file is, by its own bytes: what its sender calls it decides nothing, but that a text is one. Null for whatever is
 * not shown: HTML, SVG, PDF and their like among it.
 */
export function shownType(type: string, file: Uint8Array): ShownType | null {
  if (begins(file, [0xff, 0xd8, 0xff])) return "image/jpeg";
  if (begins(file, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "image/png";
  if (begins(file, [0x47, 0x49, 0x46, 0x38])) return "image/gif";
  if (begins(file, [0x52, 0x49, 0x46, 0x46]) && begins(file.subarray(8), [0x57, 0x45, 0x42, 0x50])) return "image/webp";
  return /^text\/plain\b/.test(type) && isText(file) ? "text/plain" : null;
}

const extensions: ReadonlyMap<string, string> = new Map([
  ["image/jpeg", "jpg"],
  ["image/png", "png"],
  ["image/gif", "gif"],
  ["image/webp", "webp"],
  ["text/plain", "txt"],
  ["application/pdf", "pdf"],
  ["audio/aac", "aac"],
  ["audio/amr", "amr"],
  ["audio/mp4", "m4a"],
  ["audio/mpeg", "mp3"],
  ["audio/ogg", "ogg"],
  ["audio/webm", "weba"],
  ["video/3gpp", "3gp"],
  ["video/mp4", "mp4"],
  ["video/webm", "webm"],
]);

/**
 * What a file is called outside: the beginning of its digest, and an ending out of a fixed list, else `bin`. No name of a
 * sender's is known here, and no ending that a double click would run or a browser render.
 */
export function safeName({ digest, type }: Pick<Attachment, "digest" | "type">, file: Uint8Array): string {
  const shown = shownType(type, file);
  const claimed = /^(?:image|text)\//.test(type) ? undefined : extensions.get(type);
  return `${hex(digest.subarray(0, 8))}.${(shown === null ? claimed : extensions.get(shown)) ?? "bin"}`;
}

function begins(file: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => file[index] === byte);
}

// Tabs and line ends are the only control characters of a text.
const lineControls = /[\t\n\r]/g;

function isText(file: Uint8Array): boolean {
  const text = fromUtf8(file);
  return text !== null && !/\p{Cc}/u.test(text.replace(lineControls, ""));
}
