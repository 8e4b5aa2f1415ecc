import { parseDeskId, type DeskId } from "../base/brand.ts";
import { fromBase64url, fromHex, hex } from "../base/bytes.ts";
import { fromIsoDay, fromIsoInstant } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { parseJson, parseJsonBytes, strictInteger, strictList, strictRecord, strictText } from "../base/strict.ts";
import { parseVerifierKey } from "../envelope/note.ts";
import { parseRecipient } from "../envelope/recipient.ts";
import { rosterKind, type Anchors, type Desk, type Reviewer, type Role, type RosterBody } from "./roster.ts";

const instancePattern = /^[a-z][a-z0-9-]{2,62}$/;
const idPattern = /^[a-z][a-z0-9-]{0,31}$/;
const namePattern = /^[^\p{Cc}]{1,120}$/u;
const shortNamePattern = /^[A-Za-z0-9 .'&éèàùìòÉÇ-]{1,16}$/;
const placePattern = /^ML(\d{2}|\d{4})$/;
const languagePattern = /^[a-z]{2,3}$/;

/** Anchors out of `anchors.json`. Throws `anchors.malformed`. */
export function parseAnchors(bytes: Uint8Array): Anchors {
  const anchors = anchorsOf(parseJsonBytes(bytes));
  if (anchors === null) throw new Fault("anchors.malformed");
  return anchors;
}

function anchorsOf(value: unknown): Anchors | null {
  const record = strictRecord(value, ["v", "instance", "board", "threshold", "serial"]);
  if (record?.["v"] !== 1) return null;
  const instance = strictText(record["instance"], instancePattern);
  const board = strictList(record["board"], boardMemberOf);
  const threshold = strictInteger(record["threshold"], 1, board?.length ?? 0);
  const serial = strictInteger(record["serial"], 1, 2 ** 31);
  if (instance === null || board === null || threshold === null || serial === null) return null;
  return isOfDistinctPeople(board) ? { instance, board, threshold, serial } : null;
}

/** One key under two names would count for two of k. */
function isOfDistinctPeople(board: Anchors["board"]): boolean {
  const names = new Set(board.map(({ verifier }) => verifier.name));
  const keys = new Set(board.map(({ verifier }) => hex(verifier.publicKey)));
  return names.size === board.length && keys.size === board.length;
}

function boardMemberOf(value: unknown): Anchors["board"][number] | null {
  const record = strictRecord(value, ["id", "name", "verifier", "recipient"]);
  const id = strictText(record?.["id"], idPattern);
  const name = strictText(record?.["name"], namePattern);
  const verifier = verifierOf(record?.["verifier"]);
  const recipient = recipientOf(record?.["recipient"]);
  if (id === null || name === null || verifier === null || recipient === null) return null;
  return verifier.name === id ? { id, name, verifier, recipient } : null;
}

/** The body of a roster note's text (envelope.md, Roster). Throws `roster.malformed`. */
export function parseRosterText(text: string): RosterBody {
  const lines = text.split("\n");
  if (lines.length !== 8 || lines[0] !== rosterKind || lines[7] !== "") throw new Fault("roster.malformed");
  const head = headOf(lines);
  const body = bodyOf(parseJson(lines[6]!));
  if (head === null || body === null) throw new Fault("roster.malformed");
  return { ...head, ...body };
}

type Head = Pick<RosterBody, "instance" | "serial" | "previous" | "issuedMs" | "expiresMs">;

function headOf(lines: readonly string[]): Head | null {
  const instance = strictText(lines[1], instancePattern);
  const serial = /^[1-9]\d{0,8}$/.test(lines[2]!) ? Number(lines[2]) : null;
  const previous = fromHex(lines[3]!);
  const issuedMs = fromIsoInstant(lines[4]!);
  const expiresMs = fromIsoInstant(lines[5]!);
  if (instance === null || serial === null || issuedMs === null || expiresMs === null) return null;
  return previous?.length === 32 && issuedMs < expiresMs ? { instance, serial, previous, issuedMs, expiresMs } : null;
}

function bodyOf(value: unknown): Omit<RosterBody, keyof Head> | null {
  const record = strictRecord(value, ["reviewers", "desks", "oprf", "relay", "checkpoint"]);
  const reviewers = strictList(record?.["reviewers"], reviewerOf);
  const desks = strictList(record?.["desks"], deskOf);
  const oprf = oprfOf(record?.["oprf"]);
  const relay = verifierOf(record?.["relay"]);
  const checkpoint = verifierOf(record?.["checkpoint"]);
  if (reviewers === null || desks === null || oprf === null || relay === null || checkpoint === null) return null;
  return { reviewers, desks, oprf, relay, checkpoint };
}

const reviewerKeys = [
  "id",
  "name",
  "organisation",
  "organisationShort",
  "places",
  "languages",
  "recipient",
  "verifier",
  "roles",
  "from",
  "until",
] as const;

function reviewerOf(value: unknown): Reviewer | null {
  const record = strictRecord(value, reviewerKeys);
  if (record === null) return null;
  const reviewer = {
    id: strictText(record["id"], idPattern),
    name: strictText(record["name"], namePattern),
    organisation: strictText(record["organisation"], namePattern),
    organisationShort: strictText(record["organisationShort"], shortNamePattern),
    places: strictList(record["places"], (place) => strictText(place, placePattern)),
    languages: strictList(record["languages"], (language) => strictText(language, languagePattern)),
    recipient: recipientOf(record["recipient"]),
    verifier: verifierOf(record["verifier"]),
    roles: strictList(record["roles"], roleOf),
    from: typeof record["from"] === "string" ? fromIsoDay(record["from"]) : null,
    until: typeof record["until"] === "string" ? fromIsoDay(record["until"]) : null,
  };
  return hasAll(reviewer) && reviewer.verifier.name === reviewer.id ? reviewer : null;
}

function deskOf(value: unknown): Desk | null {
  const record = strictRecord(value, ["id", "name", "places", "reviewers", "approvals"]);
  if (record === null) return null;
  const desk = {
    id: deskIdOf(record["id"]),
    name: strictText(record["name"], namePattern),
    places: strictList(record["places"], (place) => strictText(place, placePattern)),
    reviewers: strictList(record["reviewers"], (id) => strictText(id, idPattern)),
    approvals: strictInteger(record["approvals"], 1, 9),
  };
  return hasAll(desk) ? desk : null;
}

function oprfOf(value: unknown): RosterBody["oprf"] | null {
  const record = strictRecord(value, ["current", "previous"]);
  const current = elementOf(record?.["current"]);
  const previous = record?.["previous"] === null ? null : elementOf(record?.["previous"]);
  if (current === null) return null;
  return previous === null && record?.["previous"] !== null ? null : { current, previous };
}

function elementOf(value: unknown): Uint8Array | null {
  const bytes = typeof value === "string" ? fromBase64url(value) : null;
  // All zeros encode the identity (RFC 9496 §4.3.2): under such a key any proof would hold.
  return bytes?.length === 32 && bytes.some((byte) => byte !== 0) ? bytes : null;
}

function roleOf(value: unknown): Role | null {
  return value === "review" || value === "lead" || value === "release" ? value : null;
}

function deskIdOf(value: unknown): DeskId | null {
  return typeof value === "string" ? parseDeskId(value) : null;
}

function recipientOf(value: unknown): ReturnType<typeof parseRecipient> {
  return typeof value === "string" ? parseRecipient(value) : null;
}

function verifierOf(value: unknown): ReturnType<typeof parseVerifierKey> {
  return typeof value === "string" ? parseVerifierKey(value) : null;
}

type Filled<T> = { [Key in keyof T]: Exclude<T[Key], null> };

function hasAll<T extends object>(record: T): record is T & Filled<T> {
  return Object.values(record).every((value) => value !== null);
}
