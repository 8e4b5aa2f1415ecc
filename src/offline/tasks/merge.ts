import { Fault } from "../../base/fault.ts";
import { mergeSigned, namesOn } from "../../roster/ceremony/file.ts";
import { make } from "../element.ts";
import { fileField, stepForm, tickFields, ticked } from "../fields.ts";
import type { Result, Session } from "../session.ts";
import type { TrayFile } from "../tray.ts";
import { describe } from "../words.ts";

/** The signatures of several members in one note. One person merges, once. */
export function drawMerge(session: Session): readonly Node[] {
  const { words, tray } = session;
  const notes = signedNotes(session);
  const options = notes.map(({ key, name, content }) => ({
    value: key,
    text: `${name} (${describe(words, content)})`,
  }));
  return [
    make("p", {}, words.merge.intro),
    stepForm(
      session,
      [
        fileField(session, "merge.anchors", words.files.anchors, tray.of("anchors"), words.missing.anchors),
        tickFields(session, "merge.note", words.merge.notes, options, newest(notes)),
        ...(notes.length === 0 ? [make("p", { class: "warn" }, words.missing.notes)] : []),
      ],
      words.merge.act,
      () => merge(session),
    ),
  ];
}

type Signed = TrayFile<"note" | "board">;

function signedNotes({ tray }: Session): readonly Signed[] {
  return tray.of("note", "board").filter(({ content }) => content.signers.length > 0);
}

/** The notes of the latest roster are ticked at first: a table often holds former ones too. */
function newest(notes: readonly Signed[]): readonly string[] {
  const serialOf = ({ content }: Signed): number => (content.kind === "note" ? content.body.serial : 0);
  const highest = Math.max(0, ...notes.map(serialOf));
  return notes.filter((note) => serialOf(note) === highest).map(({ key }) => key);
}

function merge(session: Session): Result {
  const { typed, tray } = session;
  const { anchors } = typed.file("merge.anchors", tray, "anchors").content;
  const notes = signedNotes(session);
  const keys = ticked(
    session,
    "merge.note",
    notes.map(({ key }) => key),
  );
  const chosen = notes.filter(({ key }) => keys.includes(key));
  const [first] = chosen;
  if (first === undefined) throw new Fault("ceremony.incomplete");
  const merged = mergeSigned(chosen.map(({ bytes }) => bytes));
  const signers = namesOn(anchors, merged);
  const isBoard = first.content.kind === "board";
  const name = first.content.kind === "board" ? "anchors.note" : `${first.content.body.serial}.note`;
  return {
    made: [{ name, bytes: merged, chosenIn: "verify.note" }],
    draw: (words) => [
      make("p", {}, words.merge.signed(signers, anchors.threshold)),
      make("p", {}, isBoard ? words.merge.newBoard : words.merge.afterwards),
    ],
  };
}
