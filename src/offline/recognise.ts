import { fromUtf8 } from "../base/bytes.ts";
import { codeOf, type FaultCode } from "../base/fault.ts";
import { parseJson } from "../base/strict.ts";
import { readHeader } from "../envelope/header-read.ts";
import { readNote } from "../envelope/note-text.ts";
import { anchorsKind, parseAnchorsChange, type AnchorsChange } from "../roster/anchors.ts";
import { parseEnrolment, type Enrolment } from "../roster/ceremony/enrolment.ts";
import { textOf } from "../roster/ceremony/file.ts";
import { parseServer, type ServerKeys } from "../roster/ceremony/server.ts";
import { parseAnchors, parseRosterText } from "../roster/parse.ts";
import { rosterKind, type Anchors, type RosterBody } from "../roster/roster.ts";

/** What a file turns out to be. Nothing of a note is verified here; an enrolment has proved its keys. */
export type Content =
  | { readonly kind: "identity" }
  | { readonly kind: "enrolment"; readonly enrolment: Enrolment }
  | { readonly kind: "anchors"; readonly anchors: Anchors }
  | { readonly kind: "server"; readonly server: ServerKeys }
  | { readonly kind: "draft"; readonly body: RosterBody }
  | { readonly kind: "note"; readonly body: RosterBody; readonly signers: readonly string[] }
  /** A change of board, signed by these, perhaps by nobody yet. */
  | { readonly kind: "board"; readonly change: AnchorsChange; readonly signers: readonly string[] }
  | { readonly kind: "unknown" }
  /** One of the above, damaged or changed on the way. */
  | { readonly kind: "refused"; readonly code: FaultCode };

/** Told by what is in the file, whatever its name: files are renamed on their way. */
export function recognise(bytes: Uint8Array): Content {
  try {
    return contentOf(bytes);
  } catch (error) {
    const code = codeOf(error);
    if (code === "bug") throw error;
    return { kind: "refused", code };
  }
}

function contentOf(bytes: Uint8Array): Content {
  const start = fromUtf8(bytes.subarray(0, 22)) ?? "";
  if (start.startsWith("age-encryption.org/")) return identityOf(bytes);
  const text = fromUtf8(bytes) ?? "";
  if (text.startsWith(`${rosterKind}\n`)) return rosterOf(bytes);
  if (text.startsWith(`${anchorsKind}\n`)) return boardOf(bytes);
  return recordOf(parseJson(text), bytes);
}

function identityOf(bytes: Uint8Array): Content {
  const type = readHeader(bytes)?.stanzas[0]?.type;
  return type === "scrypt" ? { kind: "identity" } : { kind: "refused", code: "identity.malformed" };
}

function rosterOf(bytes: Uint8Array): Content {
  const { text, isNote } = textOf(bytes);
  const body = parseRosterText(text);
  return isNote ? { kind: "note", body, signers: signersOn(bytes) } : { kind: "draft", body };
}

function boardOf(bytes: Uint8Array): Content {
  const { text, isNote } = textOf(bytes);
  return { kind: "board", change: parseAnchorsChange(text), signers: isNote ? signersOn(bytes) : [] };
}

function signersOn(note: Uint8Array): readonly string[] {
  return [...new Set(readNote(note).lines.map(({ name }) => name))];
}

function recordOf(value: unknown, bytes: Uint8Array): Content {
  if (typeof value !== "object" || value === null) return { kind: "unknown" };
  if ("proof" in value) return { kind: "enrolment", enrolment: parseEnrolment(bytes) };
  if ("board" in value) return { kind: "anchors", anchors: parseAnchors(bytes) };
  if ("checkpoint" in value) return { kind: "server", server: parseServer(bytes) };
  return { kind: "unknown" };
}
