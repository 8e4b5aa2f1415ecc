import { createHash } from "node:crypto";
import { inflateSync } from "node:zlib";
import * as cctv from "cctv-age";
import { describe, expect, it } from "vitest";
import type { Sealed } from "../../src/base/brand.ts";
import { fromHex } from "../../src/base/bytes.ts";
import { codeOf } from "../../src/base/fault.ts";
import { readHeader } from "../../src/envelope/header-read.ts";
import { open, openPayload } from "../../src/envelope/open.ts";
import { parseIdentity } from "../../src/envelope/recipient.ts";
import { shapeOf } from "../../src/envelope/shape.ts";
import { openers } from "./sealers.ts";

/** One vector of the age test kit (c2sp.org/CCTV/age). */
interface Vector {
  readonly name: string;
  readonly expect: string;
  readonly payload: string | undefined;
  readonly identities: readonly string[];
  readonly fileKey: Uint8Array;
  readonly file: Uint8Array;
}

function vectorOf([name, bytes]: [string, Uint8Array]): Vector {
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
    fileKey: fromHex(value("file key")[0] ?? "") ?? new Uint8Array(0),
    file: value("compressed")[0] === "zlib" ? inflateSync(body) : body,
  };
}

const vectors = Object.entries(cctv).map(vectorOf);
const hybrid = vectors.filter(({ name }) => name.startsWith("hybrid"));
// Sealed for recipients that Gundo does not have: header, MAC and payload are tried with the file key the kit gives.
const format = vectors.filter(({ name }) => /^(empty|header|hmac|stanza|stream|version)/.test(name));

function outcome(act: () => Uint8Array): string {
  try {
    return createHash("sha256").update(act()).digest("hex");
  } catch (thrown) {
    return codeOf(thrown);
  }
}

describe("age test kit", () => {
  it("is there, hybrid vectors and format vectors both", () => {
    expect(hybrid.length).toBeGreaterThanOrEqual(16);
    expect(format.length).toBeGreaterThanOrEqual(45);
  });

  describe.each(openers)("opened by $name", ({ decapsulator }) => {
    it.each(hybrid)("$name: $expect", (vector) => {
      const identities = vector.identities.map(parseIdentity).filter((identity) => identity !== null);
      expect(identities.length).toBeGreaterThan(0);
      for (const identity of identities)
        expect(outcome(() => open(vector.file as Sealed, identity, decapsulator))).toBe(
          vector.expect === "success" ? vector.payload : "envelope.unopenable",
        );
    });
  });

  it.each(format)("$name: $expect", (vector) => {
    const header = readHeader(vector.file);
    const opened = header === null ? null : openPayload(header, vector.fileKey);
    if (vector.expect === "header failure" && !/^stream_(no|short)_nonce$/.test(vector.name)) expect(header).toBeNull();
    else if (vector.expect === "success") expect(outcome(() => opened!)).toBe(vector.payload);
    else expect(opened).toBeNull();
  });

  it.each(vectors)("$name is no shape of ours", ({ file }) => {
    expect(shapeOf(file)).toBeNull();
  });
});
