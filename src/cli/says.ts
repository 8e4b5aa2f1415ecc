import type { FaultCode } from "../base/fault.ts";

/** What each refusal means to the person at the terminal, and what to do next. */
const sentences: Partial<Record<FaultCode, string>> = {
  "cli.usage": "these words do not fit the command; see --help",
  "cli.file": "a file named here cannot be read or written",
  "cli.unreachable": "the server at --url does not answer",
  "identity.passphrase": "the passphrase does not open this identity file",
  "identity.malformed": "this is not an identity file of Gundo, or it is damaged",
  "anchors.malformed": "anchors.json is damaged: get it again from your board, not from the server",
  "anchors.missing": "there is no anchors.json: get it from your board",
  "roster.signers": "too few board members signed this roster: do not use it, and call the board",
  "roster.malformed": "the roster is damaged or of another version",
  "roster.instance": "this roster belongs to another instance",
  "roster.serial": "this roster is older than one already seen: somebody may be hiding a change; call the board",
  "roster.link": "this roster does not follow the one already seen: there may be two; call the board",
  "roster.expired": "the roster expired more than 30 days ago: the board must renew it",
  "roster.missing": "there is no roster.note in the keys directory",
  "note.malformed": "this is not a signed note",
  "note.signature": "a signature on this note is wrong: it was altered; call the board",
  "envelope.unopenable": "this file does not open with this identity",
  "session.refused":
    "the server refused the sign-in: is this identity in today's roster, and is --url the address it goes by?",
  "session.required": "the session is over: run the command again",
  forbidden: "this identity may not read that desk",
};

export function sentenceOf(code: FaultCode): string {
  return `${sentences[code] ?? "refused"} (${code})`;
}
