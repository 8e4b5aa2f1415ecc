import { equal, fromHex, hex, utf8 } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { sha256 } from "../envelope/hash.ts";
import { verifyNote } from "../envelope/note.ts";
import { parseAnchors } from "./parse.ts";
import type { Anchors } from "./roster.ts";
import { anchorsJson, anchorsText } from "./text.ts";

export const anchorsKind = "gundo/anchors/v1";

/** New anchors as a note proposes them, whoever signed it. */
export interface AnchorsChange {
  readonly instance: string;
  /** `anchorsHash` of those they replace, 32 bytes. */
  readonly previous: Uint8Array;
  readonly anchors: Anchors;
}

/** SHA-256 of `anchors.json` as Gundo writes it: line breaks that somebody's editor changed do not count. */
export function anchorsHash(anchors: Anchors): Uint8Array {
  return sha256(utf8(anchorsText(anchors)));
}

/** The text that k of the old board and k of the new sign: four lines, the last one JSON (envelope.md, Roster). */
export function anchorsChangeText(former: Anchors, next: Anchors): string {
  const lines = [anchorsKind, former.instance, hex(anchorsHash(former)), JSON.stringify(anchorsJson(next))];
  return `${lines.join("\n")}\n`;
}

/** Throws `anchors.malformed`. */
export function parseAnchorsChange(text: string): AnchorsChange {
  const lines = text.split("\n");
  const previous = fromHex(lines[2] ?? "");
  if (lines.length !== 5 || lines[0] !== anchorsKind || lines[4] !== "" || previous?.length !== 32)
    throw new Fault("anchors.malformed");
  return { instance: lines[1]!, previous, anchors: parseAnchors(utf8(lines[3]!)) };
}

/**
 * The anchors that take the place of `former`: first the old board's signatures over the exact bytes, then form, instance
 * and link, then the new board's signatures, so that nobody is put on a board who does not hold the key.
 *
 * Throws `note.malformed`, `note.signature`, `anchors.signers`, `anchors.malformed`, `anchors.instance`, `anchors.link`,
 * `anchors.serial`.
 */
export function verifyAnchorsChange(former: Anchors, note: Uint8Array): Anchors {
  const change = parseAnchorsChange(textSignedBy(former, note));
  checkChange(former, change);
  textSignedBy(change.anchors, note);
  return change.anchors;
}

/** Whether a change may follow these anchors, signatures aside. Throws as `verifyAnchorsChange`. */
export function checkChange(former: Anchors, { instance, previous, anchors }: AnchorsChange): void {
  if (instance !== former.instance || anchors.instance !== former.instance) throw new Fault("anchors.instance");
  if (!equal(previous, anchorsHash(former))) throw new Fault("anchors.link");
  if (anchors.serial < former.serial) throw new Fault("anchors.serial");
}

function textSignedBy({ board, threshold }: Anchors, note: Uint8Array): string {
  const { text, signers } = verifyNote(
    note,
    board.map(({ verifier }) => verifier),
  );
  if (signers.length < threshold) throw new Fault("anchors.signers");
  return text;
}
