import { base64url, hex } from "../base/bytes.ts";
import { isoDay, isoInstant } from "../base/clock.ts";
import { formatVerifierKey } from "../envelope/note.ts";
import { rosterKind, type Anchors, type Reviewer, type RosterBody } from "./roster.ts";

/** The text a board signs: seven lines, the last one JSON (envelope.md, Roster). */
export function rosterText(body: RosterBody): string {
  const lines = [
    rosterKind,
    body.instance,
    String(body.serial),
    hex(body.previous),
    isoInstant(body.issuedMs),
    isoInstant(body.expiresMs),
    JSON.stringify(rosterJson(body)),
  ];
  return `${lines.join("\n")}\n`;
}

function rosterJson(body: RosterBody): object {
  return {
    reviewers: body.reviewers.map(reviewerJson),
    desks: body.desks.map(({ id, name, places, reviewers, approvals }) => ({ id, name, places, reviewers, approvals })),
    oprf: {
      current: base64url(body.oprf.current),
      previous: body.oprf.previous === null ? null : base64url(body.oprf.previous),
    },
    relay: formatVerifierKey(body.relay.name, body.relay.publicKey),
    checkpoint: formatVerifierKey(body.checkpoint.name, body.checkpoint.publicKey),
  };
}

function reviewerJson(reviewer: Reviewer): object {
  const { id, name, organisation, organisationShort, places, languages, recipient, roles } = reviewer;
  return {
    id,
    name,
    organisation,
    organisationShort,
    places,
    languages,
    recipient,
    verifier: formatVerifierKey(reviewer.verifier.name, reviewer.verifier.publicKey),
    roles,
    from: isoDay(reviewer.from),
    until: isoDay(reviewer.until),
  };
}

/** `anchors.json`, for a board to hand out by its own means. */
export function anchorsText(anchors: Anchors): string {
  return `${JSON.stringify(anchorsJson(anchors), null, 2)}\n`;
}

/** What `anchors.json` holds, in one order of fields. */
export function anchorsJson(anchors: Anchors): object {
  const board = anchors.board.map(({ id, name, verifier, recipient }) => ({
    id,
    name,
    recipient,
    verifier: formatVerifierKey(verifier.name, verifier.publicKey),
  }));
  const { instance, threshold, serial } = anchors;
  return { v: 1, instance, board, threshold, serial };
}
