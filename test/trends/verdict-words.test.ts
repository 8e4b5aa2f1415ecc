import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FaultCode } from "../../src/base/fault.ts";
import { flawSentence, periodSentence, warningSentence } from "../../src/trends/verdict-words.ts";
import { parsePeriod } from "../../src/trends/period.ts";
import { verifyReleases } from "../../src/trends/verify.ts";
import { filesIn, testQuarters, testTrust } from "../support/releases.ts";

const files = ["note", "plan", "commit", "claim", "seen", "release-note", "ledger", "erratum", "walk"]
  .concat("verify", "verify-grounds", "verify-release")
  .map((name) => readFileSync(`src/trends/${name}.ts`, "utf8"));

describe("what a verdict says", () => {
  test("has a sentence in both languages for every code that a check can give", () => {
    const codes = new Set(files.flatMap((source) => source.match(/"release\.[a-zA-Z]+"/g) ?? []));
    expect(codes.size).toBeGreaterThan(15);
    for (const code of ["note.malformed", "note.signature", ...[...codes].map((one) => one.slice(1, -1))]) {
      const sentence = flawSentence(code as FaultCode);
      expect(sentence, code).not.toBeNull();
      expect(sentence!.fr).not.toBe(sentence!.en);
    }
    expect(flawSentence("bug")).toBeNull();
  });

  test("names a period's instant, its officers and what it spent, or that it is still to come", () => {
    const verdict = verifyReleases(filesIn(testQuarters(1)), testTrust());
    if (!verdict.ok) throw new Error(verdict.code);
    const [period] = verdict.periods;
    expect(periodSentence(period!)).toEqual({
      fr: "2027-Q1 : publication le 2027-05-03, signé par officer-a et officer-b ; ε 1, en tout 1",
      en: "2027-Q1: out on 2027-05-03, signed by officer-a and officer-b; ε 1, in all 1",
    });
    expect(periodSentence({ ...period!, release: null }).en).toBe("2027-Q1: planned for 2027-05-03");
  });

  test("warns in words", () => {
    const period = parsePeriod("2027-Q2")!;
    expect(warningSentence({ warning: "demo" }).fr).toContain("démonstration");
    expect(warningSentence({ warning: "unreleased", period }).en).toMatch(/^2027-Q2 was due and is not here/);
    expect(warningSentence({ warning: "unplanned", period }).fr).toMatch(/^2027-Q2 a commencé/);
  });
});
