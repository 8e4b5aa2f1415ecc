import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meaningOf } from "../../src/dialogue/sms.ts";

describe("an incoming SMS", () => {
  it.each(["AIDE", "aide", " Aide ", "Aïdé", "A I D E", "HELP", "help\n", "Hélp"])("%j asks for help", (text) => {
    expect(meaningOf(text)).toEqual({ kind: "help" });
  });

  it.each(["", "  ", "\n", "R ", "R  \n"])("%j says nothing", (text) => {
    expect(meaningOf(text)).toEqual({ kind: "nothing" });
  });

  it.each([
    ["R Des armes", "Des armes"],
    ["R  Des armes ", " Des armes "],
    ["R AIDE", "AIDE"],
  ])("%j asks for an answer by SMS", (text, report) => {
    expect(meaningOf(text)).toEqual({ kind: "report", text: report, capsule: true });
  });

  it.each([
    "R",
    "RDes armes",
    "r des armes",
    " R Des armes",
    "R\nDes armes",
    "Aide-moi",
    "AIDE!",
    "on a besoin d'aide",
    "R. est armé",
  ])("%j is a report and asks for no answer", (text) => {
    expect(meaningOf(text)).toEqual({ kind: "report", text, capsule: false });
  });

  it("is kept exactly, in any script", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        const meaning = meaningOf(`Ils: ${text}`);
        expect(meaning).toEqual({ kind: "report", text: `Ils: ${text}`, capsule: false });
      }),
    );
  });
});
