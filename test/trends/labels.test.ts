import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { concat, fromUtf8, hex, readU32be, u32be, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { Secret } from "../../src/base/secret.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { publicKeyOf, sign } from "../../src/envelope/sign.ts";
import {
  checkParts,
  decodeLabels,
  encodeLabels,
  isSignedLabels,
  labelsMessage,
  type LabelsAuthor,
} from "../../src/trends/labels.ts";
import { parsePeriod } from "../../src/trends/period.ts";
import { decodeRow, dummyRow, encodeRow, rowBytes, type LabelItem } from "../../src/trends/row.ts";
import { fieldsReplaced } from "../support/replaced.ts";
import { streamOf } from "../support/stream.ts";

const author: LabelsAuthor = {
  instance: "demo-labels",
  period: parsePeriod("2027-Q1")!,
  author: "awa",
  taxonomy: "2026-1",
  geography: "COD-AB-2021",
};
const key = new Secret<Uint8Array>(systemChance.bytes(32));
const malformed = expect.objectContaining({ code: "labels.malformed" });

const anyItem: fc.Arbitrary<LabelItem> = fc.record({
  category: fc.constantFrom("DRG", "KID", "OTH"),
  region: fc.constantFrom("ML01", "ML10"),
  unit: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  locality: fc.uint8Array({ minLength: 16, maxLength: 16 }),
});

function signed(unsigned: Uint8Array): Uint8Array {
  return concat(unsigned, sign(key, labelsMessage(unsigned)));
}

function posted(items: readonly LabelItem[], by: LabelsAuthor = author): readonly Uint8Array[] {
  return encodeLabels(items, by, systemChance).map(signed);
}

function many(count: number): readonly LabelItem[] {
  const chance = streamOf("labels");
  return Array.from({ length: count }, () => {
    return { category: "DRG", region: "ML01", unit: chance.bytes(16), locality: chance.bytes(16) };
  });
}

const rowsOf = (items: readonly LabelItem[]): readonly string[] => items.map((item) => hex(encodeRow(item))).toSorted();

/** A body with another JSON before the same rows, signed anew. */
function withJson(body: Uint8Array, change: (json: string) => string): Uint8Array {
  const end = 4 + readU32be(body, 0);
  const json = utf8(change(fromUtf8(body.subarray(4, end))!));
  return signed(concat(u32be(json.length), json, body.subarray(end, -64)));
}

/** A body with another byte in its rows, and the head that fits them. */
function withRows(body: Uint8Array, change: (rows: Uint8Array) => void): Uint8Array {
  const end = 4 + readU32be(body, 0);
  const rows = body.slice(end, -64);
  change(rows);
  const head = JSON.parse(fromUtf8(body.subarray(4, end))!) as { rows: readonly string[] };
  const json = utf8(JSON.stringify({ ...head, rows: [Buffer.from(sha256(rows)).toString("base64url")] }));
  return signed(concat(u32be(json.length), json, rows));
}

describe("a row", () => {
  test("is 40 bytes: kind, category, région, unit, locality", () => {
    const item = { category: "DRG", region: "ML05", unit: new Uint8Array(16).fill(0xaa), locality: new Uint8Array(16) };
    expect(hex(encodeRow(item))).toBe(`01${hex(utf8("DRGML05"))}${"aa".repeat(16)}${"00".repeat(16)}`);
    expect(decodeRow(encodeRow(item))).toEqual(item);
  });

  test("a dummy says that it is one and nothing else; other kinds are refused", () => {
    const row = dummyRow(systemChance.bytes(39));
    expect(row).toHaveLength(rowBytes);
    expect(decodeRow(row)).toBe("dummy");
    for (const kind of [2, 255]) expect(decodeRow(row.with(0, kind))).toBeNull();
  });

  test("no two rows read alike, whatever their bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 39, maxLength: 39 }), (bytes) => {
        const item = decodeRow(concat(Uint8Array.of(1), bytes)) as LabelItem;
        const codes = Uint8Array.from(item.category + item.region, (letter) => letter.charCodeAt(0));
        expect(concat(codes, item.unit, item.locality)).toEqual(bytes);
      }),
    );
  });

  test.each([
    { category: "DRUG" },
    { category: "DÉ" },
    { region: "ML" },
    { region: "" },
    { unit: new Uint8Array(15) },
    { locality: new Uint8Array(17) },
  ])("refuses %o", (spoiled) => {
    expect(() => encodeRow({ ...many(1)[0]!, ...spoiled })).toThrow(malformed);
  });
});

