import { equal, utf8 } from "../../base/bytes.ts";
import { dayOf, isoDay } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { verifyAnchorsChange } from "../../roster/anchors.ts";
import { predecessorAmong } from "../../roster/ceremony/draft.ts";
import { fingerprintPage, rosterFingerprint } from "../../roster/ceremony/page.ts";
import { anchorsFingerprint, boardLines } from "../../roster/ceremony/board.ts";
import { changeLines } from "../../roster/ceremony/words.ts";
import { checkChain } from "../../roster/chain.ts";
import { deskReviewers, type Anchors, type Roster } from "../../roster/roster.ts";
import { anchorsText } from "../../roster/text.ts";
import { verifyRoster, verifySigned, type VerifiedRoster } from "../../roster/verify.ts";
import { digits, lines, make } from "../element.ts";
import { fileField, stepForm } from "../fields.ts";
import type { Result, Session } from "../session.ts";
import type { OfflineWords } from "../words.ts";
import { newestFirst, type TrayFile } from "../tray.ts";

/** Checks a roster or a change of board against the anchors, and shows what it says. */
export function drawVerify(session: Session): readonly Node[] {
  const { words, tray } = session;
  const { verify } = words;
  const papers = newestFirst(tray.of("note", "board"));
  return [
    make("p", {}, verify.intro),
    stepForm(
      session,
      [
        fileField(session, "verify.anchors", words.files.anchors, tray.of("anchors"), words.missing.anchors),
        fileField(session, "verify.note", verify.paper, papers, words.missing.notes),
      ],
      verify.act,
      () => verifyPaper(session),
    ),
  ];
}

function verifyPaper(session: Session): Result {
  const { typed, tray } = session;
  const { anchors } = typed.file("verify.anchors", tray, "anchors").content;
  const paper = typed.file("verify.note", tray, "note", "board");
  return paper.content.kind === "board" ? verifyBoard(anchors, paper.bytes) : verifyNote(session, anchors, paper.bytes);
}

function verifyNote(session: Session, anchors: Anchors, note: Uint8Array): Result {
  const others = session.tray.of("note").filter(({ bytes }) => !equal(bytes, note));
  const { roster, stale } = verifyAmong(anchors, note, others, session);
  const former = predecessorAmong(
    others.map(({ bytes }) => bytes),
    roster,
  );
  return {
    made: [{ name: "fingerprint.html", bytes: utf8(fingerprintPage(roster)) }],
    draw: (words) => [
      make("p", { class: "good" }, words.verify.good(roster.serial, isoDay(dayOf(roster.expiresMs)))),
      ...(stale ? [make("p", { class: "warn" }, words.verify.stale)] : []),
      digits(rosterFingerprint(roster)),
      make("p", {}, words.verify.compare),
      ...drawReaders(words, roster),
      make("h3", {}, words.verify.changes),
      lines(changeLines(former, roster, words.language), "changes"),
    ],
  };
}

function drawReaders(words: OfflineWords, roster: Roster): readonly Node[] {
  return roster.desks.flatMap((desk) => [
    make("h3", {}, words.verify.readBy(desk.name)),
    lines(deskReviewers(roster, desk).map(({ id, name, organisation }) => `${name} (${id}), ${organisation}`)),
  ]);
}

/** Against the highest other roster on the table that the board signed: an older one and a fork are refused. */
function verifyAmong(
  anchors: Anchors,
  note: Uint8Array,
  others: readonly TrayFile<"note">[],
  { clock }: Session,
): VerifiedRoster {
  const highest = others
    .flatMap(({ bytes }) => signedOnly(anchors, bytes))
    .reduce<Roster | null>((best, one) => (best === null || one.serial > best.serial ? one : best), null);
  const verified = verifyRoster(anchors, note, highest, clock.nowMs());
  checkChain(anchors, verified.roster, highest, (serial) => {
    return others.find(({ content }) => content.body.serial === serial)?.bytes ?? null;
  });
  return verified;
}

/** A note that only some members signed says nothing about what was published. */
function signedOnly(anchors: Anchors, note: Uint8Array): readonly Roster[] {
  try {
    return [verifySigned(anchors, note)];
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
}

function verifyBoard(former: Anchors, note: Uint8Array): Result {
  const next = verifyAnchorsChange(former, note);
  return {
    made: [{ name: "anchors.json", bytes: utf8(anchorsText(next)) }],
    draw: (words) => [
      make("p", { class: "good" }, words.verify.goodBoard),
      digits(anchorsFingerprint(next)),
      lines(boardLines(former, next, words.language), "changes"),
      make("p", {}, words.verify.takeBoard),
    ],
  };
}
