import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { decodeForget } from "../../src/envelope/forget.ts";
import type { Report } from "../../src/envelope/report.ts";
import { deriveMailbox } from "../../src/mailbox/mailbox.ts";
import type { OprfKey } from "../../src/mailbox/oprf-key.ts";
import { evaluate } from "../../src/mailbox/oprf.ts";
import { formatReceipt, newReceipt, parseReceipt } from "../../src/mailbox/receipt.ts";
import { answerReleases, releaseRule } from "../../src/triage/mailbox.ts";
import { RunningClock } from "../support/board.ts";
import { startBrowser, visit, type Visit } from "../support/browser.ts";
import {
  answerOn,
  conversationOn,
  dialOn,
  framesFor,
  numbersIn,
  readOn,
  reportsFor,
  says,
  todayOn,
} from "../support/conversation.ts";
import { withGate, type TestGate } from "../support/gate.ts";
import { servePage, type PageServer } from "../support/page.ts";

const number = "+22370005527" as E164;
const words = "Trois fûts sous la bâche du marché de Gossi";
const answered = "Merci. Depuis quand ?";
const more = "Depuis la fin de la saison des pluies";

let browser: Browser;
/** Where the mailboxes of these tests were made; then its key was replaced, and `server` is what came after. */
let before: TestGate;
let server: PageServer;
let release: () => Promise<void>;
beforeAll(async () => {
  [browser, before] = await Promise.all([startBrowser(), withGate({ clock: new RunningClock() })]);
  server = await servePage({ after: before });
  const { store, clock } = server.gate;
  release = answerReleases({ store: store.store, rule: releaseRule, clock, chance: systemChance });
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});
beforeEach(async () => {
  server.instead = () => null;
  server.wire.length = 0;
  const { db } = before.store.store;
  for (const table of ["arrival", "mailbox_held", "mailbox_message"] as const) await db.deleteFrom(table).execute();
});

interface Told {
  readonly numbers: readonly string[];
  readonly report: Report;
}

/** A report by phone before the key was replaced, answered after. */
async function answeredReport(session: string): Promise<Told> {
  const numbers = numbersIn(await dialOn(before, number, session, ["1", "1", words, "0"]));
  const report = (await reportsFor(before)).find(({ text, thread }) => text === words && thread === undefined)!;
  expect(hex(report.mailbox!.id)).toBe(await idUnder(before.oprfKey, numbers));
  expect(await answerOn(server.gate, report, answered)).toBe(201);
  await release();
  return { numbers, report };
}

async function idUnder(key: OprfKey, numbers: readonly string[]): Promise<string> {
  const receipt = parseReceipt(numbers.join(""))!;
  return hex((await deriveMailbox(receipt, evaluate(key, receipt))).id);
}

async function opened(script: boolean): Promise<Visit> {
  const visitor = await visit(browser, { nowMs: server.gate.clock.nowMs(), script });
  await visitor.page.goto(server.url);
  return visitor;
}

const threadsOf = (reports: readonly Report[]): readonly string[] =>
  reports.flatMap(({ thread }) => (thread === undefined ? [] : hex(thread)));

async function forgottenThreads(): Promise<readonly string[]> {
  const frames = await framesFor(server.gate);
  return frames.flatMap(({ kind, body }) => (kind === "forget" ? hex(decodeForget(body).thread) : []));
}

/** Neither key opens anything with these numbers any more. */
async function expectNothing(session: string, { numbers, report }: Told): Promise<void> {
  // Whoever answers now writes to a mailbox that nobody can be told of; what it held is gone.
  const { db } = server.gate.store.store;
  const kept = await db.selectFrom("mailbox_message").select("mailbox_id").execute();
  expect(kept.map((row) => hex(row.mailbox_id))).not.toContain(hex(report.mailbox!.id));
  for (const gate of [before, server.gate])
    expect(await dialOn(gate, number, `${session}-${gate === before}`, ["2", numbers.join("")])).toMatch(
      /Pas encore de reponse/,
    );
}

