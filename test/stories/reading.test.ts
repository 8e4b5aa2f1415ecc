import { CompiledQuery } from "kysely";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { decodeForget } from "../../src/envelope/forget.ts";
import type { Frame } from "../../src/envelope/frame.ts";
import type { Exclusion, Report } from "../../src/envelope/report.ts";
import { answerReleases, releaseRule } from "../../src/triage/mailbox.ts";
import { startBrowser, visit, type Visit, type VisitOptions } from "../support/browser.ts";
import { canary } from "../support/canary.ts";
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
import { servePage, type PageServer } from "../support/page.ts";
import { postmasterOf } from "../support/store.ts";

const number = "+22370004271" as E164;
const words = "Deux camions sans plaque derrière le marché de Kouroufing-Marena";
const answered = "Merci. À quelle heure passent-ils, et par quelle piste ?";
const more = "Vers quatre heures, par la piste du nord & « le gué »";

let browser: Browser;
let server: PageServer;
let release: () => Promise<void>;
beforeAll(async () => {
  [browser, server] = await Promise.all([startBrowser(), servePage()]);
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
  const { db } = server.gate.store.store;
  for (const table of ["arrival", "mailbox_held", "mailbox_message"] as const) await db.deleteFrom(table).execute();
});

async function opened(path = "/", options: VisitOptions = {}): Promise<Visit> {
  const visitor = await visit(browser, { nowMs: server.gate.clock.nowMs(), ...options });
  await visitor.page.goto(server.url + path);
  return visitor;
}

const dial = (session: string, answers: readonly string[]): Promise<string> =>
  dialOn(server.gate, number, session, answers);
const openedFrames = (): Promise<readonly Frame[]> => framesFor(server.gate);
const reports = (reviewer = 0): Promise<readonly Report[]> => reportsFor(server.gate, reviewer);
const today = (): string => todayOn(server.gate);
const conversation = conversationOn;

async function answer(report: Report, text: string, exclude: readonly Exclusion[] = []): Promise<void> {
  expect(await answerOn(server.gate, report, text, exclude)).toBe(201);
}

/** Reports by phone, and gives the two numbers and what the reviewer opened. */
async function reportedByPhone(session: string): Promise<{ numbers: readonly string[]; report: Report }> {
  const numbers = numbersIn(await dial(session, ["1", "1", words, "0"]));
  expect(numbers).toHaveLength(2);
  const [report] = await reports();
  expect(report).toMatchObject({ channel: "ussd", text: words });
  return { numbers, report: report! };
}

