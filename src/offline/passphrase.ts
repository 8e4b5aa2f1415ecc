import { Fault } from "../base/fault.ts";
import { fewestPassphraseCharacters } from "../roster/identity.ts";
import { spokenWords } from "../roster/ceremony/kit.ts";
import { digits, make } from "./element.ts";
import { textField } from "./fields.ts";
import type { Session } from "./session.ts";

/** Ten random bytes: 80 bits, five words. */
const proposedBytes = 10;

/** A passphrase typed twice, or one of five words that the page proposes, to be copied onto paper. */
export function newPassphraseFields(session: Session, name: string): readonly HTMLElement[] {
  const { words, typed, chance } = session;
  const { passphrase } = words;
  const propose = make("button", { type: "button", id: `${name}-propose` }, passphrase.propose);
  propose.addEventListener("click", () => {
    const proposed = spokenWords(chance.bytes(proposedBytes)).join(" ");
    for (const field of ["", "-again", "-proposed"]) typed.setSecret(`${name}${field}`, proposed);
    session.show();
  });
  const proposed = typed.text(`${name}-proposed`);
  return [
    textField(session, name, passphrase.fresh, { type: "password", hint: passphrase.hint }),
    textField(session, `${name}-again`, passphrase.again, { type: "password" }),
    make("div", { class: "field" }, propose),
    ...(proposed === "" ? [] : [make("p", {}, passphrase.proposed), digits(proposed)]),
  ];
}

/** Throws `identity.weak` for a short one, or one that was typed differently the second time. */
export function newPassphrase({ typed }: Session, name: string): string {
  const passphrase = typed.text(name);
  if (passphrase.length < fewestPassphraseCharacters || passphrase !== typed.text(`${name}-again`))
    throw new Fault("identity.weak");
  return passphrase;
}

/** The passphrase of an identity file that is there. */
export function passphraseField(session: Session, name: string): HTMLElement {
  return textField(session, name, session.words.passphrase.present, { type: "password" });
}
