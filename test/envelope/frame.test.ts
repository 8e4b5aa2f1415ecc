import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plain } from "../../src/base/brand.ts";
import { decodeFrame, encodeFrame, frameHeadBytes, type FrameKind } from "../../src/envelope/frame.ts";
import { sizeClasses, sizeClassFor } from "../../src/envelope/pad.ts";

const kinds: readonly FrameKind[] = [
  "report",
  "reply",
  "caseEvent",
  "labels",
  "attachmentPart",
  "decoy",
  "acknowledgement",
  "forget",
  "relayOrder",
  "quarterlyKey",
  "seed",
  "note",
];
const largestBody = 262_144 - frameHeadBytes;

function changed(plain: Plain, change: (bytes: Uint8Array) => void): Plain {
  const bytes = Uint8Array.from(plain);
  change(bytes);
  return bytes as Uint8Array as Plain;
}

const refused = expect.objectContaining({ code: "envelope.frame" });

describe("frame", () => {
  it("has the bytes of the contract", () => {
    const plain = encodeFrame({ kind: "reply", body: Uint8Array.of(0xaa, 0xbb) });
    expect(Buffer.from(plain.subarray(0, 13)).toString("hex")).toBe("474e444f010200000002aabb00");
    expect(plain).toHaveLength(8192);
  });

  it("numbers its kinds from 1 to 12", () => {
    expect(kinds.map((kind) => encodeFrame({ kind, body: new Uint8Array(0) })[5])).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
  });

  it("gives back any body of any class", () => {
    const length = fc.oneof(
      fc.integer({ min: 0, max: largestBody }),
      ...sizeClasses.map((size) => fc.integer({ min: size - frameHeadBytes - 2, max: Math.min(size, largestBody) })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...kinds), length, fc.integer({ min: 0, max: 255 }), (kind, bytes, fill) => {
        const body = new Uint8Array(bytes).fill(fill);
        const frame = decodeFrame(encodeFrame({ kind, body }));
        expect(frame.kind).toBe(kind);
        expect(Buffer.compare(frame.body, body)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it.each(sizeClasses)("fills a class of %i bytes to its last byte and no further", (size) => {
    const next = sizeClasses[sizeClasses.indexOf(size) + 1];
    const body = new Uint8Array(size - frameHeadBytes).fill(7);
    expect(encodeFrame({ kind: "report", body })).toHaveLength(size);
    const more = new Uint8Array(body.length + 1);
    if (next === undefined)
      expect(() => encodeFrame({ kind: "report", body: more })).toThrow(
        expect.objectContaining({ code: "envelope.tooLarge" }),
      );
    else expect(encodeFrame({ kind: "report", body: more })).toHaveLength(next);
  });

  it("knows the class of a length at every boundary", () => {
    expect([0, 8192, 8193, 32_768, 32_769, 131_072, 131_073, 262_144, 262_145].map(sizeClassFor)).toEqual([
      8192,
      8192,
      32_768,
      32_768,
      131_072,
      131_072,
      262_144,
      262_144,
      null,
    ]);
  });

  it("refuses padding that is not zero, wherever it stands", () => {
    const plain = encodeFrame({ kind: "report", body: new Uint8Array(100) });
    fc.assert(
      fc.property(fc.integer({ min: 110, max: 8191 }), fc.integer({ min: 1, max: 255 }), (at, byte) => {
        expect(() => decodeFrame(changed(plain, (bytes) => bytes.fill(byte, at, at + 1)))).toThrow(refused);
      }),
    );
  });

  it("refuses a class larger than needed", () => {
    const plain = new Uint8Array(32_768);
    plain.set(encodeFrame({ kind: "report", body: new Uint8Array(8182) }));
    expect(() => decodeFrame(plain as Uint8Array as Plain)).toThrow(refused);
  });

  it.each([
    ["another magic", 0, 0x67],
    ["version 0", 4, 0],
    ["version 2", 4, 2],
    ["kind 0", 5, 0],
    ["kind 13", 5, 13],
    ["kind 255", 5, 255],
    ["a length beyond the frame", 6, 0xff],
    ["a length that leaves body in the padding", 9, 1],
  ])("refuses %s", (_what, at, byte) => {
    const plain = encodeFrame({ kind: "report", body: new Uint8Array(100).fill(9) });
    expect(() => decodeFrame(changed(plain, (bytes) => bytes.fill(byte, at, at + 1)))).toThrow(refused);
  });

  it("refuses a length that is no size class, down to nothing", () => {
    const plain = encodeFrame({ kind: "report", body: new Uint8Array(10) });
    for (const length of [0, 4, 9, 10, 20, 8191])
      expect(() => decodeFrame(plain.slice(0, length) as Uint8Array as Plain)).toThrow(refused);
  });
});
