import { describe, expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import { addSignature, signNote } from "../../src/envelope/note-sign.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import { anchorsChangeText, verifyAnchorsChange } from "../../src/roster/anchors.ts";
import { parseAnchors } from "../../src/roster/parse.ts";
import type { Anchors } from "../../src/roster/roster.ts";
import { signFile } from "../../src/roster/sign.ts";
import { anchorsText } from "../../src/roster/text.ts";
import { HandClock, signedBy, testBoard, testPerson, type TestPerson } from "../support/board.ts";

const { board, anchors: former, body } = testBoard(new HandClock());
const [one, two, three] = board as [TestPerson, TestPerson, TestPerson];
const four = testPerson("board-4");
const five = testPerson("board-5");

const boardOf = (people: readonly TestPerson[]): Anchors["board"] =>
  people.map(({ id, verifier, identity }) => ({ id, name: id, verifier, recipient: recipientOf(identity) }));

const next: Anchors = { ...former, board: boardOf([one, four, five]), serial: 3 };

function signed(text: string, people: readonly TestPerson[]): Uint8Array {
  const [first, ...others] = people;
  const note = signNote(text, first!.id, first!.signing);
  return others.reduce((done, { id, signing }) => addSignature(done, id, signing), note);
}

const text = anchorsChangeText(former, next);

describe("new anchors need k of the old board and k of the new", () => {
  test("with both they are the anchors; whoever stays counts on both boards", () => {
    expect(verifyAnchorsChange(former, signed(text, [one, two, four]))).toEqual(next);
    expect(verifyAnchorsChange(former, signed(text, [two, three, four, five]))).toEqual(next);
  });

  test.each([
    ["too few of the old", [one, four, five]],
    ["too few of the new", [two, three, four]],
    ["the old board alone", [one, two, three]],
    ["the new board alone", [four, five]],
    ["strangers under the members' names", [testPerson("board-1"), testPerson("board-2"), four, five]],
  ])("%s: anchors.signers", (_, people) => {
    expect(() => verifyAnchorsChange(former, signed(text, people))).toThrow("anchors.signers");
  });

  test("a member's new key under the same name is another signature, and the old key does not count for it", () => {
    const renewed = testPerson("board-2");
    const renewal = anchorsChangeText(former, { ...former, board: boardOf([one, renewed, three]) });
    expect(verifyAnchorsChange(former, signed(renewal, [one, two, renewed])).board[1]!.verifier).toEqual(
      renewed.verifier,
    );
    expect(() => verifyAnchorsChange(former, signed(renewal, [one, two]))).toThrow("anchors.signers");
  });

  test("an edited note is a wrong signature", () => {
    const note = new TextDecoder().decode(signed(text, [one, two, four]));
    expect(() => verifyAnchorsChange(former, utf8(note.replace('"threshold":2', '"threshold":1')))).toThrow(
      "note.signature",
    );
  });

  test.each([
    ["another instance", "anchors.instance", text.replaceAll("test-line", "other-line")],
    ["another instance inside", "anchors.instance", text.replace('"instance":"test-line"', '"instance":"other-line"')],
    ["other anchors before", "anchors.link", anchorsChangeText({ ...former, threshold: 3 }, next)],
    ["another kind", "anchors.malformed", text.replace("gundo/anchors/v1", "gundo/roster/v1")],
    ["a line more", "anchors.malformed", `${text}more\n`],
    ["a threshold past the board", "anchors.malformed", text.replace('"threshold":2', '"threshold":4')],
    ["one key under two names", "anchors.malformed", anchorsChangeText(former, { ...next, board: twice(four) })],
  ])("%s is refused", (_, code, changed) => {
    expect(() => verifyAnchorsChange(former, signed(changed, [one, two, four]))).toThrow(code);
  });

  test("a smaller serial would let older rosters in again", () => {
    const later = { ...former, serial: 5 };
    const note = signed(anchorsChangeText(later, { ...next, serial: 4 }), [one, two, four]);
    expect(() => verifyAnchorsChange(later, note)).toThrow("anchors.serial");
  });

  test("a roster's signatures are worth nothing here, and the other way round", () => {
    expect(() => verifyAnchorsChange(former, signedBy(board, body))).toThrow("anchors.malformed");
  });
});

/** The same signing key as two members. */
function twice(person: TestPerson): Anchors["board"] {
  const other = { ...testPerson("board-6"), signing: person.signing };
  const verifier = { ...person.verifier, name: other.id };
  return boardOf([one, person, { ...other, verifier }]);
}

test("one key under two names is refused in anchors.json too", () => {
  const board3 = anchorsText({ ...former, board: twice(four) });
  expect(() => parseAnchors(utf8(board3))).toThrow("anchors.malformed");
});

function signByOne(changed: string): Uint8Array {
  return signFile(utf8(changed), former, one.id, one.signing);
}

describe("signing a change", () => {
  const draft = utf8(text);

  test("draft, then note upon note, until both boards have signed", () => {
    const first = signFile(draft, former, one.id, one.signing);
    const second = signFile(first, former, two.id, two.signing);
    expect(verifyAnchorsChange(former, signFile(second, former, four.id, four.signing))).toEqual(next);
  });

  test("what no verifier would take is not signed", () => {
    expect(() => signByOne(anchorsChangeText({ ...former, threshold: 3 }, next))).toThrow("anchors.link");
    expect(() => signByOne(text.replace('{"v":1,', '{ "v":1,'))).toThrow("anchors.malformed");
    expect(() => signByOne("gundo/release/v1\nmore\n")).toThrow("roster.malformed");
  });
});
