import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sentenceOf } from "../../../src/cli/says.ts";
import type { FaultCode } from "../../../src/base/fault.ts";
import { refusalSentence } from "../../../src/roster/ceremony/refusals.ts";

/** Every code that a doc comment or a `new Fault` of the pure rooms of the ceremony names. */
function codesIn(files: readonly string[]): readonly FaultCode[] {
  const sources = files.map((file) => readFileSync(file, "utf8")).join("\n");
  const named = [...sources.matchAll(/new Fault\("([a-zA-Z.]+)"|\["(roster\.[a-zA-Z]+)", /g)];
  return [...new Set(named.map(([, thrown, rule]) => (thrown ?? rule) as FaultCode))];
}

const rooms = ["anchors", "chain", "identity", "parse", "rules", "sign", "verify"].map(
  (name) => `src/roster/${name}.ts`,
);
const ceremony = ["draft", "enrolment", "file", "people", "server"].map((name) => `src/roster/ceremony/${name}.ts`);
const codes = codesIn([
  ...rooms,
  ...ceremony,
  "src/envelope/passphrase.ts",
  "src/envelope/note-text.ts",
  "src/envelope/note.ts",
]);

test("every refusal of the ceremony has a sentence in both languages, and the terminal says it too", () => {
  expect(codes.length).toBeGreaterThan(25);
  for (const code of codes) {
    const [french, english] = [refusalSentence(code, "fr"), refusalSentence(code, "en")];
    expect([code, french]).toEqual([code, expect.stringMatching(/^\S.{10,}$/)]);
    expect(french).not.toBe(english);
    expect(sentenceOf(code)).toBe(`${english} (${code})`);
  }
});

test("what the ceremony never meets is left to whoever does", () => {
  expect(refusalSentence("session.required", "fr")).toBeNull();
  expect(sentenceOf("bug")).toBe("refused (bug)");
});
