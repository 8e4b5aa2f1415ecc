import { base64url, utf8 } from "../base/bytes.ts";

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
