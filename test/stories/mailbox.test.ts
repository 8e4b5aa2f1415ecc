import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeskId, E164 } from "../../src/base/brand.ts";
import { hex } from "../../src/base/bytes.ts";
import { dayOf, isoDay, systemClock } from "../../src/base/clock.ts";
import { Client } from "../../src/cli/client.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import type { Report } from "../../src/envelope/report.ts";
import { receiptPlausible } from "../../src/mailbox/receipt.ts";
import { decryptKeys } from "../../src/roster/identity.ts";
import { openFile } from "../../src/cli/reports.ts";
import { canary } from "../support/canary.ts";
import { inboxOf, inboxWith, startInstance, type Instance } from "../support/instance.ts";
import { postWorked, writeBody } from "../support/mailboxes.ts";
import { until } from "../support/store.ts";

const number = "+22370009417" as E164;
const words = "Trois camions bâchés chez Oumar Sidibé, derrière la mosquée de Koukourou";
const asked = "Les camions sont-ils revenus jeudi ? Ne retournez pas les regarder.";
const more = "Revenus jeudi, deux seulement, et ils ont une antenne";
const noAnswer = "CON Pas encore de reponse.\n1 Ecrire encore\n2 Oublier";

let instance: Instance;
let receipt = "";
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.kill("SIGINT"));

/** Every screen of a session, turn by turn, as a gateway posts it. */
async function dial(sessionId: string, answers: readonly string[], from = number): Promise<readonly string[]> {
  const screens: string[] = [];
  for (let count = 0; count <= answers.length; count++) {
    const text = answers.slice(0, count).join("*");
    const form = { sessionId, text, phoneNumber: from, serviceCode: "*384*1234#", networkCode: "61001" };
    const url = `${instance.url}/gateway/africastalking/demo/ussd`;
    const response = await fetch(url, { method: "POST", body: new URLSearchParams(form) });
    expect(response.status).toBe(200);
    screens.push(await response.text());
  }
  return screens;
}

let looks = 0;

/** A phone has its readings a day, and the digits open the mailbox on any: so one that waits looks from many. */
async function lookFromAnotherPhone(): Promise<string> {
  const other = `+2237000${String(1000 + ++looks)}` as E164;
  return (await dial(`look-${looks}`, ["2", receipt], other)).at(-1)!;
}

/** What the first reviewer reads in the report with these words. */
async function reportSaying(text: string): Promise<Report> {
  const person = instance.demo.reviewers[0]!;
  const keys = await decryptKeys(new Uint8Array(readFileSync(person.identityFile)), person.passphrase);
  const client = new Client(instance.url);
  const { instance: named } = JSON.parse(new TextDecoder().decode(await client.bytes("/keys/anchors.json"))) as {
    instance: string;
  };
  await client.signIn(named, keys);
  for await (const { sealed } of client.inbox(person.desk)) {
    const opened = openFile(sealed, keys.identity, nodeDecapsulator, 0);
    if (opened?.kind === "report" && opened.report.text === text) return opened.report;
  }
  throw new Error("no such report");
}

test("a report by dialling is answered, and the answer is read by dialling with the two numbers", async () => {
  const thanks = (await dial("first", ["1", "1", words, "0"])).at(-1)!;
  receipt = [...thanks.matchAll(/\d{8}/g)].map(([digits]) => digits).join("");
  expect(receiptPlausible(receipt)).toBe(true);
  expect((await dial("early", ["2", receipt])).at(-1)).toBe(noAnswer);
  await inboxWith(instance, instance.demo.reviewers[0]!, 1);
  const { mailbox } = await reportSaying(words);
  const day = dayOf(systemClock.nowMs());
  const common = { desk: "all" as DeskId, exclude: [], language: "fr", day };
  const write = (text: string): Promise<Response> =>
    postWorked((init) => fetch(`${instance.url}/mailbox/write`, init), writeBody(mailbox!, { ...common, text }));
  const shown = isoDay(day).slice(5).split("-").toReversed().join("/");
  expect((await write("")).status).toBe(201);
  await until(async () => (await lookFromAnotherPhone()) !== noAnswer);
  expect((await dial("taken", ["2", receipt])).at(-1)).toBe(
    `CON Bien recu le ${shown}. ${noAnswer.slice("CON ".length)}`,
  );
  expect((await write(asked)).status).toBe(201);
  const answer = `CON Reponse du ${shown}:\n${asked}\n1 Suite`;
  await until(async () => (await lookFromAnotherPhone()) === answer);
});

test("writing again reaches the reviewers as one thread; after forgetting nothing opens the mailbox", async () => {
  expect((await dial("again", ["2", receipt, "1", "1", more, "0"])).at(-1)).toMatch(/^END Merci, c'est envoye\./);
  await inboxWith(instance, instance.demo.reviewers[0]!, 2);
  const [first, second] = [await reportSaying(words), await reportSaying(more)];
  expect(hex(second.thread!)).toBe(hex(first.mailbox!.id));
  expect((await dial("forget", ["2", receipt, "1", "2", "1"])).at(-1)).toMatch(/^END C'est oublie/);
  expect((await dial("then", ["2", receipt])).at(-1)).toBe(noAnswer);
  await inboxWith(instance, instance.demo.reviewers[0]!, 3);
  const lines = (await inboxOf(instance, instance.demo.reviewers[0]!)) as readonly { kind?: string; thread?: string }[];
  expect(lines.filter(({ kind }) => kind === "forget").map(({ thread }) => thread)).toEqual([hex(first.mailbox!.id)]);
});

test("the canary: no number, receipt, answer or word on disk, printed or in arguments", async () => {
  const scan = canary({
    numbers: [number],
    names: ["Oumar Sidibé", receipt, receipt.slice(0, 8), receipt.slice(8)],
    places: ["Koukourou"],
    texts: [words, asked, more],
  });
  const haystack = {
    directories: [instance.home],
    contents: [{ where: "printed", content: instance.printed() }],
    processes: await instance.processes(),
  };
  expect(await scan.scan(haystack)).toEqual([]);
});
