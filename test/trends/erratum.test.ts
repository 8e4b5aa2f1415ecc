import { describe, expect, test } from "vitest";
import { erratumFlaw, erratumText, isErratum, verifyErratum, type Erratum } from "../../src/trends/erratum.ts";
import { testPerson } from "../support/board.ts";
import { hashOf, instance, officers, signedBy, testPlan, verifiersOf } from "../support/releases.ts";

const verifiers = verifiersOf(officers);
const words = {
  fr: "Une organisation n'a pas envoyé ses étiquettes : lisez ces chiffres comme ceux des autres.",
  en: "One organisation did not send its labels: read these figures as those of the others.",
};
const erratum: Erratum = { instance, period: testPlan().period, number: 1, release: hashOf("release"), words };

const numbered = (number: number) => signedBy(erratumText({ ...erratum, number }), ...officers);

describe("an erratum", () => {
  test("says in words what both officers signed", () => {
    expect(verifyErratum(signedBy(erratumText(erratum), ...officers), instance, verifiers)).toEqual(erratum);
    expect(() => verifyErratum(signedBy(erratumText(erratum), officers[0]!), instance, verifiers)).toThrow(
      "release.signers",
    );
    const third = testPerson("officer-c");
    const three = verifiersOf([...officers, third]);
    expect(() => verifyErratum(signedBy(erratumText(erratum), ...officers, third), instance, three)).toThrow(
      "release.signers",
    );
    expect(() => verifyErratum(signedBy(erratumText(erratum), ...officers), "other-line", verifiers)).toThrow(
      "release.instance",
    );
  });

  test.each(["Kidal: 4, not 3", "the figure is ٣ less", "½ of them", "", "two\nlines", "x".repeat(2001)])(
    "has no number in it and is short: %j is refused",
    (en) => {
      expect(isErratum({ fr: words.fr, en })).toBe(false);
      expect(isErratum({ fr: en, en: words.en })).toBe(false);
      const note = signedBy(erratumText({ ...erratum, words: { fr: words.fr, en } }), ...officers);
      expect(() => verifyErratum(note, instance, verifiers)).toThrow("release.malformed");
    },
  );

  test.each([
    ["Kidal: 4, not 3", "number"],
    ["½ of them", "number"],
    [" ", "empty"],
    ["two\nlines", "sign"],
    ["x".repeat(2001), "long"],
    ["Quatre-vingts, en lettres : rien ne le retient.", null],
  ] as const)("whoever types %j is told what is wrong with it: %s", (text, flaw) => {
    expect(erratumFlaw(text)).toBe(flaw);
    expect(erratumFlaw(text) === null).toBe(isErratum({ fr: text, en: text }) && text.trim() !== "");
  });

  test("counts from 1 to 99", () => {
    for (const number of [0, 100])
      expect(() => verifyErratum(numbered(number), instance, verifiers)).toThrow("release.malformed");
    expect(verifyErratum(numbered(99), instance, verifiers).number).toBe(99);
    expect(isErratum(words)).toBe(true);
  });
});
