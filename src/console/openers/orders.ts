import type { FaultCode } from "../../base/fault.ts";
import type { FrameKind } from "../../envelope/frame.ts";
import type { WorkChallenge } from "../../envelope/work.ts";
import type { Draw, Drawn } from "../../trends/release.ts";

/** One file as the server lists it: base64, since turning that into bytes is the worker's work too. */
export interface SealedFile {
  readonly id: string;
  readonly sealed: string;
}

/** What is in a file's frame; null when it opens to nothing for this identity. */
export interface OpenedFile {
  readonly id: string;
  readonly frame: { readonly kind: FrameKind; readonly body: Uint8Array } | null;
}

/** `Keys` as bytes: a `Secret` does not cross to a worker. */
export interface BareKeys {
  readonly id: string;
  /** 32 bytes each. */
  readonly identity: Uint8Array;
  readonly signing: Uint8Array;
}

/** What a worker is asked; each has its own answer in `Answers`. */
export type Order =
  | { readonly order: "unlock"; readonly file: Uint8Array; readonly passphrase: string }
  | { readonly order: "lock"; readonly keys: BareKeys; readonly passphrase: string }
  | {
      readonly order: "open";
      readonly identity: Uint8Array;
      /** The reviewer's own stanza. */
      readonly firstTry: number;
      readonly files: readonly SealedFile[];
    }
  | { readonly order: "draw"; readonly drawing: Draw }
  | { readonly order: "work"; readonly challenge: WorkChallenge };

export interface Answers {
  readonly unlock: BareKeys;
  /** An identity file. */
  readonly lock: Uint8Array;
  readonly open: readonly OpenedFile[];
  readonly draw: Drawn;
  /** The header's value. */
  readonly work: string;
}

export type OrderName = Order["order"];

/** Orders and their answers are told apart by number. */
interface Numbered {
  readonly number: number;
}
export type Asked = Numbered & { readonly order: Order };
export type Answered = Numbered &
  ({ readonly ok: true; readonly answer: Answers[OrderName] } | { readonly ok: false; readonly code: FaultCode });
