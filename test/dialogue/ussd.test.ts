import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { french } from "../../src/dialogue/fr.ts";
import { isGsm7, septets } from "../../src/dialogue/gsm7.ts";
import { splitTurn } from "../../src/dialogue/inputs.ts";
import { screenSeptets, screenUnits } from "../../src/dialogue/step.ts";
import { draftOf, fold, type Known } from "../../src/dialogue/ussd.ts";
import { goodCode, mistypedCode, settings } from "./instance.ts";
import { digits, readings } from "./walk.ts";

const key = fc.constantFrom(...digits);
const garbage = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.constantFrom("", " ", "\n", "98", "00", "*", "*".repeat(500), "m".repeat(20_000), "\ud800", "__proto__", "1*1*0"),
  fc.constantFrom(goodCode, mistypedCode, "mots", "Des armes"),
);
// Keys far more often than garbage, so that sessions get anywhere.
const inputs = fc.array(fc.oneof({ arbitrary: key, weight: 3 }, { arbitrary: garbage, weight: 1 }), { maxLength: 24 });
// The first steps of a report, so that half of the sessions reach the words.
const opened = fc.tuple(fc.constantFrom([], ["1", "1", "mots"], ["1", "2", "5", "3", "mots"], ["2", goodCode]), inputs);
const session = opened.map(([start, rest]) => [...start, ...rest]);
const known: fc.Arbitrary<Known> = fc
  .tuple(fc.constantFrom(...readings), fc.boolean())
  .map(([reading, guessed]) => ({ guessed, ...(reading === undefined ? {} : { reading }) }));

function expectValid(screen: string): void {
  expect(screen).toMatch(/^(CON|END) \S/);
  if (isGsm7(screen)) expect(septets(screen)).toBeLessThanOrEqual(screenSeptets);
  else expect(screen.length).toBeLessThanOrEqual(screenUnits);
}

function prefixesOf(answers: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: answers.length + 1 }, (_, count) => answers.slice(0, count));
}

describe("the fold of any answers", () => {
  it("is a valid screen, or something to do and a valid screen, and never throws", () => {
    fc.assert(
      fc.property(session, known, (answers, knows) => {
        const outcome = fold(settings, answers, knows);
        if ("screen" in outcome) expectValid(outcome.screen);
        else expect(["report", "forget", "needs"]).toContain(outcome.kind);
      }),
      { numRuns: 10_000 },
    );
  });

  it("is a valid screen for any text a provider could post, with the note and without", () => {
    const text = fc.oneof(
      garbage,
      fc.array(fc.oneof(key, garbage)).map((parts) => parts.join("*")),
    );
    fc.assert(
      fc.property(text, text, (first, second) => {
        const turn = splitTurn(splitTurn("lost", first).note, second);
        const outcome = fold(settings, turn.inputs, { guessed: turn.note.guessed });
        if ("screen" in outcome) expectValid(outcome.screen);
      }),
      { numRuns: 3000 },
    );
  });

  it("is the same for the same answers", () => {
    fc.assert(
      fc.property(session, known, (answers, knows) => {
        expect(fold(settings, [...answers], knows)).toEqual(fold(settings, answers, knows));
      }),
    );
  });

  it("makes one report or one forgetting a session at most, and ends there", () => {
    let reports = 0;
    fc.assert(
      fc.property(session, known, (answers, knows) => {
        const kinds = prefixesOf(answers).map((prefix) => fold(settings, prefix, knows).kind);
        const at = kinds.findIndex((kind) => kind === "report" || kind === "forget");
        if (at < 0) return;
        reports++;
        expect(kinds.slice(0, at).every((kind) => kind === "screen")).toBe(true);
        expect(kinds.slice(at + 1).every((kind) => kind === "end")).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(reports).toBeGreaterThan(200);
  });
});

describe("what a cut session sends", () => {
  it("is only ever words given after it was settled who must not read", () => {
    const asked = settings.scripts.map((script) => script.words);
    fc.assert(
      fc.property(session, known, (answers, knows) => {
        const prefixes = prefixesOf(answers);
        const first = prefixes.findIndex((prefix) => draftOf(settings, prefix, knows).kind === "draft");
        if (first < 0) return;
        const before = fold(settings, prefixes[first - 1]!, knows);
        const cut = draftOf(settings, prefixes[first]!, knows);
        if (before.kind !== "screen" || cut.kind !== "draft") throw new Error("words came from nowhere");
        expect(asked.some((words) => before.screen.endsWith(words))).toBe(true);
        expect(settings.enoughReaders(cut.draft.exclude)).toBe(true);
        expect(cut.draft.text).not.toBe("");
      }),
      { numRuns: 3000 },
    );
  });

  it("is a beginning of what it would send later, with the same exclusions", () => {
    let compared = 0;
    fc.assert(
      fc.property(session, known, (answers, knows) => {
        const cuts = prefixesOf(answers).map((prefix) => draftOf(settings, prefix, knows));
        const whole = cuts.at(-1)!;
        if (whole.kind !== "draft") return;
        for (const cut of cuts) {
          if (cut.kind !== "draft") continue;
          compared++;
          expect(whole.draft.text.startsWith(cut.draft.text)).toBe(true);
          expect(whole.draft.exclude).toEqual(cut.draft.exclude);
          expect(Object.keys(whole.draft.answers)).toEqual(expect.arrayContaining(Object.keys(cut.draft.answers)));
        }
      }),
      { numRuns: 3000 },
    );
    expect(compared).toBeGreaterThan(1000);
  });

  it("never shrinks to nothing once there is something, unless a guess is given up and the phone told", () => {
    fc.assert(
      fc.property(session, known, (answers, knows) => {
        const kinds = prefixesOf(answers).map((prefix) => draftOf(settings, prefix, knows).kind);
        const first = kinds.indexOf("draft");
        if (first < 0 || kinds.slice(first).every((kind) => kind === "draft")) return;
        expect(knows.guessed).toBe(true);
        expect(fold(settings, answers, knows)).toEqual({ kind: "end", screen: `END ${french.startAgain}` });
      }),
      { numRuns: 3000 },
    );
  });
});
