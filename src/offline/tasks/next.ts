import { isoDay } from "../../base/clock.ts";
import { codeOf } from "../../base/fault.ts";
import { lastServiceDay, servingShort, unfinished } from "../../roster/ceremony/draft.ts";
import { changeLines } from "../../roster/ceremony/words.ts";
import type { Reviewer, RosterBody } from "../../roster/roster.ts";
import { openBase, type Base } from "../base.ts";
import { lines, make } from "../element.ts";
import { choiceField, choosing, fileField } from "../fields.ts";
import type { Session } from "../session.ts";
import { newestFirst } from "../tray.ts";
import type { OfflineWords } from "../words.ts";
import { admitForm, newKeysForm, prolongForm, removeForm } from "./people.ts";
import { closeDeskForm, deskForm, serverForm } from "./desks.ts";

/** The draft of the next roster: what it changes so far, and every step that changes it. */
export function drawNext(session: Session): readonly Node[] {
  const { words, tray } = session;
  const { next } = words;
  const bases = newestFirst(tray.of("draft", "note")).map(({ key, name, content }) => ({
    value: key,
    text: content.kind === "draft" ? next.goOn(name) : next.beginAfter(name, content.body.serial),
  }));
  return [
    make("p", {}, next.intro),
    choosing(
      fileField(session, "next.anchors", words.files.anchors, tray.of("anchors"), words.missing.anchors),
      choiceField(session, "next.base", next.base, bases, bases.length === 0 ? next.noBase : undefined),
    ),
    ...(bases.length === 0 || tray.of("anchors").length === 0 ? [] : drawBase(session)),
  ];
}

function drawBase(session: Session): readonly Node[] {
  try {
    const base = openBase(session);
    return [...drawDraft(session, base), ...steps.map((step) => drawStep(session, base, step))];
  } catch (error) {
    const code = codeOf(error);
    if (code === "bug") throw error;
    return [make("p", { class: "warn", role: "alert" }, session.words.refusal(code))];
  }
}

function drawDraft({ words }: Session, { draft, published }: Base): readonly Node[] {
  const lacking = unfinished(draft);
  return [
    make("h3", {}, words.next.asItStands),
    lines(changeLines(published, draft, words.language), "changes"),
    ...servingShort(draft).map((one) => make("p", { class: "warn" }, shortLine(words, draft, one))),
    lacking === null
      ? make("p", { class: "good" }, words.next.ready)
      : make("p", { class: "warn" }, words.next.notReady(words.refusal(lacking))),
  ];
}

function shortLine({ next }: OfflineWords, draft: RosterBody, { id, until }: Reviewer): string {
  return next.servesShort(id, isoDay(until), isoDay(lastServiceDay(draft)));
}

const steps = ["admit", "remove", "prolong", "newKeys", "desk", "closeDesk", "server"] as const;
/** One of the changes a board makes. */
export type Step = (typeof steps)[number];

const forms: Readonly<Record<Step, (session: Session, base: Base) => HTMLElement>> = {
  admit: admitForm,
  remove: removeForm,
  prolong: prolongForm,
  newKeys: newKeysForm,
  desk: deskForm,
  closeDesk: closeDeskForm,
  server: serverForm,
};

/** Folded until it is wanted; it stays open when the page is drawn again. */
function drawStep(session: Session, base: Base, step: Step): HTMLElement {
  const name = `open.${step}`;
  const details = make("details", { id: `step-${step}` }, make("summary", {}, session.words.next.steps[step]));
  details.open = session.typed.isTicked(name);
  details.addEventListener("toggle", () => session.typed.set(name, details.open ? "yes" : ""));
  details.append(forms[step](session, base));
  return details;
}
