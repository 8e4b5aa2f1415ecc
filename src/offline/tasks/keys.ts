import { utf8 } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { verifierOf } from "../../envelope/note-sign.ts";
import { recipientOf } from "../../envelope/recipient.ts";
import { enrolmentRequest, idPattern } from "../../roster/ceremony/enrolment.ts";
import { keyFingerprint } from "../../roster/fingerprint.ts";
import { decryptKeys, encryptKeys, newKeys, type Keys } from "../../roster/identity.ts";
import { digits, make } from "../element.ts";
import { fileField, stepForm, textField } from "../fields.ts";
import { newPassphrase, newPassphraseFields, passphraseField } from "../passphrase.ts";
import type { Result, Session } from "../session.ts";

/** Somebody's keys, made here: an identity file for them and a request for the board. */
export function drawKeys(session: Session): readonly Node[] {
  const { keys } = session.words;
  return [
    make("p", {}, keys.intro),
    stepForm(
      session,
      [
        textField(session, "keys.id", keys.id, { hint: keys.idHint, pattern: "[a-z][a-z0-9\\-]{0,31}" }),
        ...newPassphraseFields(session, "keys.passphrase"),
      ],
      keys.act,
      () => makeKeys(session),
    ),
    make("details", {}, make("summary", {}, keys.change), changeForm(session)),
  ];
}

async function makeKeys(session: Session): Promise<Result> {
  const id = session.typed.needed("keys.id");
  const passphrase = newPassphrase(session, "keys.passphrase");
  if (!idPattern.test(id)) throw new Fault("roster.details");
  const keys = newKeys(id, session.chance);
  return {
    made: [
      { name: `${id}.age`, bytes: await encryptKeys(keys, passphrase, session.chance) },
      { name: `${id}.json`, bytes: utf8(enrolmentRequest(keys)) },
    ],
    draw: (words) => [
      make("p", {}, words.keys.made(id)),
      digits(spokenFingerprint(keys)),
      make("p", {}, words.keys.afterwards),
    ],
  };
}

/** What somebody reads to the board about their own keys. */
export function spokenFingerprint({ identity, signing }: Keys): string {
  return keyFingerprint(recipientOf(identity), verifierOf(signing));
}

function changeForm(session: Session): HTMLElement {
  const { words, tray } = session;
  return stepForm(
    session,
    [
      fileField(session, "change.identity", words.files.identity, tray.of("identity"), words.missing.identity),
      passphraseField(session, "change.passphrase"),
      ...newPassphraseFields(session, "change.fresh"),
    ],
    words.keys.changeAct,
    () => changePassphrase(session),
  );
}

async function changePassphrase(session: Session): Promise<Result> {
  const { tray, typed, chance } = session;
  const file = typed.file("change.identity", tray, "identity");
  const fresh = newPassphrase(session, "change.fresh");
  const keys = await decryptKeys(file.bytes, typed.text("change.passphrase"));
  const bytes = await encryptKeys(keys, fresh, chance);
  return {
    made: [{ name: file.name, bytes, replaces: file.key }],
    draw: (words) => [make("p", {}, words.keys.changed(keys.id))],
  };
}
