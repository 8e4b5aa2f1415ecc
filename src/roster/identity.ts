import { base64url, fromBase64url, fromUtf8, utf8 } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { Fault } from "../base/fault.ts";
import { Secret } from "../base/secret.ts";
import { verifierOf } from "../envelope/note-sign.ts";
import { formatVerifierKey } from "../envelope/note.ts";
import { openUnderPassphrase, sealUnderPassphrase } from "../envelope/passphrase.ts";
import { formatIdentity, newIdentity, parseIdentity, recipientOf, type Identity } from "../envelope/recipient.ts";
import type { SigningKey } from "../envelope/sign.ts";

/** The private halves of a person of the roster or the board. */
export interface Keys {
  readonly id: string;
  readonly identity: Identity;
  readonly signing: SigningKey;
}

const firstLine = "# gundo identity v1";
const signingPrefix = "# ed25519 seed: ";
const idPrefix = "# id: ";

export function newKeys(id: string, chance: Chance): Keys {
  return { id, identity: newIdentity(chance), signing: new Secret<Uint8Array>(chance.bytes(32)) };
}

/**
 * An identity file: an age file under a passphrase, whose text stock age takes as an identity (comments hold what is
 * Gundo's own). It takes a second or so, on purpose.
 */
export function encryptKeys(keys: Keys, passphrase: string, chance: Chance): Promise<Uint8Array> {
  return sealUnderPassphrase(utf8(keysText(keys)), passphrase, chance);
}

/** The keys in an identity file. Rejects with `identity.passphrase` or `identity.malformed`. */
export async function decryptKeys(file: Uint8Array, passphrase: string): Promise<Keys> {
  return parseKeys(fromUtf8(await openUnderPassphrase(file, passphrase)) ?? "");
}

/** Short passphrases fall to whoever finds the file; twenty characters are five words. */
export const fewestPassphraseCharacters = 20;

function keysText(keys: Keys): string {
  const lines = [
    firstLine,
    `${idPrefix}${keys.id}`,
    `# recipient: ${recipientOf(keys.identity)}`,
    `# verifier: ${formatVerifierKey(keys.id, verifierOf(keys.signing))}`,
    `${signingPrefix}${base64url(keys.signing.reveal())}`,
    formatIdentity(keys.identity),
  ];
  return `${lines.join("\n")}\n`;
}

function parseKeys(text: string): Keys {
  const lines = text.split("\n");
  const after = (prefix: string): string => lines.find((line) => line.startsWith(prefix))?.slice(prefix.length) ?? "";
  const seed = fromBase64url(after(signingPrefix));
  const identity = parseIdentity(lines.find((line) => line.startsWith("AGE-SECRET-KEY-PQ-1")) ?? "");
  const id = after(idPrefix);
  if (lines[0] !== firstLine || identity === null || seed?.length !== 32 || id === "")
    throw new Fault("identity.malformed");
  return { id, identity, signing: new Secret<Uint8Array>(seed) };
}
