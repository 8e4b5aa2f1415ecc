import type { Attachment } from "../../envelope/report.ts";

/** A file to send, or null to go on with the one that is under way. */
export type AttachOrder = {
  readonly origin: string;
  readonly type: string;
  readonly file: Uint8Array<ArrayBuffer>;
} | null;

/** What the worker says back: each part that was kept, then how it ended. */
export type AttachOutcome =
  | { readonly kind: "progress"; readonly done: number; readonly of: number }
  | { readonly kind: "stopped" }
  | { readonly kind: "done"; readonly attachment: SentAttachment };

/** An attachment as it passes between threads: its identity as 32 bytes of seed. */
export type SentAttachment = Omit<Attachment, "identity"> & { readonly seed: Uint8Array };
