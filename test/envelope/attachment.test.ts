import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { codeOf, type FaultCode } from "../../src/base/fault.ts";
import { checkParts, joinParts, mostAttachmentBytes, partClasses, partLengths } from "../../src/envelope/attachment.ts";
import { safeName, shownType } from "../../src/envelope/attachment-type.ts";
import { decodeFrame, encodeFrame, frameHeadBytes, type Frame } from "../../src/envelope/frame.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { encodeReport, type Attachment, type Report } from "../../src/envelope/report.ts";
import { shapeOf } from "../../src/envelope/shape.ts";
import { attachmentOf } from "../support/parts.ts";

const whole = partClasses[1] - frameHeadBytes;
const half = partClasses[0] - frameHeadBytes;

/** A file of this many bytes in parts, and the parts opened. */
function sentAs(size: number): {
  readonly file: Uint8Array;
  readonly attachment: Attachment;
  readonly frames: Frame[];
} {
  const file = systemChance.bytes(size);
  const { sealed, attachment } = attachmentOf(file, "audio/ogg");
  const frames = sealed.map((part) => decodeFrame(open(part, attachment.identity, nodeDecapsulator)));
  return { file, attachment: { ...attachment, parts: sealed.map((_, index) => `part-${index}`) }, frames };
}

function codeFrom(act: () => unknown): FaultCode | null {
  try {
    act();
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

describe("an attachment in parts", () => {
  test("every size is cut into whole parts and a last one, which is as small as holds the rest", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: mostAttachmentBytes }), (size) => {
        const lengths = partLengths(size);
        const total = lengths.reduce((sum, length) => sum + length, 0);
        expect(lengths.slice(0, -1).every((length) => length === whole)).toBe(true);
        expect(total).toBeGreaterThanOrEqual(size);
        expect(total - lengths.at(-1)!).toBeLessThanOrEqual(size);
        expect(lengths.at(-1)).toBe(size - (total - lengths.at(-1)!) <= half ? half : whole);
      }),
    );
    expect([half, half + 1, whole, whole + 1].map(partLengths)).toEqual([[half], [whole], [whole], [whole, half]]);
    expect(partLengths(mostAttachmentBytes)).toHaveLength(101);
  });

  test.each([0, 1, half, half + 1, whole + 1])("%i bytes come back, and each part is of a part's shape", (size) => {
    const { file, attachment, frames } = sentAs(size);
    expect(hex(sha256(joinParts(attachment, frames)))).toBe(hex(sha256(file)));
    const { sealed } = attachmentOf(file, "audio/ogg");
    for (const [index, part] of sealed.entries())
      expect(shapeOf(part)).toEqual({ stanzas: 1, sizeClass: partLengths(size)[index]! + frameHeadBytes });
  });

  test("a part too few, too many, doubled, swapped, of another kind, bytes after the end, another digest: damaged", () => {
    const { file, attachment, frames } = sentAs(whole + 9);
    const [first, last] = frames as [Frame, Frame];
    const other = { kind: "report", body: last.body } as const;
    const trailing = { ...last, body: Uint8Array.from(last.body) };
    trailing.body[9] = 1;
    const wrong: readonly (readonly [Attachment, readonly Frame[]])[] = [
      [attachment, [first]],
      [attachment, [first, last, last]],
      [attachment, [last, last]],
      [attachment, [last, first]],
      [attachment, [first, other]],
      [attachment, [first, trailing]],
      [{ ...attachment, digest: sha256(utf8("x")) }, frames],
      [{ ...attachment, size: attachment.size + 1 }, frames],
      [{ ...attachment, size: attachment.size - 1 }, frames],
      [{ ...attachment, parts: attachment.parts.slice(1) }, frames],
    ];
    for (const [said, given] of wrong) expect(codeFrom(() => joinParts(said, given))).toBe("attachment.damaged");
    expect(joinParts(attachment, frames)).toEqual(file);
  });

  test("a size that no page sends is refused before anything is fetched", () => {
    const { attachment } = sentAs(1);
    for (const size of [mostAttachmentBytes + 1, Number.MAX_SAFE_INTEGER, whole + 1])
      expect(codeFrom(() => checkParts({ ...attachment, size }))).toBe("attachment.damaged");
  });

  test("a report with a text of 4 000 bytes and a file of 20 MB still fits the first size class", () => {
    const parts = partLengths(20 * 1024 * 1024).map(() => "A".repeat(22));
    const { attachment } = attachmentOf(new Uint8Array(1), "application/octet-stream");
    const report: Report = {
      channel: "web",
      language: "fr",
      text: "a".repeat(4000),
      answers: { category: "weapons", place: "ML0601", when: "week", danger: true },
      receivedHour: 500_000 as Report["receivedHour"],
      exclude: [],
      door: systemChance.bytes(16) as Uint8Array as Report["door"],
      mailbox: { id: systemChance.bytes(16), recipient: recipientOf(newIdentity(systemChance)) },
      attachments: [{ ...attachment, parts }],
    };
    expect(encodeFrame({ kind: "report", body: encodeReport(report) })).toHaveLength(8192);
  });
});

describe("what a reader is shown", () => {
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1);
  const webp = Uint8Array.of(0x52, 0x49, 0x46, 0x46, 1, 2, 3, 4, 0x57, 0x45, 0x42, 0x50);
  const html = utf8("<!doctype html><script>alert(1)</script>");
  const svg = utf8('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
  const digest = new Uint8Array(32).fill(0xab);

  test.each([
    [png, "text/html", "image/png", "png"],
    [webp, "", "image/webp", "webp"],
    [Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), "image/png", "image/jpeg", "jpg"],
    [utf8("GIF89a"), "application/x-sh", "image/gif", "gif"],
    [html, "text/plain", "text/plain", "txt"],
    [html, "text/html", null, "bin"],
    [html, "image/png", null, "bin"],
    [svg, "image/svg+xml", null, "bin"],
    [utf8("%PDF-1.7"), "application/pdf", null, "pdf"],
    [utf8("MZ"), "application/x-msdownload", null, "bin"],
    [utf8("a"), "constructor", null, "bin"],
    [Uint8Array.of(0xc3, 0x28), "text/plain", null, "bin"],
    [utf8("a\0b"), "text/plain", null, "bin"],
    [utf8("../../x"), "../../etc/passwd", null, "bin"],
  ] as const)("case %#: by its bytes, and a name out of a fixed list", (file, type, shown, ending) => {
    expect(shownType(type, file)).toBe(shown);
    expect(safeName({ digest, type }, file)).toBe(`abababababababab.${ending}`);
  });
});
