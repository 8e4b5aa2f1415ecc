import { generateKeyPairSync, sign } from "node:crypto";
import { systemChance } from "../../src/base/chance.ts";

/** A self-signed certificate for 127.0.0.1 and localhost, and its key, as PEM. */
export interface TestCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Written in DER by hand (RFC 5280 §4.1), since node:crypto reads certificates and makes none. */
export function selfSigned(): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = der(0x30, oid("2a8648ce3d040302"));
  const name = der(0x30, der(0x31, der(0x30, oid("550403"), text(0x0c, "gundo test"))));
  const validity = der(0x30, text(0x18, "20200101000000Z"), text(0x18, "21000101000000Z"));
  const names = der(0x30, text(0x82, "localhost"), der(0x87, Buffer.from([127, 0, 0, 1])));
  const authority = der(0x30, der(0x01, Buffer.from([0xff])));
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, ...systemChance.bytes(8)])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, der(0x30, extension("551d13", authority), extension("551d11", names))),
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", body, privateKey));
  const pem = der(0x30, body, algorithm, signature).toString("base64").replaceAll(/.{64}/g, "$&\n");
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
  };
}

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

function oid(hexadecimal: string): Buffer {
  return der(0x06, Buffer.from(hexadecimal, "hex"));
}

function text(tag: number, words: string): Buffer {
  return der(tag, Buffer.from(words));
}

function extension(id: string, value: Buffer): Buffer {
  return der(0x30, oid(id), der(0x04, value));
}
