import { describe, expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import { msPerDay } from "../../src/base/clock.ts";
import type { FaultCode } from "../../src/base/fault.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { addSignature, signNote } from "../../src/envelope/note-sign.ts";
import type { RosterBody } from "../../src/roster/roster.ts";
import { rosterText } from "../../src/roster/text.ts";
import { verifyRoster } from "../../src/roster/verify.ts";
import { HandClock, signedBy, testBoard, testPerson } from "../support/board.ts";

const clock = new HandClock();
const made = testBoard(clock);
const { board, anchors, body } = made;

/** Signs whatever text this is by two members, without the checks of the signing room. */
function signedText(text: string): Uint8Array {
  const [first, second] = board;
  return addSignature(signNote(text, first!.id, first!.signing), second!.id, second!.signing);
}

function signedBody(change: Partial<RosterBody>): Uint8Array {
  return signedText(rosterText({ ...body, ...change }));
}

function verify(note: Uint8Array, at: HandClock = clock): RosterBody {
  return verifyRoster(anchors, note, null, at.nowMs()).roster;
}

describe("who signed", () => {
  test("two of three distinct members are enough, whichever two", () => {
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [2, 1],
    ] as const) {
      const roster = verify(signedBy([board[a]!, board[b]!], body));
      expect(roster.desks.map(({ id }) => id)).toEqual(["all", "gao"]);
      expect(roster.reviewers).toEqual(body.reviewers);
    }
  });

  test("one member is too few, even twice", () => {
    const once = signedBy([board[0]!], body);
    expect(() => verify(once)).toThrow("roster.signers");
    const lines = new TextDecoder().decode(once).split("\n");
    const twice = utf8([...lines.slice(0, -1), lines.at(-2)!, ""].join("\n"));
    expect(() => verify(twice)).toThrow(/^(roster\.signers|note\.malformed)$/);
  });

  test("strangers and members of another instance's board do not count", () => {
    expect(() => verify(signedBy([board[0]!, testPerson("board-2")], body))).toThrow("roster.signers");
    expect(() => verify(signedBy(["x", "y", "z"].map(testPerson), body))).toThrow("roster.signers");
  });

  test("a changed byte of the text is a wrong signature", () => {
    const note = signedBy(board, body);
    const at = note.indexOf("A".charCodeAt(0), 200);
    const changed = note.slice();
    changed[at]! ^= 1;
    expect(() => verify(changed)).toThrow("note.signature");
  });
});

describe("rules of one roster", () => {
  const all = body.desks[0]!;
  const [r1, r2] = body.reviewers;
  const officer = body.reviewers.at(-1)!;
  const refusals: readonly (readonly [string, FaultCode, Partial<RosterBody>])[] = [
    ["no desk", "roster.empty", { desks: [] }],
    ["two people of one id", "roster.duplicateId", { reviewers: [...body.reviewers, r1!] }],
    ["two desks of one id", "roster.duplicateId", { desks: [all, all] }],
    ["somebody twice in a desk", "roster.duplicateId", { desks: [{ ...all, reviewers: [...all.reviewers, "r1"] }] }],
    [
      "a shared recipient",
      "roster.sharedKey",
      { reviewers: [r1!, { ...r2!, recipient: r1!.recipient }, ...body.reviewers.slice(2)] },
    ],
    [
      "an officer who reviews",
      "roster.roles",
      { reviewers: [...body.reviewers.slice(0, 5), { ...officer, roles: ["release", "review"] }] },
    ],
    [
      "a lead who does not review",
      "roster.roles",
      { reviewers: [{ ...r1!, roles: ["lead"] }, ...body.reviewers.slice(1)] },
    ],
    ["an officer in a desk", "roster.deskMember", { desks: [{ ...all, reviewers: [...all.reviewers, "o1"] }] }],
    ["a stranger in a desk", "roster.deskMember", { desks: [{ ...all, reviewers: [...all.reviewers, "r9"] }] }],
    ["a reviewer in no desk", "roster.withoutDesk", { desks: [{ ...all, reviewers: ["r1", "r2", "r3", "r4"] }] }],
    [
      "a desk of one",
      "roster.deskTooSmall",
      { desks: [all, { ...all, id: "solo" as typeof all.id, reviewers: ["r1"], approvals: 1 }] },
    ],
    ["more approvals than people", "roster.approvals", { desks: [{ ...all, approvals: 6 }] }],
    ["another instance", "roster.instance", { instance: "other-line" }],
  ];

  test.each(refusals)("%s is refused", (_, code, change) => {
    expect(() => verify(signedBody(change))).toThrow(code);
  });

  test("a serial under the anchors' smallest is refused", () => {
    expect(() => verifyRoster({ ...anchors, serial: 2 }, signedBy(board, body), null, clock.nowMs())).toThrow(
      "roster.serial",
    );
  });
});

