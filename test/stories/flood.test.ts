import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { evaluationsPerSecond } from "../../src/mailbox/guessing.ts";
import { receiptPlausible } from "../../src/mailbox/receipt.ts";
import { startBrowser, visit } from "../support/browser.ts";
import { startFlood } from "../support/flooder.ts";
import { inboxWith, startInstance, type Instance } from "../support/instance.ts";
import { until } from "../support/store.ts";
import { runGundo } from "../support/terminal.ts";

const number = "+22370009418" as E164;
const question = "Ou avez-vous vu le camion ?";

let instance: Instance;
let browser: Browser;
/** The digits of a report that was answered before any flood. */
let answered: string;
beforeAll(async () => {
  [instance, browser] = await Promise.all([startInstance(), startBrowser()]);
  answered = digitsIn(await dial("asked", ["1", "1", "Un camion", "0"]));
  const [reviewer] = instance.demo.reviewers;
  const [report] = await inboxWith(instance, reviewer!, 1);
  const passphraseFile = reviewer!.identityFile.replace(/age$/, "passphrase");
  const reader = ["--url", instance.url, "--identity", reviewer!.identityFile, "--passphrase-file", passphraseFile];
  const { code, err } = await runGundo("answer", "--report", report!.id, "--text", question, ...reader);
  if (code !== 0) throw new Error(err);
  // Each time from another phone: one phone has twenty readings a day.
  let phone = 70_009_500;
  await until(async () => (await read(`ready-${phone}`, `+223${phone++}` as E164)).includes(question));
});
afterAll(async () => {
  await browser.close();
  await instance.kill("SIGINT");
});

async function dial(sessionId: string, answers: readonly string[], from = number): Promise<string> {
  let screen = "";
  for (let count = 0; count <= answers.length; count++) {
    const text = answers.slice(0, count).join("*");
    const body = new URLSearchParams({
      phoneNumber: from,
      serviceCode: "*384*1234#",
      networkCode: "61001",
      sessionId,
      text,
    });
    screen = await (await fetch(`${instance.url}/gateway/africastalking/demo/ussd`, { method: "POST", body })).text();
  }
  return screen;
}

/** What a phone shows that dials with the digits of the report that was answered. */
const read = (sessionId: string, from = number): Promise<string> => dial(sessionId, ["2", answered], from);

/** A report on the page, with script or without; the digits it is thanked with. */
async function reportedOnPage(words: string, script: boolean): Promise<string> {
  await using visitor = await visit(browser, { script });
  const { page } = visitor;
  await page.goto(instance.url);
  if (script) await page.locator("[data-sealing=sealed]").waitFor();
  await page.fill("#text", words);
  await page.locator("#form button").click();
  await page.locator("#thanks").waitFor();
  return (await page.locator("#numbers span").allInnerTexts()).join("");
}

const digitsIn = (screen: string): string => [...screen.matchAll(/\d{8}/g)].map(([digits]) => digits).join("");

test.each([
  { name: "that does no work", works: false },
  { name: "that works for each guess", works: true },
])(
  "a flood of guesses at twice the web's rate $name takes no number from page or phone, and a phone reads its answer",
  async ({ works }) => {
    const perSecond = 2 * evaluationsPerSecond.web;
    const flood = startFlood({ url: instance.url, perSecond, works });
    try {
      // Work is asked for: the queue is as long as it will be for who does none.
      await until(() => flood.so().refused > perSecond / 2);
      const refusedBefore = flood.so().refused;
      expect(await read(`read-${works}`)).toContain(question);
      // The flood was there before and goes on after; one that works is silent while it does.
      await until(() => flood.so().refused > refusedBefore);
      expect(receiptPlausible(await reportedOnPage(`Avec script, ${works}`, true))).toBe(true);
      expect(receiptPlausible(await reportedOnPage(`Sans script, ${works}`, false))).toBe(true);
      const screen = await dial(`flood-${works}`, ["1", "1", `Par téléphone, ${works}`, "0"]);
      expect(receiptPlausible(digitsIn(screen))).toBe(true);
      const { refused, hashes } = flood.so();
      expect(refused).toBeGreaterThan(perSecond / 2);
      if (works) expect(hashes).toBeGreaterThanOrEqual(2 ** 14 * (perSecond / 2));
    } finally {
      await flood.stop();
    }
    expect(await inboxWith(instance, instance.demo.reviewers[0]!, works ? 7 : 4)).toHaveLength(works ? 7 : 4);
  },
);
