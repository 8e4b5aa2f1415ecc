import { describe, expect, test } from "vitest";
import { base64url, concat, utf8 } from "../../src/base/bytes.ts";
import { formatVerifierKey } from "../../src/envelope/note.ts";
import { parseAnchors, parseRosterText } from "../../src/roster/parse.ts";
import { anchorsText, rosterText } from "../../src/roster/text.ts";
import { HandClock, testBoard, testPerson } from "../support/board.ts";

const { anchors, board, body } = testBoard(new HandClock());
const text = rosterText(body);
const lines = text.split("\n");
const stranger = testPerson("stranger");

type Fields = Record<string, unknown>;

/** The roster's text with its JSON changed. */
function withJson(change: (fields: { [key: string]: unknown; reviewers: Fields[]; desks: Fields[] }) => void): string {
  const fields = JSON.parse(lines[6]!) as Parameters<typeof change>[0];
  change(fields);
  return withLine(6, JSON.stringify(fields));
}

function withLine(at: number, line: string): string {
  return lines.with(at, line).join("\n");
}

function withAnchors(change: (fields: { [key: string]: unknown; board: Fields[] }) => void): Uint8Array {
  const fields = JSON.parse(anchorsText(anchors)) as Parameters<typeof change>[0];
  change(fields);
  return utf8(JSON.stringify(fields));
}

function renameTo(fields: Fields, member: string, publicKey: Uint8Array): void {
  fields["id"] = member;
  fields["verifier"] = formatVerifierKey(member, publicKey);
}

// Every value that a field takes at its bounds, and the nearest ones that it refuses.
const id = {
  takes: ["a", "a".repeat(32), "a-1"],
  refuses: ["", "1a", "A", "a".repeat(33), "aé", "-a", "a ", "\na", 1],
};
const name = {
  takes: ["N", "é".repeat(120), "Awa Diarra"],
  refuses: ["", "a".repeat(121), "a\n", "\na", "a\u0085b", null],
};
const places = {
  takes: [[], ["ML01"], ["ML0101", "ML09"]],
  refuses: ["ML01", ["ML1"], ["ML010"], ["ML01011"], ["ml01"], ["xML01"], ["MLab"], ["ML01ab"], [1]],
};
const day = { takes: ["2026-01-31"], refuses: ["2026-1-31", "2026-02-30", "", 20_000, null] };

describe("a reviewer's fields", () => {
  test.each<[string, { readonly takes: readonly unknown[]; readonly refuses: readonly unknown[] }]>([
    ["name", name],
    ["organisation", name],
    [
      "organisationShort",
      { takes: ["A", "Réseau d'Or-2.&x"], refuses: ["", "a".repeat(17), "a_b", "_a", "a_", "a\n", 1] },
    ],
    ["places", places],
    [
      "languages",
      { takes: [[], ["fr"], ["bam", "ff"]], refuses: ["fr", ["f"], ["fran"], ["FR"], ["fr "], [" fr"], [1]] },
    ],
    ["recipient", { takes: [], refuses: ["age1pq", 1, null] }],
    ["verifier", { takes: [], refuses: ["r1+00000000+AA==", 1, formatVerifierKey("r2", stranger.verifier.publicKey)] }],
    ["roles", { takes: [["review"], ["review", "lead"], ["release"]], refuses: ["review", ["reader"], [1]] }],
    ["from", day],
    ["until", day],
    ["id", { takes: [], refuses: ["r2", ...id.refuses] }],
  ])("%s", (field, { takes, refuses }) => {
    for (const value of takes) {
      const changed = withJson(({ reviewers }) => (reviewers[0]![field] = value));
      expect(() => parseRosterText(changed)).not.toThrow();
    }
    for (const value of refuses) {
      const changed = withJson(({ reviewers }) => (reviewers[0]![field] = value));
      expect(() => parseRosterText(changed), String(value)).toThrow("roster.malformed");
    }
  });
});

describe("a desk's fields", () => {
  test.each<[string, { readonly takes: readonly unknown[]; readonly refuses: readonly unknown[] }]>([
    ["id", { takes: ["bamako"], refuses: ["", "Bamako", 1] }],
    ["name", name],
    ["places", places],
    ["reviewers", { takes: [[], id.takes], refuses: ["r1", ...id.refuses.map((one) => [one])] }],
    ["approvals", { takes: [1, 9], refuses: [0, 10, 1.5, "1"] }],
  ])("%s", (field, { takes, refuses }) => {
    for (const value of takes) {
      const changed = withJson(({ desks }) => (desks[0]![field] = value));
      expect(() => parseRosterText(changed)).not.toThrow();
    }
    for (const value of refuses) {
      const changed = withJson(({ desks }) => (desks[0]![field] = value));
      expect(() => parseRosterText(changed), String(value)).toThrow("roster.malformed");
    }
  });
});