describe.each([
  { name: "with script", script: true },
  { name: "without script", script: false },
])("$name", ({ script }) => {
  test("a report by phone is exchanged, answered, followed up and forgotten on the page: one thread for the reviewer", async () => {
    const { numbers: old, report } = await reportedByPhone(`story-${script}`);
    await answer(report, "");
    await release();
    expect(await dial(`before-${script}`, ["2", old.join("")])).toMatch(/Bien recu le/);
    await using visitor = await opened("/", { script });
    const { page } = visitor;
    await readOn(page, old);
    expect(await conversation(page)).toContain(`pris en charge le ${today()}`);
    await page.locator("button[value=exchange]").click();
    await page.locator("#thanks").waitFor();
    const fresh = await page.locator("#numbers span").allInnerTexts();
    expect(fresh).toEqual([expect.stringMatching(/^\d{8}$/), expect.stringMatching(/^\d{8}$/)]);
    expect(fresh).not.toEqual(old);
    expect(await page.locator("#thanks").innerText()).toContain("Les anciens n’ouvrent plus rien");
    const exchanged = (await reports()).find(({ thread }) => thread !== undefined)!;
    expect(exchanged).toMatchObject({ text: "", thread: report.mailbox!.id, channel: script ? "web" : "webText" });

    // Whoever learnt the old numbers finds what a wrong code finds, even when somebody answers the old mailbox again.
    await using stranger = await opened("/", { script });
    await readOn(stranger.page, old);
    expect(await conversation(stranger.page)).toContain("Pas encore de réponse pour ces deux numéros");
    expect(await dial(`old-${script}`, ["2", old.join("")])).toMatch(/Pas encore de reponse/);

    await answer(exchanged, answered);
    await release();
    await using reader = await opened("/", { script });
    await readOn(reader.page, fresh);
    expect(await conversation(reader.page)).toContain(`Réponse du ${today()}`);
    expect(await conversation(reader.page)).toContain(answered);
    expect([await reader.page.title(), reader.page.url()]).toEqual(["Gundo", `${server.url}/`]);
    await reader.page.fill("#again", more);
    await reader.page.locator("button[value=again]").click();
    await says(reader.page, /fermée et gardée/);
    expect(await reader.page.inputValue("#again")).toBe("");
    const followUp = (await reports()).find(({ text }) => text === more)!;
    expect([followUp.thread, followUp.mailbox]).toEqual([exchanged.mailbox!.id, undefined]);

    await reader.page.locator("button[value=forget]").click();
    await reader.page.getByText("C’est oublié").waitFor();
    const forgets = (await openedFrames()).filter(({ kind }) => kind === "forget");
    expect(forgets.map(({ body }) => decodeForget(body).thread)).toEqual([exchanged.mailbox!.id]);
    await using last = await opened("/", { script });
    await readOn(last.page, fresh);
    expect(await conversation(last.page)).toContain("Pas encore de réponse pour ces deux numéros");

    if (script) {
      const sent = server.wire.map(
        ({ path, headers, body }) => `${path} ${headers} ${Buffer.from(body).toString("utf8")}`,
      );
      for (const secret of [...old, ...fresh, answered, more]) {
        const byPage = sent.filter((one) => one.includes(secret));
        expect(byPage).toEqual([]);
      }
      expect(visitor.said).toEqual([]);
      expect(reader.said).toEqual([]);
    }
    const { store, events } = server.gate;
    await store.store.db.executeQuery(CompiledQuery.raw("checkpoint"));
    const scan = canary({ numbers: [number], texts: [words, answered, more, old.join(""), fresh.join("")] });
    const contents = [{ where: "events", content: JSON.stringify(events) }];
    const processes = [process.pid, await postmasterOf(store.home)];
    expect(await scan.scan({ directories: [store.home], contents, processes })).toEqual([]);
  });

  test("a wrong code, an empty mailbox and a report that nobody answered are one and the same", async () => {
    const { numbers } = await reportedByPhone(`same-${script}`);
    const { newReceipt, formatReceipt } = await import("../../src/mailbox/receipt.ts");
    const seen: string[] = [];
    for (const typed of [numbers, formatReceipt(newReceipt(systemChance))]) {
      await using visitor = await opened("/en", { script });
      await readOn(visitor.page, typed);
      seen.push(await conversation(visitor.page));
    }
    expect(seen[0]).toContain("No answer yet for these two numbers");
    expect(seen[1]).toBe(seen[0]);
  });

  test("who must not read is asked when no answer repeated it, and holds for what follows", async () => {
    const { numbers, report } = await reportedByPhone(`ask-${script}`);
    await using visitor = await opened("/", { script });
    const { page } = visitor;
    await readOn(page, numbers);
    const box = page.locator("#conversation");
    await box.locator("input[value=Jigi]").check();
    await box.locator("input[value=Benkadi]").check();
    await page.fill("#again", more);
    await page.locator("button[value=again]").click();
    await says(page, /moins de deux lecteurs/);
    expect(await page.inputValue("#again")).toBe(more);
    await box.locator("input[value=Benkadi]").uncheck();
    await page.locator("button[value=again]").click();
    await says(page, /fermée et gardée/);
    const followUp = (await reports()).find(({ text }) => text === more)!;
    expect(followUp).toMatchObject({ exclude: [{ rule: "organisation", value: "Jigi" }], thread: report.mailbox!.id });
    const readers = await Promise.all([0, 1, 2, 3, 4].map(async (one) => (await reports(one)).length));
    expect(readers.filter((count) => count === 1)).toHaveLength(
      server.gate.board.body.reviewers.filter(({ organisation }) => organisation === "Jigi").length,
    );
  });

  test("what an answer repeats is kept out of a follow-up without being asked", async () => {
    const { numbers, report } = await reportedByPhone(`kept-${script}`);
    await answer(report, answered, [{ rule: "organisation", value: "Jigi" }]);
    await answer(report, "Encore une question", [{ rule: "place", value: "ML0703" }]);
    await release();
    await using visitor = await opened("/", { script });
    const { page } = visitor;
    await readOn(page, numbers);
    await page.locator("#conversation:visible").waitFor();
    expect(await page.locator("#conversation fieldset").count()).toBe(0);
    await page.fill("#again", more);
    await page.locator("button[value=again]").click();
    await says(page, /fermée et gardée/);
    const followUp = (await reports()).find(({ text }) => text === more)!;
    expect(followUp.exclude.toSorted((a, b) => (a.rule < b.rule ? -1 : 1))).toEqual([
      { rule: "organisation", value: "Jigi" },
      { rule: "place", value: "ML0703" },
    ]);
  });

  test("a digit mistyped is said in a friendly sentence, and nothing is asked of anybody", async () => {
    await using visitor = await opened("/", { script });
    await readOn(visitor.page, ["12345678", "12345678"]);
    await says(visitor.page, /Un chiffre n’est pas bon/);
    expect(server.wire.some(({ path }) => path.startsWith("/mailbox"))).toBe(false);
    expect(await visitor.page.inputValue("#first")).toBe("12345678");
  });

  test("when nothing can be read now it says later, and the next press reads", async () => {
    const { numbers } = await reportedByPhone(`later-${script}`);
    const { db } = server.gate.store.store;
    await db.executeQuery(CompiledQuery.raw("alter table mailbox_message rename to away"));
    await using visitor = await opened("/", { script });
    try {
      await readOn(visitor.page, numbers);
      await says(visitor.page, /ne peut pas être lue maintenant/);
    } finally {
      await db.executeQuery(CompiledQuery.raw("alter table away rename to mailbox_message"));
    }
    await visitor.page.locator("#read").click();
    await visitor.page.locator("#conversation:visible").waitFor();
  });
});
