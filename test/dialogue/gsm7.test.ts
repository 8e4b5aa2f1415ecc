import fc from "fast-check";
import { SegmentedMessage } from "sms-segments-calculator";
import { describe, expect, it } from "vitest";
import { isGsm7, respell, septets, smsLength, toGsm7 } from "../../src/dialogue/gsm7.ts";

const basic =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const extension = "\f^{}\\[~]|€";
const all = (basic + extension).split("");

// What the other implementation keeps whole as one grapheme (CR before LF, joined emoji) is left out of its texts.
const gsmText = fc.string({ unit: fc.constantFrom(...all.filter((unit) => unit !== "\r")), maxLength: 700 });
const anyText = fc.string({
  unit: fc.constantFrom("a", "é", "€", "[", " ", "ç", "œ", "ɛ", "ߊ", "ع", "漢", "😀", "🌍"),
  maxLength: 500,
});

describe("GSM-7 (3GPP TS 23.038)", () => {
  it("has 127 basic characters of one septet and ten of two", () => {
    expect(new Set(basic).size).toBe(127);
    for (const character of basic) expect(septets(character)).toBe(1);
    for (const character of extension) expect(septets(character)).toBe(2);
  });

  it.each("çâêëîïôœûÀÈÊ’“”–—ɛɔɲŋɓɗƴ`\t".split(""))("lacks %j", (character) => {
    expect(isGsm7(`a${character}`)).toBe(false);
    expect(septets(character)).toBeNull();
  });

  it("covers exactly what it says, over every UTF-16 unit", () => {
    const covered = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit)).filter(isGsm7);
    expect(covered.toSorted()).toEqual(all.toSorted());
  });
});

describe("respelling", () => {
  it.each([
    ["Ségou", "Ségou"],
    ["Se\u0301gou", "Ségou"],
    ["Dioïla", "Dioila"],
    ["Abeïbara", "Abeibara"],
    ["français, forêt, cœur", "francais, foret, coeur"],
    ["L’« école » – là…", 'L\'" école " - là...'],
    ["À l'Évêché, ÊTRE ÇA", "A l'Éveché, ETRE ÇA"],
    ["ɲɛ, ŋɔ, ɓiɗɗo, ƴam", "nye, ngo, biddo, yam"],
    ["10\u00a0000\u202fF", "10 000 F"],
    ["ߊߓߌ 😀", "??? ?"],
  ])("writes %j as %j", (text, written) => {
    expect(toGsm7(text)).toBe(written);
  });

  it("leaves what has no such letter, so that the caller can tell", () => {
    expect(respell("ê ߊ")).toBe("e ߊ");
  });

  it("always writes GSM-7, and leaves what is GSM-7 as it is", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => isGsm7(toGsm7(text))));
    fc.assert(fc.property(gsmText, (text) => toGsm7(text) === text));
  });
});

describe("the length of an SMS", () => {
  it.each([
    ["", "gsm7", 0, 1],
    ["a".repeat(160), "gsm7", 160, 1],
    ["a".repeat(161), "gsm7", 161, 2],
    ["a".repeat(306), "gsm7", 306, 2],
    [`${"a".repeat(152)}€${"a".repeat(152)}`, "gsm7", 306, 3],
    ["ç".repeat(70), "ucs2", 70, 1],
    ["ç".repeat(71), "ucs2", 71, 2],
    [`${"ç".repeat(66)}😀${"ç".repeat(66)}`, "ucs2", 134, 3],
  ])("of %j is %s, %i units, %i messages", (text, encoding, units, messages) => {
    expect(smsLength(text)).toEqual({ encoding, units, messages });
  });

  it("is what sms-segments-calculator counts", () => {
    fc.assert(
      fc.property(fc.oneof(gsmText, anyText), (text) => {
        const theirs = new SegmentedMessage(text);
        const ours = smsLength(text);
        expect(ours.messages).toBe(theirs.segmentsCount);
        expect(ours.encoding).toBe(theirs.getEncodingName() === "GSM-7" ? "gsm7" : "ucs2");
        expect(ours.units * (ours.encoding === "gsm7" ? 7 : 16)).toBe(theirs.messageSize);
      }),
      { numRuns: 2000 },
    );
  });
});
