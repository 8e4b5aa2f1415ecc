import { parseDeskId } from "../../base/brand.ts";
import { Fault } from "../../base/fault.ts";
import { closeDesk, renewServer, setDesk } from "../../roster/ceremony/people.ts";
import type { Desk } from "../../roster/roster.ts";
import { editBase, type Base } from "../base.ts";
import { choiceField, fileField, stepForm, textField, ticked, tickFields, type Option } from "../fields.ts";
import type { Session } from "../session.ts";

const another = "*";

/** Opens a desk, or changes one: its fields begin with what it is now. */
export function deskForm(session: Session, { draft, key }: Base): HTMLElement {
  const { words, typed } = session;
  const which = choiceField(session, "desk.which", words.desk.which, [
    ...desks(draft.desks),
    { value: another, text: words.desk.another },
  ]);
  const known = draft.desks.find(({ id }) => id === typed.text("desk.which")) ?? null;
  // Of this very draft: after a step the fields begin with what the desk has become.
  const name = `desk.${key ?? another}.${known?.id ?? another}`;
  const readers = draft.reviewers
    .filter(({ roles }) => !roles.includes("release"))
    .map((one) => ({ value: one.id, text: `${one.name} (${one.id})` }));
  return stepForm(
    session,
    [
      which,
      ...(known === null
        ? [textField(session, `${name}.id`, words.desk.id, { pattern: "[a-z][a-z0-9\\-]{0,31}" })]
        : []),
      textField(session, `${name}.name`, words.desk.name, { hint: words.desk.nameHint, start: known?.name ?? "" }),
      textField(session, `${name}.places`, words.desk.places, {
        hint: words.desk.placesHint,
        optional: true,
        start: known?.places.join(", ") ?? "",
      }),
      textField(session, `${name}.approvals`, words.desk.approvals, {
        pattern: "[1-9]",
        start: String(known?.approvals ?? 2),
      }),
      tickFields(session, `${name}.reader`, words.desk.readers, readers, known?.reviewers ?? []),
    ],
    words.next.acts.desk,
    () => {
      const desk = deskOf(session, name, known, readers);
      return editBase(session, "desk.", (body) => setDesk(body, desk));
    },
  );
}

function deskOf(session: Session, name: string, known: Desk | null, readers: readonly Option[]): Desk {
  const { typed } = session;
  const id = known?.id ?? parseDeskId(typed.needed(`${name}.id`));
  if (id === null) throw new Fault("roster.details");
  return {
    id,
    name: typed.needed(`${name}.name`),
    places: typed.list(`${name}.places`),
    reviewers: ticked(
      session,
      `${name}.reader`,
      readers.map(({ value }) => value),
    ),
    approvals: Number(typed.needed(`${name}.approvals`)),
  };
}

/** Takes a desk out of the draft. */
export function closeDeskForm(session: Session, { draft }: Base): HTMLElement {
  const { words, typed } = session;
  return stepForm(
    session,
    [choiceField(session, "closeDesk.id", words.desk.which, desks(draft.desks))],
    words.next.acts.closeDesk,
    () => {
      const id = typed.needed("closeDesk.id");
      return editBase(session, "closeDesk.", (body) => closeDesk(body, id));
    },
  );
}

/** Takes the server's new keys. */
export function serverForm(session: Session): HTMLElement {
  const { words, typed, tray } = session;
  return stepForm(
    session,
    [fileField(session, "server.file", words.files.server, tray.of("server"), words.missing.server)],
    words.next.acts.server,
    () => {
      const { server } = typed.file("server.file", tray, "server").content;
      return editBase(session, "server.", (body) => renewServer(body, server));
    },
  );
}

function desks(known: readonly Desk[]): readonly Option[] {
  return known.map(({ id, name }) => ({ value: id, text: `${name} (${id})` }));
}
