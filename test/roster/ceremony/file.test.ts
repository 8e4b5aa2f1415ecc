import { describe, expect, test } from "vitest";
import { concat, utf8 } from "../../../src/base/bytes.ts";
import { fingerprintPage, rosterFingerprint } from "../../../src/roster/ceremony/page.ts";
import { mergeSigned, namesOn, textOf } from "../../../src/roster/ceremony/file.ts";
import { rosterText } from "../../../src/roster/text.ts";
import { verifyRoster } from "../../../src/roster/verify.ts";
import { HandClock, signedBy, testBoard, testPerson } from "../../support/board.ts";

const clock = new HandClock();
const { board, anchors, body } = testBoard(clock);
const [one, two, three] = board.map((member) => signedBy([member], body)) as [Uint8Array, Uint8Array, Uint8Array];

describe("merging", () => {
  test("gives the very same bytes whoever merges, in whatever order and however often", () => {
    const merged = mergeSigned([one, two, three]);
    expect(mergeSigned([three, one, two, one])).toEqual(merged);
    expect(mergeSigned([mergeSigned([three, two]), mergeSigned([one, two])])).toEqual(merged);
    expect(verifyRoster(anchors, mergeSigned([two, three]), null, clock.nowMs()).roster.serial).toBe(1);
    expect(() => verifyRoster(anchors, mergeSigned([one, one]), null, clock.nowMs())).toThrow("roster.signers");
  });

  test("signatures over different texts do not go together", () => {
    expect(() => mergeSigned([one, signedBy([board[1]!], { ...body, serial: 2 })])).toThrow("note.mixed");
    expect(() => mergeSigned([])).toThrow("note.malformed");
    expect(() => mergeSigned([one, utf8(rosterText(body))])).toThrow("note.malformed");
  });

  test("whose lines stand on a note: the board's, in its order", () => {
    const stranger = signedBy([testPerson("eve")], body);
    expect(namesOn(anchors, mergeSigned([three, stranger, one]))).toEqual(["board-1", "board-3"]);
  });
});

test("a draft and a note are told apart; what is neither is refused", () => {
  const text = rosterText(body);
  expect(textOf(utf8(text))).toEqual({ text, isNote: false });
  expect(textOf(one)).toEqual({ text, isNote: true });
  expect(() => textOf(Uint8Array.of(255))).toThrow("note.malformed");
  expect(() => textOf(concat(one, utf8("x")))).toThrow("note.malformed");
});

test("the page to print holds the fingerprint in French and English and each desk's organisations, no person, nothing loaded", () => {
  const named = { ...body.reviewers[0]!, organisation: "Femmes & <Paix>" };
  const note = signedBy(board, { ...body, reviewers: [named, ...body.reviewers.slice(1)] });
  const { roster } = verifyRoster(anchors, note, null, clock.nowMs());
  const page = fingerprintPage(roster);
  expect(page.split(rosterFingerprint(roster))).toHaveLength(3);
  expect(page).toContain("<li>Femmes &amp; &lt;Paix&gt;</li>");
  expect(page).toMatch(/<section lang="fr">[^]*<section lang="en">/);
  for (const { id, name } of roster.reviewers)
    expect([page.includes(name), page.includes(`>${id}<`)]).toEqual([false, false]);
  expect(page).not.toMatch(/src=|href=|url\(|@import|<script/);
});
