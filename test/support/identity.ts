import { Encrypter } from "age-encryption";
import { readFile, writeFile } from "node:fs/promises";
import { base64url } from "../../src/base/bytes.ts";
import { verifierOf } from "../../src/envelope/note-sign.ts";
import { formatVerifierKey } from "../../src/envelope/note.ts";
import { openUnderPassphrase } from "../../src/envelope/passphrase.ts";
import { formatIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import type { Keys } from "../../src/roster/identity.ts";

interface Locked {
  readonly identityFile: string;
  readonly passphrase: string;
}

/** The same identity under a passphrase that costs a thousandth to try: a story opens it a hundred times. */
export async function quicken({ identityFile, passphrase }: Locked): Promise<void> {
  const text = await openUnderPassphrase(await readFile(identityFile), passphrase);
  await writeFile(identityFile, await quickFile(text, passphrase));
}

/** An identity file of these keys, as quick to open; stock age writes it. */
export function quickIdentity(keys: Keys, passphrase: string): Promise<Uint8Array> {
  const lines = [
    "# gundo identity v1",
    `# id: ${keys.id}`,
    `# recipient: ${recipientOf(keys.identity)}`,
    `# verifier: ${formatVerifierKey(keys.id, verifierOf(keys.signing))}`,
    `# ed25519 seed: ${base64url(keys.signing.reveal())}`,
    formatIdentity(keys.identity),
  ];
  return quickFile(`${lines.join("\n")}\n`, passphrase);
}

function quickFile(text: string | Uint8Array, passphrase: string): Promise<Uint8Array> {
  const quick = new Encrypter();
  quick.setPassphrase(passphrase);
  quick.setScryptWorkFactor(8);
  return quick.encrypt(text);
}
