/** Why an attachment was not opened or deleted; each has its sentence. */
export type AttachmentRefusal = "damaged" | "gone" | "notTaken" | "unreached" | "unexpected";

/** Every word about attachments in one language. */
export interface AttachmentWords {
  readonly about: (type: string, kB: number) => string;
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
