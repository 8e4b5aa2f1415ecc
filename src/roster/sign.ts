import { Fault } from "../base/fault.ts";
import { addSignature, signNote, type SigningKey } from "../envelope/note-sign.ts";
import { anchorsChangeText, anchorsKind, checkChange, parseAnchorsChange } from "./anchors.ts";
import { textOf } from "./ceremony/file.ts";
import { parseRosterText } from "./parse.ts";
import { checkRules } from "./rules.ts";
import type { Anchors, RosterBody } from "./roster.ts";
import { rosterText } from "./text.ts";

/**
 * A roster note with one board member's signature. What no verifier would accept is not signed.
 *
 * Throws `roster.malformed` or the broken rule's code.
 */
export function signRoster(body: RosterBody, signer: string, key: SigningKey): Uint8Array {
  const text = rosterText(body);
  checkRosterText(text);
  return signNote(text, signer, key);
}

/**
 * The note of a draft, or a note others signed already, with this member's signature: a roster or a change of anchors.
 * `anchors` are those in force.
 *
 * Throws `note.malformed`, `roster.malformed`, the broken rule's code, `roster.instance`, or as `checkChange`.
 */
export function signFile(file: Uint8Array, anchors: Anchors, signer: string, key: SigningKey): Uint8Array {
  const { text, isNote } = textOf(file);
  if (text.startsWith(`${anchorsKind}\n`)) checkAnchorsText(text, anchors);
  else if (checkRosterText(text).instance !== anchors.instance) throw new Fault("roster.instance");
  return isNote ? addSignature(file, signer, key) : signNote(text, signer, key);
}

/** Only the one spelling is signed: what a member was shown is all that the bytes can mean. */
function checkRosterText(text: string): RosterBody {
  const body = parseRosterText(text);
  if (rosterText(body) !== text) throw new Fault("roster.malformed");
  checkRules(body);
  return body;
}

function checkAnchorsText(text: string, anchors: Anchors): void {
  const change = parseAnchorsChange(text);
  checkChange(anchors, change);
  if (anchorsChangeText(anchors, change.anchors) !== text) throw new Fault("anchors.malformed");
}
