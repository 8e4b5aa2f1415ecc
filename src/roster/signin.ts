import { base64url, utf8 } from "../base/bytes.ts";
import { auditObject, signAct } from "../envelope/audit.ts";
import { sign, type SigningKey } from "../envelope/sign.ts";

/** What a reviewer signs to sign in: bound to the instance and to the origin they typed, good for one nonce. */
export interface SignIn {
  readonly instance: string;
  readonly origin: string;
  readonly reviewer: string;
  readonly nonce: Uint8Array;
}

/** The exact bytes under the signature; the first line keeps it from being valid for anything else. */
export function signInMessage(signIn: SignIn): Uint8Array {
  const lines = ["gundo/signin/v1", signIn.instance, signIn.origin, signIn.reviewer, base64url(signIn.nonce)];
  return utf8(`${lines.join("\n")}\n`);
}

/** The object of a sign-in in the audit, 32 bytes: the origin, under the nonce, which is kept nowhere. */
export function signInObject({ origin, nonce }: Pick<SignIn, "origin" | "nonce">): Uint8Array {
  return auditObject(utf8(origin), nonce);
}

/** Both signatures of a sign-in: the one that opens the session, and the one that stays in the audit. 64 bytes each. */
export function signSignIn(signIn: SignIn, key: SigningKey): { signature: Uint8Array; auditSignature: Uint8Array } {
  const { instance, reviewer } = signIn;
  const act = { instance, reviewer, action: "signIn", object: signInObject(signIn) } as const;
  return { signature: sign(key, signInMessage(signIn)), auditSignature: signAct(key, act) };
}
