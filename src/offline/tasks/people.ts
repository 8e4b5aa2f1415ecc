import { dayOf, fromIsoDay, isoDay, type UnixDay } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { lastServiceDay } from "../../roster/ceremony/draft.ts";
import { checkFingerprint, type Enrolment } from "../../roster/ceremony/enrolment.ts";
import { admit, extend, remove, renewKeys, type Service } from "../../roster/ceremony/people.ts";
import type { Role, RosterBody } from "../../roster/roster.ts";
import { editBase, type Base } from "../base.ts";
import { choiceField, fileField, stepForm, textField, tickFields, type Option } from "../fields.ts";
import type { Session } from "../session.ts";

const roles: Readonly<Record<"review" | "lead" | "release", readonly Role[]>> = {
  review: ["review"],
  lead: ["review", "lead"],
  release: ["release"],
};

/** Puts somebody into the draft, from their request. */
export function admitForm(session: Session, { draft }: Base): HTMLElement {
  const { words } = session;
  const { person } = words;
  const desks = draft.desks.map(({ id, name }) => ({ value: id, text: `${name} (${id})` }));
  const kinds = Object.entries(person.roles).map(([value, text]) => ({ value, text }));
  return stepForm(
    session,
    [
      ...requestFields(session, "admit"),
      textField(session, "admit.name", person.name),
      textField(session, "admit.organisation", person.organisation),
      textField(session, "admit.short", person.short, { hint: person.shortHint }),
      textField(session, "admit.places", person.places, { hint: person.placesHint, optional: true }),
      textField(session, "admit.languages", person.languages, { hint: person.languagesHint, start: "fr" }),
      choiceField(session, "admit.role", person.role, kinds),
      tickFields(session, "admit.desk", person.desks, desks, desks.length === 1 ? [desks[0]!.value] : []),
      untilField(session, "admit.until", draft),
    ],
    words.next.acts.admit,
    () => {
      const enrolment = requested(session, "admit");
      const service = serviceOf(session, draft.desks);
      return editBase(session, "admit.", (body) => admit(body, enrolment, service));
    },
  );
}

function serviceOf(session: Session, desks: Base["draft"]["desks"]): Service {
  const { typed, clock } = session;
  const role = typed.text("admit.role") as keyof typeof roles;
  const chosen = desks.filter(({ id }) => typed.isTicked(`admit.desk.${id}`)).map(({ id }) => id);
  return {
    name: typed.needed("admit.name"),
    organisation: typed.needed("admit.organisation"),
    organisationShort: typed.needed("admit.short"),
    places: typed.list("admit.places"),
    languages: typed.list("admit.languages"),
    roles: roles[role],
    from: dayOf(clock.nowMs()),
    until: lastDay(session, "admit.until"),
    desks: role === "release" ? [] : chosen,
  };
}

/** Takes somebody out of the draft. */
export function removeForm(session: Session, base: Base): HTMLElement {
  const { words, typed } = session;
  return stepForm(
    session,
    [choiceField(session, "remove.id", words.person.who, people(base), words.next.removeHint)],
    words.next.acts.remove,
    () => {
      const id = typed.needed("remove.id");
      return editBase(session, "remove.", (body) => remove(body, id));
    },
  );
}

const everybody = "*";

/** Lets somebody or everybody serve longer. */
export function prolongForm(session: Session, base: Base): HTMLElement {
  const { words, typed } = session;
  const whom = [{ value: everybody, text: words.person.everybody }, ...people(base)];
  return stepForm(
    session,
    [choiceField(session, "prolong.id", words.person.who, whom), untilField(session, "prolong.until", base.draft)],
    words.next.acts.prolong,
    () => {
      const id = typed.needed("prolong.id");
      const until = lastDay(session, "prolong.until");
      return editBase(session, "prolong.", (body) => extend(body, id === everybody ? [] : [id], until));
    },
  );
}

/** Takes the new keys of somebody who stays. */
export function newKeysForm(session: Session, { draft }: Base): HTMLElement {
  return stepForm(
    session,
    [...requestFields(session, "newKeys"), untilField(session, "newKeys.until", draft)],
    session.words.next.acts.newKeys,
    () => {
      const enrolment = requested(session, "newKeys");
      const until = lastDay(session, "newKeys.until");
      return editBase(session, "newKeys.", (body) => extend(renewKeys(body, enrolment), [enrolment.id], until));
    },
  );
}

function people({ draft }: Base): readonly Option[] {
  return draft.reviewers.map(({ id, name, organisation }) => ({ value: id, text: `${name} (${id}), ${organisation}` }));
}

function requestFields(session: Session, step: string): readonly HTMLElement[] {
  const { words, tray } = session;
  return [
    fileField(session, `${step}.request`, words.files.enrolment, tray.of("enrolment"), words.missing.enrolment),
    textField(session, `${step}.spoken`, words.spoken, { hint: words.spokenHint }),
  ];
}

/** The request chosen. Throws `enrolment.fingerprint` unless the person's own digits were typed. */
function requested({ typed, tray }: Session, step: string): Enrolment {
  const { enrolment } = typed.file(`${step}.request`, tray, "enrolment").content;
  checkFingerprint(enrolment, typed.needed(`${step}.spoken`));
  return enrolment;
}

/** Until the roster's grace is over, unless another day is chosen. */
function untilField(session: Session, name: string, draft: RosterBody): HTMLElement {
  const start = isoDay(lastServiceDay(draft));
  return textField(session, name, session.words.person.until, { type: "date", start });
}

function lastDay({ typed }: Session, name: string): UnixDay {
  const day = fromIsoDay(typed.needed(name));
  if (day === null) throw new Fault("roster.details");
  return day;
}
