import { createCipheriv, createDecipheriv, scrypt } from "node:crypto";
import { Stanza, type Identity, type Recipient } from "age-encryption";
import { base64nopad, concat, fromBase64nopad, utf8 } from "../../base/bytes.ts";
import type { Chance } from "../../base/chance.ts";
import { Fault } from "../../base/fault.ts";

/** Work factor of every identity file: 2^18 rounds, 256 MiB, under a second (envelope.md, Roster). */
const scryptWorkFactor = 18;
/** A file that asks for more is not opened: it would freeze an old laptop (c2sp.org/age, scrypt). */
const mostWorkFactor = 20;

/** age's scrypt recipient on Node's native scrypt, off the main thread; the file is the one stock age writes. */
export function passphraseRecipient(passphrase: string, chance: Chance): Recipient {
  return {
    wrapFileKey: async (fileKey) => {
      const salt = chance.bytes(16);
      const key = await stretch(passphrase, salt, scryptWorkFactor);
      const cipher = createCipheriv("chacha20-poly1305", key, new Uint8Array(12), { authTagLength: 16 });
      const body = concat(cipher.update(fileKey), cipher.final(), cipher.getAuthTag());
      return [new Stanza(["scrypt", base64nopad(salt), String(scryptWorkFactor)], body)];
    },
  };
}

/** age's scrypt identity. Rejects with `identity.passphrase` when the passphrase is not the file's. */
export function passphraseIdentity(passphrase: string): Identity {
  return {
    unwrapFileKey: async (stanzas) => {
      const [stanza] = stanzas;
      const [type, saltText, factorText] = stanza?.args ?? [];
      const salt = fromBase64nopad(saltText ?? "");
      const factor = /^[1-9]\d?$/.test(factorText ?? "") ? Number(factorText) : Number.NaN;
      const fits = stanzas.length === 1 && type === "scrypt" && salt?.length === 16 && stanza?.body.length === 32;
      if (!fits || !(factor <= mostWorkFactor)) throw new Fault("identity.malformed");
      return unwrap(await stretch(passphrase, salt, factor), stanza.body);
    },
  };
}

function unwrap(key: Uint8Array, body: Uint8Array): Uint8Array {
  const decipher = createDecipheriv("chacha20-poly1305", key, new Uint8Array(12), { authTagLength: 16 });
  decipher.setAuthTag(body.subarray(16));
  const fileKey = decipher.update(body.subarray(0, 16));
  try {
    decipher.final();
  } catch (cause) {
    throw new Fault("identity.passphrase", { cause });
  }
  return new Uint8Array(fileKey);
}

function stretch(passphrase: string, salt: Uint8Array, workFactor: number): Promise<Uint8Array> {
  const labelled = concat(utf8("age-encryption.org/v1/scrypt"), salt);
  const cost = { N: 2 ** workFactor, r: 8, p: 1, maxmem: 2 ** (workFactor + 10) + 2 ** 20 };
  return new Promise((resolve, reject) => {
    scrypt(passphrase, labelled, 32, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