describe("one reviewer's labels", () => {
  test("come back as they were, in no order", () => {
    fc.assert(
      fc.property(fc.array(anyItem, { maxLength: 60 }), (items) => {
        const [body, ...more] = posted(items);
        expect(more).toEqual([]);
        const { head, items: read } = decodeLabels(body!);
        expect(head).toMatchObject({ ...author, part: 1, parts: 1 });
        expect(rowsOf(read)).toEqual(rowsOf(items));
        expect(isSignedLabels(body!, publicKeyOf(key))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("fill the class to less than a row, whether there are none or a full part", () => {
    const sizes = [0, 1, 3000].map((count) => posted(many(count)).map(({ length }) => length));
    expect(new Set(sizes.flat()).size).toBe(1);
    const length = sizes[0]![0]!;
    expect(length).toBeLessThanOrEqual(131_072 - 10);
    expect(length).toBeGreaterThan(131_072 - 10 - rowBytes);
    expect(encodeFrame({ kind: "labels", body: new Uint8Array(length) })).toHaveLength(131_072);
  });

  test("stand in random order among dummies", () => {
    const items = many(100);
    const [first, second] = [1, 2].map(() => decodeLabels(posted(items)[0]!).items.map((item) => hex(item.unit)));
    expect(first).not.toEqual(items.map((item) => hex(item.unit)));
    expect(first).not.toEqual(second);
  });

  test("take more parts only when one is too small; each is full, and all of them are named in each", () => {
    const empty = posted([])[0]!;
    const room = (empty.length - 64 - 4 - readU32be(empty, 0)) / rowBytes;
    expect(room).toBeGreaterThan(3000);
    expect(posted(many(room))).toHaveLength(1);
    const items = many(2 * room);
    const bodies = posted(items);
    const read = bodies.map(decodeLabels);
    expect(read.map(({ head }) => `${head.part}/${head.parts}`)).toEqual(["1/3", "2/3", "3/3"]);
    expect(rowsOf(read.flatMap((one) => one.items))).toEqual(rowsOf(items));
    expect(new Set(bodies.map(({ length }) => length)).size).toBe(1);
    expect(checkParts(read.map(({ head }) => head))).toEqual([]);
  });

  test("fit no more than 64 parts", () => {
    const item = many(1)[0]!;
    const tooMany = { length: 64 * 3276 + 1 };
    expect(() =>
      encodeLabels(
        Array.from(tooMany, () => item),
        author,
        systemChance,
      ),
    ).toThrow(expect.objectContaining({ code: "labels.tooMany" }));
  });
});

describe("a part that is missing", () => {
  const heads = posted(many(7000)).map((body) => decodeLabels(body).head);

  test("is noticed from any other part, and a part that came twice does not stand for it", () => {
    expect(heads).toHaveLength(3);
    for (const dropped of heads) {
      const left = heads.filter((head) => head !== dropped);
      expect(checkParts([...left, left[0]!])).toEqual([{ author: "awa", gap: "part" }]);
    }
  });

  test("is its author's alone", () => {
    const other = decodeLabels(posted([], { ...author, author: "binta" })[0]!).head;
    expect(checkParts([other, ...heads.slice(1)])).toEqual([{ author: "awa", gap: "part" }]);
    expect(checkParts([...heads, other, other])).toEqual([]);
  });

  test("two lists of one author are named", () => {
    const again = decodeLabels(posted([])[0]!).head;
    expect(checkParts([...heads, again])).toEqual([{ author: "awa", gap: "list" }]);
  });
});

describe("what is refused", () => {
  const body = posted(many(5))[0]!;

  test.each([
    ["another version", (json: string) => json.replace('"v":1', '"v":2')],
    ["a second spelling", (json: string) => json.replace(",", ", ")],
    ["a field more", (json: string) => json.replace("{", '{"w":1,')],
    ["a field less", (json: string) => json.replace('"taxonomy":"2026-1",', "")],
    ["a period that is none", (json: string) => json.replace("2027-Q1", "2027-Q5")],
    ["an author that is no id", (json: string) => json.replace("awa", "a wa")],
    ["a part of none", (json: string) => json.replace('"part":1', '"part":0')],
    ["a part past the last", (json: string) => json.replace('"part":1', '"part":2')],
    ["more parts than hashes", (json: string) => json.replace('"parts":1', '"parts":2')],
    ["another hash of rows", (json: string) => json.replace(/"rows":\["..../, '"rows":["AAAA')],
    ["no JSON", (json: string) => json.slice(1)],
  ])("%s", (_what, change) => {
    const bent = withJson(body, change);
    expect(isSignedLabels(bent, publicKeyOf(key))).toBe(true);
    expect(() => decodeLabels(bent)).toThrow(malformed);
  });

  test("a field that is missing, of another kind, or in a list", () => {
    const end = 4 + readU32be(body, 0);
    for (const [path, other] of fieldsReplaced(fromUtf8(body.subarray(4, end))!)) {
      const json = utf8(other);
      expect(() => decodeLabels(concat(u32be(json.length), json, body.subarray(end))), path).toThrow(malformed);
    }
  });

  test("rows of an unknown kind, fewer rows or more", () => {
    expect(() => decodeLabels(withRows(body, () => undefined))).not.toThrow();
    expect(() => decodeLabels(withRows(body, (rows) => rows.fill(2, 0, 1)))).toThrow(malformed);
    for (const change of [-rowBytes, -1, 1, rowBytes]) {
      const end = body.length - 64;
      const bent = concat(body.subarray(0, end + Math.min(change, 0)), new Uint8Array(Math.max(change, 0)));
      expect(() => decodeLabels(signed(bent))).toThrow(malformed);
    }
  });

  test("bytes cut off anywhere", () => {
    for (const length of [0, 3, 4, 64, 200, 400, body.length - 1])
      expect(() => decodeLabels(body.subarray(0, length))).toThrow(malformed);
  });

  test("a signature by another, over another, or for another use", () => {
    const other = publicKeyOf(new Secret<Uint8Array>(systemChance.bytes(32)));
    expect(isSignedLabels(body, other)).toBe(false);
    const unsigned = body.subarray(0, -64);
    expect(isSignedLabels(concat(unsigned, sign(key, unsigned)), publicKeyOf(key))).toBe(false);
    expect(isSignedLabels(body.with(body.length - 80, body.at(-80)! ^ 1), publicKeyOf(key))).toBe(false);
  });
});
