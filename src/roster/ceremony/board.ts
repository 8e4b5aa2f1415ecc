import { Fault } from "../../base/fault.ts";
import { anchorsChangeText, anchorsHash, checkChange, parseAnchorsChange } from "../anchors.ts";
import { fingerprint, keyFingerprint } from "../fingerprint.ts";
import type { Anchors, Roster } from "../roster.ts";
import { firstAnchors, type BoardMember } from "./draft.ts";
import { shownLine, type CeremonyLanguage } from "./words.ts";

/** Who is on the board from then on, and how many of them must sign. */
export interface NextBoard {
  readonly stays: readonly string[];
  readonly joins: readonly BoardMember[];
  readonly threshold: number;
}

/**
 * The draft of a change of board, for the old board and the new to sign. The new board's first roster follows the one
 * published: older ones are the old board's.
 *
 * Throws `roster.unknownPerson`, `anchors.malformed`, and as `checkChange`.
 */
export function boardDraft(former: Anchors, { stays, joins, threshold }: NextBoard, published: Roster | null): string {
  const serial = (published?.serial ?? former.serial - 1) + 1;
  const members = [...stays.map((id) => memberOf(former, id)), ...joins];
  const next = firstAnchors(former.instance, members, threshold, serial);
  const text = anchorsChangeText(former, next);
  checkChange(former, parseAnchorsChange(text));
  return text;
}

function memberOf({ board }: Anchors, id: string): BoardMember {
  const member = board.find((one) => one.id === id);
  if (member === undefined) throw new Fault("roster.unknownPerson");
  return { enrolment: member, name: member.name };
}

interface BoardWords {
  readonly head: (next: Anchors) => string;
  readonly leaves: string;
  readonly joins: string;
  readonly anchors: string;
}

const words: Readonly<Record<CeremonyLanguage, BoardWords>> = {
  en: {
    head: ({ instance, threshold, board, serial }) =>
      `${instance}: ${threshold} of ${board.length} must sign, rosters from ${serial} on`,
    leaves: "LEAVES THE BOARD",
    joins: "JOINS THE BOARD",
    anchors: "anchors",
  },
  fr: {
    head: ({ instance, threshold, board, serial }) =>
      `${instance} : ${threshold} sur ${board.length} doivent signer, registres à partir du n° ${serial}`,
    leaves: "QUITTE LE CONSEIL",
    joins: "ENTRE AU CONSEIL",
    anchors: "ancres",
  },
};

/** A change of board in plain words. */
export function boardLines(former: Anchors, next: Anchors, language: CeremonyLanguage): readonly string[] {
  const { head, leaves, joins, anchors } = words[language];
  const has = ({ board }: Anchors, key: string): boolean => board.some((one) => memberLine(one) === key);
  const gone = former.board.map(memberLine).filter((line) => !has(next, line));
  const came = next.board.map(memberLine).filter((line) => !has(former, line));
  return [
    head(next),
    ...gone.map((line) => `${leaves}  ${line}`),
    ...came.map((line) => `${joins}  ${line}`),
    `${anchors} ${anchorsFingerprint(next)}`,
  ].map(shownLine);
}

function memberLine({ id, name, recipient, verifier }: Anchors["board"][number]): string {
  return `${id}  ${name}  ${keyFingerprint(recipient, verifier.publicKey)}`;
}

/** The digits by which members compare the `anchors.json` they hold. */
export function anchorsFingerprint(anchors: Anchors): string {
  return fingerprint("gundo/anchors/v1", anchorsHash(anchors));
}
