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
  "roster.details":
    "a name, place, language, desk or day does not fit: see --help for their form (a short name: 16 letters)",
  "roster.duplicateId": "two people or desks have the same name in the roster: everybody needs one of their own",
  "roster.sharedKey": "two people would have the same key: somebody is enrolling another person's key",
  "roster.roles": "nobody both reviews and releases, and who leads also reviews",
  "roster.deskMember": "a desk names somebody who is not a reviewer of this roster",
  "roster.withoutDesk": "a reviewer is in no desk: give them one, or remove them",
  "roster.deskTooSmall": "a desk needs two reviewers at least: admit somebody, or close the desk",
  "roster.approvals": "a desk asks for more approvals than it has reviewers",
  "roster.server": "the roster names other keys than this server's: callers would get receipts that nobody can check",
  "roster.empty": "the roster has no desk",
  "roster.unknownPerson": "nobody of this name is there",
  "desk.unknown": "there is no desk of this name in the draft",
  "anchors.signers": "too few of the old board or of the new signed this change of board: do not use it",
  "anchors.instance": "this change of board belongs to another instance",
  "anchors.link": "this change of board does not follow the anchors you have: is it an older one?",
  "anchors.serial": "this change of board would let older rosters in again: call the board",
  "enrolment.malformed": "this is not an enrolment request, or it is damaged",
  "enrolment.proof": "the keys in this request were changed on the way: ask the person for it again, and call them",
  "enrolment.fingerprint": "these are not the keys whose fingerprint you were told: call the person",
  "kit.malformed": "these words are not a whole recovery kit",
  "server.malformed": "this is not the server.json that gundo init makes",
  "instance.missing": "there is no instance.json in the keys directory",
  "instance.malformed": "instance.json is not as deploy/RUNBOOK.md shows it",
  "anchors.demo": "these are a demo's anchors: production refuses them",
  "note.malformed": "this is not a signed note",
  "note.mixed": "these notes sign different texts: everybody must sign the very same draft",
  "note.signature": "a signature on this note is wrong: it was altered; call the board",
  "envelope.unopenable": "this file does not open with this identity",
  "session.refused":
    "the server refused the sign-in: is this identity in today's roster, and is --url the address it goes by?",
  "work.required": "the server is busy and asked for more proof of work than was done: try again later",
  "session.required": "the session is over: run the command again",
  "audit.noCheckpoint": "the server has signed no checkpoint yet: try again in an hour",
  "audit.malformed": "this is not a file that gundo audit fetch wrote, or it is damaged",
  forbidden: "this identity may not read that desk",
};

export function sentenceOf(code: FaultCode): string {
  return `${sentences[code] ?? "refused"} (${code})`;
}
