import { describe, expect, it } from "vitest";
import { septets } from "../../src/dialogue/gsm7.ts";
import { screenSeptets, screenUnits, type Draft } from "../../src/dialogue/step.ts";
import { fold, forgottenScreen, notSentScreen, thanksScreen, type Outcome } from "../../src/dialogue/ussd.ts";
import { goodCode, settings } from "./instance.ts";
import { reachAll, screensOf } from "./walk.ts";

const visits = reachAll(settings);
const screens = screensOf(visits);
const draft: Draft = { language: "fr", text: "x", exclude: [], answers: {}, thread: null, smsAnswer: false };
const closings = settings.scripts.flatMap(({ language }) => [
  thanksScreen(settings, { ...draft, language }, goodCode),
  thanksScreen(settings, { ...draft, language }, null),
  thanksScreen(settings, { ...draft, language, thread: goodCode }, null),
  notSentScreen(settings, language),
  forgottenScreen(settings, language),
]);

// What a reviewer wrote in letters of another script cannot be GSM-7, and a screen of it is bounded otherwise.
const foreign = (screen: string) => /[ߊ-ߪ]/u.test(screen);

function keysOf(outcome: Outcome): readonly string[] {
  if (outcome.kind !== "screen") return [];
  return outcome.screen.split("\n").flatMap((line) => /^(?:CON )?(\d) /.exec(line)?.[1] ?? []);
}

describe("every screen of every language", () => {
  it("is reached", () => {
    expect(screens.length).toBeGreaterThan(150);
    const said = [...screens, ...closings].join("\n");
    for (const script of settings.scripts) {
      const bodies = Object.entries(script).filter(([name]) => !["language", "smsHelp", "smsNotSent"].includes(name));
      const missing = bodies.filter(([, body]) => typeof body === "string" && !said.includes(body));
      expect(missing).toEqual([]);
    }
  });

  it.each([...screens.filter((screen) => !foreign(screen)), ...closings])("is short GSM-7: %j", (screen) => {
    expect(screen).toMatch(/^(CON|END) \S/);
    expect(septets(screen)).toBeLessThanOrEqual(screenSeptets);
  });

  it("of another script is short too", () => {
    const others = screens.filter(foreign);
    expect(others.length).toBeGreaterThan(3);
    for (const screen of others) expect(screen.length).toBeLessThanOrEqual(screenUnits);
  });

  it("has no key 98 or 00, which the provider takes for itself", () => {
    for (const screen of screens) expect(screen).not.toMatch(/(^|\n|^CON )(98|00)\b/);
  });

  it("names no key twice", () => {
    for (const { outcome } of visits) {
      const keys = keysOf(outcome);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it("with letters of the desk's own names shows them in GSM-7", () => {
    expect(screens.some((screen) => screen.includes("4 Ségou\n"))).toBe(true);
    expect(screens.some((screen) => screen.includes("1 Abeibara\n"))).toBe(true);
  });
});

describe("the keys of a screen", () => {
  it("each lead on", () => {
    const hints = settings.scripts.flatMap((script) => [script.hintKey, script.hintWords]);
    for (const { inputs, known, outcome } of visits) {
      for (const key of keysOf(outcome)) {
        const after = fold(settings, [...inputs, key], known);
        expect(hints.some((hint) => "screen" in after && after.screen.startsWith(`CON ${hint}`))).toBe(false);
      }
    }
  });
});

describe("an SMS we send", () => {
  it.each(settings.scripts.flatMap((script) => [script.smsHelp, script.smsNotSent]))("fits one message: %j", (text) => {
    expect(septets(text)).toBeLessThanOrEqual(160);
  });
});
