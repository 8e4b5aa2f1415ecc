import { equal } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import { sha256 } from "../envelope/hash.ts";
import { draftBytes, followingDraft, nextDraft } from "../roster/ceremony/draft.ts";
import type { Anchors, Roster, RosterBody } from "../roster/roster.ts";
import { verifySigned } from "../roster/verify.ts";
import type { Result, Session } from "./session.ts";
import { make } from "./element.ts";

/** What the board works on: a draft on the table, or one about to begin on a roster that was signed. */
export interface Base {
  readonly draft: RosterBody;
  readonly published: Roster | null;
  /** The key of the draft's file, or null for one about to begin. */
  readonly key: string | null;
}

/**
 * Throws `ceremony.incomplete` when anchors or base are not there, `roster.missing` when the roster before is not, and as
 * `verifySigned` and `followingDraft`.
 */
export function openBase(session: Session): Base {
  const { typed, tray, clock } = session;
  const { anchors } = typed.file("next.anchors", tray, "anchors").content;
  const { content, bytes, key } = typed.file("next.base", tray, "draft", "note");
  if (content.kind === "note") {
    const published = verifySigned(anchors, bytes);
    return { draft: nextDraft(published, clock.nowMs()), published, key: null };
  }
  const published = publishedBefore(session, anchors, content.body);
  return { draft: followingDraft(bytes, anchors, published), published, key };
}

function publishedBefore({ tray }: Session, anchors: Anchors, body: RosterBody): Roster | null {
  if (body.serial === 1) return null;
  const note = tray.of("note").find(({ bytes }) => equal(sha256(bytes), body.previous));
  if (note === undefined) throw new Fault("roster.missing");
  return verifySigned(anchors, note.bytes);
}

/** The draft after one step, on the table in the place of the one before. */
export function editBase(session: Session, fields: string, change: (draft: RosterBody) => RosterBody): Result {
  const { draft, key } = openBase(session);
  const changed = change(draft);
  session.typed.forget(fields);
  return {
    made: [{ name: "roster.draft", bytes: draftBytes(changed), replaces: key, chosenIn: "next.base" }],
    draw: (words) => [make("p", {}, words.next.changed)],
  };
}
