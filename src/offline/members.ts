import { checkFingerprint, type Enrolment } from "../roster/ceremony/enrolment.ts";
import type { BoardMember } from "../roster/ceremony/draft.ts";
import { make } from "./element.ts";
import { textField, tickField } from "./fields.ts";
import type { Session } from "./session.ts";

/** One box for each request on the table: who of them is to be on the board, by which name and fingerprint. */
export function memberFields(session: Session, step: string): readonly HTMLElement[] {
  const { words, tray } = session;
  const requests = tray.of("enrolment");
  if (requests.length === 0) return [make("p", { class: "hint" }, words.missing.enrolment)];
  return requests.map(({ content }) => memberField(session, step, content.enrolment));
}

function memberField(session: Session, step: string, { id }: Enrolment): HTMLElement {
  const { words, typed } = session;
  const on = `${step}.member.${id}`;
  const box = tickField(session, on, words.begin.member(id));
  box.addEventListener("change", () => session.show());
  const fields = typed.isTicked(on)
    ? [
        textField(session, `${on}.name`, words.begin.memberName),
        textField(session, `${on}.spoken`, words.spoken, { hint: words.spokenHint }),
      ]
    : [];
  return make("fieldset", {}, make("legend", {}, id), box, ...fields);
}

/** Who was ticked. Throws `enrolment.fingerprint` unless each one's own digits were typed. */
export function membersIn({ tray, typed }: Session, step: string): readonly BoardMember[] {
  return tray.of("enrolment").flatMap(({ content: { enrolment } }) => {
    const on = `${step}.member.${enrolment.id}`;
    if (!typed.isTicked(on)) return [];
    checkFingerprint(enrolment, typed.needed(`${on}.spoken`));
    return [{ enrolment, name: typed.needed(`${on}.name`) }];
  });
}