describe("the roster's own fields", () => {
  const key = new Uint8Array(32).fill(7);

  test("the text comes back as the body it was made of", () => {
    expect(parseRosterText(text)).toEqual(body);
    const rotated = { ...body, oprf: { current: key, previous: body.oprf.current } };
    expect(parseRosterText(rosterText(rotated))).toEqual(rotated);
  });

  test.each<[string, unknown]>([
    ["reviewers", {}],
    ["reviewers", [null]],
    ["reviewers", [[]]],
    ["desks", {}],
    ["desks", [null]],
    ["relay", null],
    ["relay", "relay"],
    ["checkpoint", 1],
    ["checkpoint", ""],
    ["oprf", null],
    ["oprf", { current: base64url(key) }],
    ["oprf", { current: null, previous: null }],
    ["oprf", { current: 1, previous: null }],
    ["oprf", { current: base64url(key.subarray(1)), previous: null }],
    ["oprf", { current: base64url(key), previous: 1 }],
    ["oprf", { current: base64url(key), previous: "" }],
    ["oprf", { current: base64url(key), previous: base64url(new Uint8Array(32)) }],
    ["oprf", { current: base64url(concat(key, key)), previous: null }],
    ["oprf", { current: base64url(key), previous: null, next: null }],
    ["more", 1],
  ])("%s of another form is refused", (field, value) => {
    expect(() => parseRosterText(withJson((fields) => (fields[field] = value)))).toThrow("roster.malformed");
  });

  test.each<[string, string]>([
    ["a first byte more", ` ${text}`],
    ["no last newline", text.slice(0, -1)],
    ["something after the last newline", `${text}x`],
    ["a line less", lines.toSpliced(2, 1).join("\n")],
    ["another kind", withLine(0, "gundo/roster/v2")],
    ["an instance of two characters", withLine(1, "ab")],
    ["an instance of 64", withLine(1, "a".repeat(64))],
    ["an instance in capitals", withLine(1, "Test")],
    ["an instance that begins with a digit", withLine(1, "1test")],
    ["an instance with a space", withLine(1, "test ")],
    ["serial 0", withLine(2, "0")],
    ["a negative serial", withLine(2, "-1")],
    ["a serial of ten digits", withLine(2, "1000000000")],
    ["a serial with a letter", withLine(2, "1a")],
    ["a link that is too short", withLine(3, "00".repeat(31))],
    ["a link that is too long", withLine(3, "00".repeat(33))],
    ["a link that is no hex", withLine(3, "0g".repeat(32))],
    ["an issue that is no instant", withLine(4, "2026-01-01")],
    ["an expiry that is no instant", withLine(5, "never")],
    ["an expiry at its issue", withLine(5, lines[4]!)],
    ["JSON that is a list", withLine(6, "[]")],
    ["null", withLine(6, "null")],
  ])("%s is refused", (_what, changed) => {
    expect(() => parseRosterText(changed)).toThrow("roster.malformed");
  });

  test("an instance has 3 to 63 characters, a serial up to nine digits", () => {
    for (const instance of ["abc", "a".repeat(63), "a-1"])
      expect(parseRosterText(withLine(1, instance)).instance).toBe(instance);
    for (const serial of [1, 10, 999_999_999]) expect(parseRosterText(withLine(2, String(serial))).serial).toBe(serial);
  });
});

describe("anchors", () => {
  const malformed = "anchors.malformed";

  test("come back from their text", () => {
    expect(parseAnchors(utf8(anchorsText(anchors)))).toEqual(anchors);
    for (const [field, value] of [
      ["threshold", 1],
      ["threshold", 3],
      ["serial", 2 ** 31],
    ] as const)
      expect(parseAnchors(withAnchors((fields) => (fields[field] = value)))).toMatchObject({ [field]: value });
  });

  test.each<[string, unknown]>([
    ["v", 2],
    ["v", "1"],
    ["instance", "ab"],
    ["instance", null],
    ["board", {}],
    ["board", []],
    ["board", [null]],
    ["threshold", 0],
    ["threshold", 4],
    ["threshold", "2"],
    ["serial", 0],
    ["serial", 2 ** 31 + 1],
    ["serial", null],
    ["more", 1],
  ])("with %s of another form are refused", (field, value) => {
    expect(() => parseAnchors(withAnchors((fields) => (fields[field] = value)))).toThrow(malformed);
  });

  test.each<[string, unknown]>([
    ["id", "board-2"],
    ["id", 1],
    ["name", ""],
    ["name", null],
    ["verifier", "board-1"],
    ["verifier", formatVerifierKey("stranger", stranger.verifier.publicKey)],
    ["recipient", "age1pq"],
    ["recipient", 1],
    ["more", 1],
  ])("with a member's %s of another form are refused", (field, value) => {
    expect(() => parseAnchors(withAnchors((fields) => (fields.board[0]![field] = value)))).toThrow(malformed);
  });

  test("with one person twice, by name or by key, are refused: they would count for two of k", () => {
    const key = board[1]!.verifier.publicKey;
    expect(() => parseAnchors(withAnchors((all) => renameTo(all.board[0]!, "board-9", key)))).toThrow(malformed);
    expect(() =>
      parseAnchors(withAnchors((all) => renameTo(all.board[0]!, "board-2", stranger.verifier.publicKey))),
    ).toThrow(malformed);
    const other = withAnchors((all) => renameTo(all.board[0]!, "board-9", stranger.verifier.publicKey));
    expect(parseAnchors(other).board[0]!.id).toBe("board-9");
  });

  test("that are no JSON, or no UTF-8, are refused", () => {
    expect(() => parseAnchors(utf8("anchors"))).toThrow(malformed);
    expect(() => parseAnchors(concat(utf8(anchorsText(anchors)), Uint8Array.of(0xff)))).toThrow(malformed);
  });
});
