import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { septets } from "../../src/dialogue/gsm7.ts";
import type { Script } from "../../src/dialogue/script.ts";
import { firstBulletinDay } from "../../src/dialogue/settings.ts";
import { settings } from "./instance.ts";
import { reachAll, screensOf } from "./walk.ts";

const readme = readFileSync(new URL("../../src/dialogue/README.md", import.meta.url), "utf8");
const screens = screensOf(reachAll(settings)).filter((screen) => septets(screen) !== null);

/** The longest screen of a script that begins so, and the same behind a hint. */
function longest(script: Script, beginning: string): string {
  const lengths = ["", `${script.hintKey}\n`, `${script.hintWords}\n`].flatMap((hint) => {
    const those = screens.filter((one) => one.startsWith(`CON ${hint}${beginning}`));
    return those.length === 0 ? [] : [Math.max(...those.map((one) => septets(one)!))];
  });
  return lengths.join(" / ");
}

function questions(script: Script): readonly (readonly [string, string])[] {
  const [operator, readers, web, price] = script.safety(settings.cost[script.language], settings.answerDays);
  const [what, blurred, first] = script.news(firstBulletinDay(settings));
  return [
    ["menu", script.menu],
    ["language", script.chooseLanguage],
    ["who must not read", script.who],
    ["who: région", script.whoRegion],
    ["who: cercle", script.whoCercle],
    ["who: organisation", script.whoOrganisation],
    ["too few readers", script.tooFew],
    ["words", script.words],
    ["more words", script.wordsMore],
    ["message full", script.wordsFull],
    ["what", script.what],
    ["where: région", script.whereRegion],
    ["where: cercle", script.whereCercle],
    ["danger", script.danger],
    ["not a rescue", script.notRescue(settings.helpNumber)],
    ["answer by SMS", script.smsAnswer],
    ["safe? operator", operator!],
    ["safe? readers", readers!],
    ["safe? web", web!],
    ["safe? price and patience", price!],
    ["news: what", what],
    ["news: blurred", blurred],
    ["news: when", first],
    ["code", script.code],
    ["code mistyped", script.codeMistyped],
    ["no answer yet", script.noAnswer],
    ["taken, no answer yet", script.taken("26/11")],
    ["after an answer", script.afterAnswer],
    ["forget", script.forget],
  ];
}

function ends(script: Script): readonly (readonly [string, string])[] {
  return [
    ["thanks, two numbers", script.thanks("12345678", "12345678")],
    ["thanks without a number", script.thanksWithoutNumber],
    ["thanks, the same numbers", script.thanksSameNumbers],
    ["not sent", script.notSent],
    ["stopped", script.stopped],
    ["start again", script.startAgain],
    ["read later", script.readLater],
    ["forgotten", script.forgotten],
    ["over", script.over],
  ];
}

function rows(): readonly string[] {
  const [first, second] = settings.scripts as [Script, Script];
  return [
    ...questions(first).map(
      ([name, body], at) => `| ${name} | ${longest(first, body)} | ${longest(second, questions(second)[at]![1])} |`,
    ),
    ...ends(first).map(
      ([name, body], at) => `| ${name} | ${septets(`END ${body}`)} | ${septets(`END ${ends(second)[at]![1]}`)} |`,
    ),
  ];
}

it("the README's table of screens is true", () => {
  const table = readme.split("\n").filter((line) => /^\| .* \| [\d/ ]+ \| [\d/ ]+ \|$/.test(line));
  expect(table).toEqual(rows());
});
