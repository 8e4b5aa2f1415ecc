import { utf8 } from "../base/bytes.ts";
import { enrolmentFingerprint, enrolmentRequest, idPattern, parseEnrolment } from "../roster/ceremony/enrolment.ts";
import { fewestPassphraseCharacters, newKeys } from "../roster/identity.ts";
import { openersOf, type Console } from "./console.ts";
import { wipe } from "./openers/bare.ts";
import { refusalOf } from "./refusals.ts";
import type { Refusal } from "./state.ts";

/** What the reviewer typed. */
export interface EnrolForm {
  readonly id: string;
  readonly passphrase: string;
  readonly repeated: string;
}

/** New keys as they leave the page: a file under the passphrase, public halves, digits to read aloud. */
export interface MadeKeys {
  readonly id: string;
  readonly identityFile: Uint8Array;
  readonly request: Uint8Array;
  readonly digits: string;
}

export type Making = { readonly ok: true; readonly made: MadeKeys } | { readonly ok: false; readonly refusal: Refusal };

/** Makes keys in this page (web.md, Enrol). The keys themselves are gone once the file is made. */
export async function makeKeys(gundo: Console, form: EnrolForm): Promise<Making> {
  const refusal = refusalIn(form);
  if (refusal !== null) return { ok: false, refusal };
  const openers = openersOf(gundo);
  const keys = newKeys(form.id, gundo.chance);
  try {
    const request = utf8(enrolmentRequest(keys));
    const digits = enrolmentFingerprint(parseEnrolment(request));
    const identityFile = await openers.lock(keys, form.passphrase);
    return { ok: true, made: { id: form.id, identityFile, request, digits } };
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) };
  } finally {
    openers[Symbol.dispose]();
    wipe(keys);
  }
}

function refusalIn({ id, passphrase, repeated }: EnrolForm): Refusal | null {
  if (!idPattern.test(id)) return "name";
  if (Array.from(passphrase).length < fewestPassphraseCharacters) return "passphraseShort";
  return passphrase === repeated ? null : "passphraseDiffers";
}
