import { parseDeskId } from "../../base/brand.ts";
import { utf8 } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { draftBytes, firstAnchors, firstDraft } from "../../roster/ceremony/draft.ts";
import { anchorsFingerprint } from "../../roster/ceremony/board.ts";
import { anchorsText } from "../../roster/text.ts";
import { digits, make } from "../element.ts";
import { fileField, stepForm, textField } from "../fields.ts";
import { memberFields, membersIn } from "../members.ts";
import type { Result, Session } from "../session.ts";

/** The first act of an instance: who the board is, and the draft of its first roster. */
export function drawBegin(session: Session): readonly Node[] {
  const { words, tray } = session;
  const { begin } = words;
  return [
    make("p", {}, begin.intro),
    stepForm(
      session,
      [
        textField(session, "begin.instance", begin.instance, {
          hint: begin.instanceHint,
          pattern: "[a-z][a-z0-9\\-]{2,62}",
        }),
        fileField(session, "begin.server", words.files.server, tray.of("server"), words.missing.server),
        ...memberFields(session, "begin"),
        textField(session, "begin.threshold", begin.threshold, { start: "2", pattern: "[1-9][0-9]?" }),
        make("h3", {}, begin.desk),
        textField(session, "begin.desk", words.desk.id, { start: "all", pattern: "[a-z][a-z0-9\\-]{0,31}" }),
        textField(session, "begin.deskName", words.desk.name, { hint: words.desk.nameHint }),
        textField(session, "begin.places", words.desk.places, { hint: words.desk.placesHint, optional: true }),
      ],
      begin.act,
      () => beginBoard(session),
    ),
  ];
}

function beginBoard(session: Session): Result {
  const { tray, typed, clock } = session;
  const members = membersIn(session, "begin");
  if (members.length === 0) throw new Fault("ceremony.incomplete");
  const anchors = firstAnchors(typed.needed("begin.instance"), members, Number(typed.needed("begin.threshold")));
  const { server } = typed.file("begin.server", tray, "server").content;
  const id = parseDeskId(typed.needed("begin.desk"));
  if (id === null) throw new Fault("roster.details");
  const desk = { id, name: typed.needed("begin.deskName"), places: typed.list("begin.places") };
  const draft = firstDraft(anchors.instance, server, [desk], clock.nowMs());
  return {
    made: [
      { name: "anchors.json", bytes: utf8(anchorsText(anchors)) },
      { name: "roster.draft", bytes: draftBytes(draft), chosenIn: "next.base" },
    ],
    draw: (words) => [
      make("p", {}, words.begin.made(anchors.threshold, anchors.board.length)),
      digits(anchorsFingerprint(anchors)),
      make("p", {}, words.begin.afterwards),
    ],
  };
}
