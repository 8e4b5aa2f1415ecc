/** What a file says it is, as far as a reviewer needs to know before it is opened. */
export type AttachmentKind = "picture" | "sound" | "film" | "text" | "pdf" | "other";

const kinds: readonly (readonly [RegExp, AttachmentKind])[] = [
  [/^image\/(jpeg|png|gif|webp|heic|heif|avif|bmp)$/, "picture"],
  [/^audio\//, "sound"],
  [/^video\//, "film"],
  [/^text\/plain$/, "text"],
  [/^application\/pdf$/, "pdf"],
];

/** By the media type that came with it: what it really is shows when it is opened. */
export function attachmentKindOf(type: string): AttachmentKind {
  return kinds.find(([pattern]) => pattern.test(type))?.[1] ?? "other";
}

/** Why an attachment was not opened or deleted; each has its sentence. */
export type AttachmentRefusal = "damaged" | "gone" | "notTaken" | "unreached" | "unexpected";

/** Every word about attachments in one language. */
export interface AttachmentWords {
  /** `type` is said for what has no word of its own. */
  readonly about: (kind: AttachmentKind, type: string, kB: number) => string;
  readonly open: string;
  readonly fetching: (done: number, of: number) => string;
  readonly close: string;
  readonly frame: string;
  readonly notShown: string;
  readonly save: string;
  readonly saveWarning: string;
  readonly erase: string;
  readonly eraseSure: string;
  readonly erased: string;
  readonly refusals: Readonly<Record<AttachmentRefusal, string>>;
}
