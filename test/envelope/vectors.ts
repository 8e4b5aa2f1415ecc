import { inflateSync } from "node:zlib";
import { fromHex } from "../../src/base/bytes.ts";

/** One vector of the age test kit (c2sp.org/CCTV/age). */
export interface Vector {
  readonly name: string;
  readonly expect: string;
  readonly payload: string | undefined;
  readonly identities: readonly string[];
  readonly passphrases: readonly string[];
  readonly fileKey: Uint8Array;
  readonly file: Uint8Array;
}

export function vectorOf([name, bytes]: [string, Uint8Array]): Vector {
  const whole = Buffer.from(bytes);
  const end = whole.indexOf("\n\n");
  const lines = whole.subarray(0, end).toString().split("\n");
  const value = (key: string) =>
    lines.filter((line) => line.startsWith(`${key}: `)).map((line) => line.slice(key.length + 2));
  const body = whole.subarray(end + 2);
  return {
    name,
    expect: value("expect")[0]!,
    payload: value("payload")[0],
    identities: value("identity"),
    passphrases: value("passphrase"),
    fileKey: fromHex(value("file key")[0] ?? "") ?? new Uint8Array(0),
    file: value("compressed")[0] === "zlib" ? inflateSync(body) : body,
  };
}