describe("form", () => {
  const text = rosterText(body);
  const bent: readonly (readonly [string, string])[] = [
    ["another kind", text.replace("gundo/roster/v1", "gundo/release/v1")],
    ["an unknown field", text.replace('{"reviewers":', '{"more":1,"reviewers":')],
    ["a missing field", text.replace('"approvals":2', '"approvers":2')],
    ["a line more", `${text}more\n`],
    ["reordered lines", text.replace(/^(.*)\n(.*)\n(.*)\n/, "$1\n$3\n$2\n")],
    ["a serial with a zero in front", text.replace("\n1\n", "\n01\n")],
    ["no JSON", text.replace("{", "[")],
    ["an expiry before its issue", text.replace(/\n(\d{4}-.*Z)\n(\d{4}-.*Z)\n/, "\n$2\n$1\n")],
    ["a place that is no P-code", text.replace('"ML09"', '"BKO"')],
    ["a VOPRF key that is the identity", text.replace(/"current":"[^"]+"/, `"current":"${"A".repeat(43)}"`)],
    ["an unknown role", text.replace('"roles":["review"]', '"roles":["admin"]')],
  ];

  test.each(bent)("%s is refused", (_, changed) => {
    expect(changed).not.toBe(text);
    expect(() => verify(signedText(changed))).toThrow("roster.malformed");
  });

  test("trailing bytes after the signatures are refused", () => {
    const note = signedBy(board, body);
    expect(() => verify(utf8(`${new TextDecoder().decode(note)}x`))).toThrow("note.malformed");
  });
});

describe("memory", () => {
  const first = signedBy(board, body);
  const memory = { serial: 1, noteHash: sha256(first) };
  const remember = (note: Uint8Array): RosterBody => verifyRoster(anchors, note, memory, clock.nowMs()).roster;

  test("the same note and its successor are accepted", () => {
    expect(remember(first).serial).toBe(1);
    expect(remember(signedBy(board, { ...body, serial: 2, previous: sha256(first) })).serial).toBe(2);
  });

  test("another roster of the same serial, or a successor of another, is a broken link", () => {
    expect(() => remember(signedBy(board, { ...body, desks: [body.desks[0]!] }))).toThrow("roster.link");
    expect(() => remember(signedBy(board, { ...body, serial: 2 }))).toThrow("roster.link");
  });

  test("a roster further on is not judged by its link, which is to a note that this party has not seen", () => {
    expect(remember(signedBy(board, { ...body, serial: 3 })).serial).toBe(3);
  });

  test("an older roster is refused", () => {
    const newer = { serial: 2, noteHash: new Uint8Array(32) };
    expect(() => verifyRoster(anchors, first, newer, clock.nowMs())).toThrow("roster.serial");
  });
});

const after = (days: number): HandClock => {
  const later = new HandClock();
  later.advanceMs(days * msPerDay);
  return later;
};

describe("freshness", () => {
  const note = signedBy(board, body);
  test("stale within 30 days of expiry, refused from then on", () => {
    expect(verifyRoster(anchors, note, null, after(179).nowMs()).stale).toBe(false);
    expect(verifyRoster(anchors, note, null, after(180).nowMs()).stale).toBe(true);
    expect(verifyRoster(anchors, note, null, after(209).nowMs()).stale).toBe(true);
    expect(() => verify(note, after(210))).toThrow("roster.expired");
  });
});