describe.each([
  { name: "with script", script: true },
  { name: "without script", script: false },
])("on the page $name, a mailbox of the former key", ({ script }) => {
  test("is read, written again to and exchanged: the new one is the new key's, the old one opens nothing", async () => {
    const told = await answeredReport(`exchange-${script}`);
    await using visitor = await opened(script);
    const { page } = visitor;
    await readOn(page, told.numbers);
    const seen = await conversationOn(page);
    expect(seen).toContain(`Réponse du ${todayOn(server.gate)}`);
    expect(seen).toContain(answered);
    const asked = server.wire.flatMap(({ method, path }) => (method === "POST" ? path : []));
    // One more of the page's own: the receipt that every visit asks for.
    if (script) {
      for (const [path, times] of [
        ["/oprf", 2],
        ["/oprf/previous", 1],
        ["/mailbox/read", 2],
      ] as const)
        expect(
          asked.filter((one) => one === path),
          path,
        ).toHaveLength(times);
      expect(visitor.said).toEqual([]);
    }
    await page.fill("#again", more);
    await page.locator("button[value=again]").click();
    await says(page, /fermée et gardée/);
    await page.locator("button[value=exchange]").click();
    await page.locator("#thanks:visible").waitFor();
    const fresh = await page.locator("#numbers span").allInnerTexts();
    const reports = await reportsFor(server.gate);
    expect(threadsOf(reports)).toEqual([told.report, told.report].map(({ mailbox }) => hex(mailbox!.id)));
    const exchanged = reports.find(({ thread, mailbox }) => thread !== undefined && mailbox !== undefined)!;
    expect(hex(exchanged.mailbox!.id)).toBe(await idUnder(server.gate.oprfKey, fresh));
    await expectNothing(`exchanged-${script}`, told);
  });

  test("is forgotten", async () => {
    const told = await answeredReport(`forget-${script}`);
    await using visitor = await opened(script);
    const { page } = visitor;
    await readOn(page, told.numbers);
    expect(await conversationOn(page)).toContain(answered);
    await page.locator("button[value=forget]").click();
    await page.getByText("C’est oublié").waitFor();
    expect(await forgottenThreads()).toEqual([hex(told.report.mailbox!.id)]);
    await expectNothing(`forgotten-${script}`, told);
  });
});

test("by phone, a mailbox of the former key is read, written again to and forgotten", async () => {
  const told = await answeredReport("phone");
  const digits = told.numbers.join("");
  expect(await dialOn(server.gate, number, "read", ["2", digits])).toContain("Merci. Depuis quand ?");
  expect(await dialOn(server.gate, number, "more", ["2", digits, "1", "1", more, "0"])).toMatch(/^END Merci/);
  const followUp = (await reportsFor(server.gate)).filter(({ text }) => text === more);
  expect(threadsOf(followUp)).toEqual([hex(told.report.mailbox!.id)]);
  expect(await dialOn(server.gate, number, "forget", ["2", digits, "1", "2", "1"])).toMatch(/^END C'est oublie/);
  expect(await forgottenThreads()).toEqual([hex(told.report.mailbox!.id)]);
  await expectNothing("phone", told);
});

test("an edge whose former key was thrown away reads the current one; one that does not answer for it says later", async () => {
  const numbers = formatReceipt(newReceipt(systemChance));
  for (const [status, shows] of [
    [503, /ne peut pas être lue maintenant/],
    [404, /Pas encore de réponse/],
  ] as const) {
    server.instead = ({ url }) => (url.endsWith("/oprf/previous") ? new Response("", { status }) : null);
    await using visitor = await opened(true);
    await readOn(visitor.page, numbers);
    await visitor.page.locator("#reading-says, #conversation").filter({ hasText: shows }).waitFor();
  }
});
