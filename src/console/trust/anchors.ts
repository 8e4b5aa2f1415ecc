import { equal } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { anchorsHash } from "../../roster/anchors.ts";
import { fingerprint } from "../../roster/fingerprint.ts";
import { parseAnchors } from "../../roster/parse.ts";
import type { Anchors } from "../../roster/roster.ts";
import type { Api } from "../api.ts";

/** What the reviewer holds of the anchors: the file their board gave them, or what this browser trusted before. */
export interface HeldAnchors {
  readonly picked: Anchors | null;
  /** SHA-256, 32 bytes. */
  readonly remembered: Uint8Array | null;
}

export type AnchorsVerdict =
  /** `other`: the server shows other anchors than those held, which are the ones to go by. */
  | { readonly kind: "trusted"; readonly anchors: Anchors; readonly other: boolean }
  /** Nothing is held: the reviewer must compare the digits with their board's. */
  | { readonly kind: "compare"; readonly anchors: Anchors }
  /** The server's are not those remembered, and only a file can say which are right. */
  | { readonly kind: "other" };

/** Anchors of the reviewer's own, never the server's alone. Rejects with `anchors.malformed`, `anchors.missing`. */
export async function trustAnchors(api: Api, { picked, remembered }: HeldAnchors): Promise<AnchorsVerdict> {
  const served = await servedAnchors(api);
  if (picked !== null) {
    const other = served === null || !equal(anchorsHash(served), anchorsHash(picked));
    return { kind: "trusted", anchors: picked, other };
  }
  if (served === null) throw new Fault("anchors.missing");
  if (remembered === null) return { kind: "compare", anchors: served };
  return equal(anchorsHash(served), remembered)
    ? { kind: "trusted", anchors: served, other: false }
    : { kind: "other" };
}

/** Six groups of four digits, as the board reads them out. */
export function anchorsDigits(anchors: Anchors): string {
  return fingerprint("gundo/anchors/v1", anchorsHash(anchors));
}

async function servedAnchors(api: Api): Promise<Anchors | null> {
  const bytes = await api.publicBytes("/keys/anchors.json");
  return bytes === null ? null : parseAnchors(bytes);
}
