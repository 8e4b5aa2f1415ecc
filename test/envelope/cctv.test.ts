import { createHash } from "node:crypto";
import * as cctv from "cctv-age";
import { describe, expect, it } from "vitest";
import type { Sealed } from "../../src/base/brand.ts";
import { codeOf } from "../../src/base/fault.ts";
import { readHeader } from "../../src/envelope/header-read.ts";
import { open } from "../../src/envelope/open.ts";
import { openPayload } from "../../src/envelope/payload-read.ts";
import { parseIdentity } from "../../src/envelope/recipient.ts";
import { shapeOf } from "../../src/envelope/shape.ts";
import { openers } from "./sealers.ts";
import { vectorOf } from "./vectors.ts";

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
