import { codeOf } from "../../base/fault.ts";
import { signFile } from "../../roster/sign.ts";
import { whatIsSigned } from "../../roster/ceremony/signing.ts";
import { decryptKeys } from "../../roster/identity.ts";
import { lines, make } from "../element.ts";
import { choosing, fileField, stepForm, tickField } from "../fields.ts";
import { passphraseField } from "../passphrase.ts";
import type { Result, Session } from "../session.ts";
import { newestFirst, type TrayFile } from "../tray.ts";

/** A member's signature: first what it would change, then the signature. */
export function drawSign(session: Session): readonly Node[] {
  const { words, tray } = session;
  const papers = newestFirst(tray.of("draft", "note", "board"));
  return [
    make("p", {}, words.sign.intro),
    choosing(
      fileField(session, "sign.anchors", words.files.anchors, tray.of("anchors"), words.missing.anchors),
      fileField(session, "sign.paper", words.sign.paper, papers, words.missing.draft),
    ),
    ...(papers.length === 0 || tray.of("anchors").length === 0 ? [] : drawSigning(session)),
  ];
}

function drawSigning(session: Session): readonly Node[] {
  const { words, tray } = session;
  try {
    const shown = shownPaper(session);
    return [
      make("h3", {}, words.sign.changes),
      ...(shown.withoutFormer ? [make("p", { class: "warn" }, words.sign.withoutFormer)] : []),
      lines(shown.lines, "changes"),
      stepForm(
        session,
        [
          fileField(session, "sign.identity", words.files.identity, tray.of("identity"), words.missing.identity),
          passphraseField(session, "sign.passphrase"),
          tickField(session, `sign.read.${paperOf(session).key}`, words.sign.read, true),
        ],
        words.sign.act,
        () => signPaper(session),
      ),
    ];
  } catch (error) {
    const code = codeOf(error);
    if (code === "bug") throw error;
    return [make("p", { class: "warn", role: "alert" }, words.refusal(code))];
  }
}

function paperOf({ typed, tray }: Session): TrayFile<"draft" | "note" | "board"> {
  return typed.file("sign.paper", tray, "draft", "note", "board");
}

function shownPaper(session: Session) {
  const { typed, tray, words } = session;
  const { anchors } = typed.file("sign.anchors", tray, "anchors").content;
  const notes = (): readonly Uint8Array[] => tray.of("note").map(({ bytes }) => bytes);
  return whatIsSigned(paperOf(session).bytes, anchors, notes, words.language);
}

async function signPaper(session: Session): Promise<Result> {
  const { typed, tray } = session;
  const { anchors } = typed.file("sign.anchors", tray, "anchors").content;
  const { bytes } = typed.file("sign.identity", tray, "identity");
  const paper = paperOf(session);
  const { board } = shownPaper(session);
  const { id, signing } = await decryptKeys(bytes, typed.text("sign.passphrase"));
  const note = signFile(paper.bytes, anchors, id, signing);
  const counts = board.includes(id);
  return {
    made: [{ name: `${nameOf(paper)}-${id}.note`, bytes: note }],
    draw: (words) => [
      make("p", {}, words.sign.signed(id)),
      counts ? make("p", {}, words.sign.afterwards) : make("p", { class: "warn" }, words.sign.notOnBoard(id)),
    ],
  };
}

/** `2-awa.note` for a roster's serial, `anchors-awa.note` for a change of board: as the runbook names them. */
function nameOf({ content }: TrayFile<"draft" | "note" | "board">): string {
  return content.kind === "board" ? "anchors" : String(content.body.serial);
}
