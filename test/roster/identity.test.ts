import { Decrypter, Encrypter } from "age-encryption";
import { describe, expect, it } from "vitest";
import { hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { verifierOf } from "../../src/envelope/note-sign.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import { decryptKeys, encryptKeys, newKeys } from "../../src/roster/identity.ts";

const passphrase = "quatre mots et un fleuve";
const keys = newKeys("awa", systemChance);

async function textIn(file: Uint8Array): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  return decrypter.decrypt(file, "text");
}

/** A file by age itself, quick to open. */
function fileOf(text: string | Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(1);
  return encrypter.encrypt(text);
}

describe("an identity file", () => {
  it("brings the same keys back, whoever put it under a passphrase", async () => {
    const file = await encryptKeys(keys, passphrase, systemChance);
    const text = await textIn(file);
    for (const one of [file, await fileOf(text)]) {
      const back = await decryptKeys(one, passphrase);
      expect(back.id).toBe("awa");
      expect(hex(back.identity.reveal())).toBe(hex(keys.identity.reveal()));
      expect(hex(verifierOf(back.signing))).toBe(hex(verifierOf(keys.signing)));
    }
    await expect(decryptKeys(file, "quatre mots et un puits")).rejects.toThrow(/^identity\.passphrase$/);
  });

  it("is one to stock age, once the passphrase is off", async () => {
    const text = await textIn(await encryptKeys(keys, passphrase, systemChance));
    const identities = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    expect(identities).toHaveLength(1);
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipientOf(keys.identity));
    const opener = new Decrypter();
    opener.addIdentity(identities[0]!);
    expect(await opener.decrypt(await encrypter.encrypt("pour Awa"), "text")).toBe("pour Awa");
  });

  it("that is whole and holds something else is refused by one code", async () => {
    const text = await textIn(await encryptKeys(keys, passphrase, systemChance));
    const without = (start: string): string =>
      text
        .split("\n")
        .filter((line) => !line.startsWith(start))
        .join("\n");
    const refused = [
      "",
      "a love letter\n",
      without("# gundo identity v1"),
      without("# id: "),
      without("# ed25519 seed: "),
      without("AGE-SECRET-KEY-PQ-1"),
      text.replace(/# ed25519 seed: ./, "# ed25519 seed: "),
      text.replace("AGE-SECRET-KEY-PQ-1", "AGE-SECRET-KEY-1"),
    ];
    for (const one of [...refused, Uint8Array.of(0xff, 0xfe)])
      await expect(decryptKeys(await fileOf(one), passphrase)).rejects.toThrow(/^identity\.malformed$/);
    await expect(decryptKeys(utf8("no age file"), passphrase)).rejects.toThrow(/^identity\.malformed$/);
  });

  it("prints nothing of its keys", async () => {
    expect(JSON.stringify(keys)).toBe('{"id":"awa","identity":"[secret]","signing":"[secret]"}');
  });
});
