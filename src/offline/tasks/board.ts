import { utf8 } from "../../base/bytes.ts";
import { parseAnchorsChange } from "../../roster/anchors.ts";
import { boardDraft, boardLines } from "../../roster/ceremony/board.ts";
import type { Roster } from "../../roster/roster.ts";
import { verifySigned } from "../../roster/verify.ts";
import { lines, make } from "../element.ts";
import { choiceField, choosing, fileField, stepForm, textField, ticked, tickFields } from "../fields.ts";
import { memberFields, membersIn } from "../members.ts";
import type { Result, Session } from "../session.ts";
import type { TrayFile } from "../tray.ts";

/** Another board: who stays, who joins, how many must sign. */
export function drawBoard(session: Session): readonly Node[] {
  const { words, tray, typed } = session;
  const anchors = fileField(session, "board.anchors", words.files.anchors, tray.of("anchors"), words.missing.anchors);
  const chosen = tray.of("anchors").find(({ key }) => key === typed.text("board.anchors"));
  return [
    make("p", {}, words.board.intro),
    choosing(anchors),
    ...(chosen === undefined ? [] : [boardForm(session, chosen)]),
  ];
}

function boardForm(session: Session, { key, content: { anchors } }: TrayFile<"anchors">): HTMLElement {
  const { words, tray } = session;
  const members = anchors.board.map(({ id, name }) => ({ value: id, text: `${name} (${id})` }));
  const rosters = tray.of("note").map(({ key: note, name }) => ({ value: note, text: name }));
  const none = { value: "-", text: words.board.noRoster };
  return stepForm(
    session,
    [
      choiceField(session, "board.roster", words.board.roster, [...rosters.toReversed(), none]),
      tickFields(
        session,
        `board.stays.${key}`,
        words.board.stays,
        members,
        members.map(({ value }) => value),
      ),
      ...memberFields(session, "board"),
      textField(session, `board.threshold.${key}`, words.begin.threshold, {
        start: String(anchors.threshold),
        pattern: "[1-9][0-9]?",
      }),
    ],
    words.board.act,
    () => draftBoard(session),
  );
}

function draftBoard(session: Session): Result {
  const { typed, tray } = session;
  const { key, content } = typed.file("board.anchors", tray, "anchors");
  const { anchors } = content;
  const stays = ticked(
    session,
    `board.stays.${key}`,
    anchors.board.map(({ id }) => id),
  );
  const threshold = Number(typed.needed(`board.threshold.${key}`));
  const change = { stays, joins: membersIn(session, "board"), threshold };
  const text = boardDraft(anchors, change, publishedRoster(session));
  const { anchors: next } = parseAnchorsChange(text);
  return {
    made: [{ name: "anchors.draft", bytes: utf8(text), chosenIn: "sign.paper" }],
    draw: (words) => [
      lines(boardLines(anchors, next, words.language), "changes"),
      make("p", {}, words.board.afterwards),
    ],
  };
}

function publishedRoster({ typed, tray }: Session): Roster | null {
  if (typed.text("board.roster") === "-") return null;
  const { anchors } = typed.file("board.anchors", tray, "anchors").content;
  return verifySigned(anchors, typed.file("board.roster", tray, "note").bytes);
}
