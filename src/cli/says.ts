import type { FaultCode } from "../base/fault.ts";
import { refusalSentence } from "../roster/ceremony/refusals.ts";

/** What a refusal means to the person at the terminal, and what to do next, where the ceremony has no sentence for it. */
const sentences: Partial<Record<FaultCode, string>> = {
  "cli.usage": "these words do not fit the command; see --help",
  "cli.file": "a file named here cannot be read or written",
  "cli.unreachable": "the server at --url does not answer",
  "roster.missing": "there is no roster.note in the keys directory",
  "roster.server": "the roster names other keys than this server's: callers would get receipts that nobody can check",
  "secret.malformed": "this is no key file: it holds 32 bytes in base64url, as gundo init writes it",
  "share.board": "one member of this board can do everything alone: there is nobody to share the key among",
  "share.malformed": "this file opens, but no share of a key is in it",
  "share.unopenable": "this share does not open with this identity: it is sealed to somebody else, or it is damaged",
  "share.few": "there are too few shares: ask another member of the board",
  "share.instance": "these shares belong to different instances",
  "share.secret": "these shares are of different keys: put the older one's aside",
  "share.sharing": "these shares were made at different times and do not fit together: take those of one sharing",
  "share.twice": "the share of one member is here twice: it counts once, ask another member",
  "share.altered":
    "these shares do not give the key they name: somebody altered one; ask another member, and call the board",
  "instance.missing": "there is no instance.json in the keys directory",
  "instance.malformed": "instance.json is not as deploy/RUNBOOK.md shows it",
  "anchors.demo": "these are a demo's anchors: production refuses them",
  "report.unknown": "no report of this id opens for you: see gundo inbox",
  "report.withoutMailbox": "this report has no mailbox: nobody would read an answer",
  "report.withoutCapsule": "this report did not ask for an answer by SMS",
  "capsule.expired":
    "this wish for an SMS is more than 14 days old: nobody can open it any more; answer in the mailbox",
  "proposal.malformed": "this is not a proposal of an answer by SMS",
  "order.approvals":
    "this proposal is for another report or phone, or an approval in it does not hold: do not approve it",
  "relay.missing": "the relay has no key in force today: is it running?",
  "relay.signer":
    "the relay's note is not signed by the relay your roster names: do not answer by SMS, and call the board",
  "limit.reached": "too many wait already: try again in a minute",
  "envelope.tooLarge": "the text is too long",
  "envelope.unopenable": "this file does not open with this identity",
  "session.refused":
    "the server refused the sign-in: is this identity in today's roster, and is --url the address it goes by?",
  "work.required": "the server is busy and asked for more proof of work than was done: try again later",
  "session.required": "the session is over: run the command again",
  "audit.noCheckpoint": "the server has signed no checkpoint yet: try again in an hour",
  "audit.malformed": "this is not a file that gundo audit fetch wrote, or it is damaged",
  "store.unavailable": "no PostgreSQL answers: is Gundo running with this GUNDO_HOME, and are you its user?",
  "queue.unavailable":
    "the queue does not answer: is REDIS_URL (or without one DATABASE_URL) right, and the server up?",
  "queue.evicts": "the Redis server may drop jobs when memory is short: set maxmemory-policy noeviction",
  "queue.unknownJob": "no job of this id was given up, or it has been tried again or forgotten: see gundo queue list",
  "config.refused": "GUNDO_HOME, DATABASE_URL or REDIS_URL is not right: give the same as to the server",
  "attachment.damaged": "a file that came with a report is not whole, or not the one the report names: do not use it",
  "attachment.gone": "the server has a part of this file no more: it was deleted, or is older than 180 days",
  "case.unknown": "the server knows no such case for you: you may have stepped aside from it",
  "case.conflict": "somebody else wrote to this case first: look at it again with gundo case show",
  "case.order": "the case does not allow this now: it may be closed, led by somebody else, or you stepped aside",
  "case.led": "somebody leads this case: ask them to hand it over",
  "case.readers": "not everybody who reads this case may know of that report: it must not be linked here",
  "release.absent": "there is no such thing of a release, or not yet",
  "release.notNow": "not in these days: see gundo release status for when",
  "release.order": "a step before this one is missing, or another was taken meanwhile: see gundo release status",
  "release.claimed": "the posts of this quarter were claimed already: no labels are taken any more, and no other claim",
  "release.held": "the server holds another note of this name: nothing was changed",
  "release.otherKey": "the quarter has a key that you were not given: ask the lead who made it to run gundo labels key",
  "release.redrawn": "a second draw needs the signatures of enough of the board: it spends ε again",
  "release.signers": "not signed by those who must sign it, as today's roster names them",
  "release.officers": "two release officers of two organisations must sign",
  "release.calendar": "a release is published 30 days after its quarter at the earliest, on the hour",
  "release.overspent": "this would spend more than the budget of whoever is counted",
  "release.commitment":
    "the seed that you promised is neither here nor on the server, or it is sealed to keys that you have renewed: ask the board",
  "release.differs":
    "the other officer's draw is not the one that follows from the same posts and seeds: sign nothing, and call the board",
  "release.missing": "a file that the claim names is not there",
  "release.file": "a file is not the one that the officers signed",
  "quarterKey.missing": "the first lead has not made the quarter's key yet: ask for gundo labels key",
  "quarterKey.malformed":
    "what the server gave as the quarter's key is not from a lead of your roster: post nothing, and call the board",
  "labels.gap": "part of what somebody signed is missing from the posts: ask them, and call the board",
  "envelope.tooFewReaders": "fewer than two people of the desk may read this report",
  "envelope.shape": "the desk has changed: run the command again",
  forbidden: "this identity may not read that desk",
};

export function sentenceOf(code: FaultCode): string {
  return `${sentences[code] ?? refusalSentence(code, "en") ?? "refused"} (${code})`;
}
