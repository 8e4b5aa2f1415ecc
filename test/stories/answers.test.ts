import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { E164, Sealed } from "../../src/base/brand.ts";
import type { Reply } from "../../src/envelope/reply.ts";
import { deriveMailbox } from "../../src/mailbox/mailbox.ts";
import { openReply } from "../../src/mailbox/open.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { evaluate } from "../../src/mailbox/oprf.ts";
import { parseReceipt, type Receipt } from "../../src/mailbox/receipt.ts";
import { startBrowser, visit } from "../support/browser.ts";
import { canary } from "../support/canary.ts";
import { inboxWith, postSms, startInstance, type InboxLine, type Instance } from "../support/instance.ts";
import { until } from "../support/store.ts";
import { runGundo, type Said } from "../support/terminal.ts";

const number = "+22370006184" as E164;
const hangs = "+22370092001" as E164;
const lacksMoney = "+22370090405" as E164;
const wish = "Des fûts enterrés derrière le campement de Hamidou Cissé";
const reply = "Merci. Où sont les fûts, près de la mare ? Ne répondez que si c'est sûr.";
const doubtful = "Avez-vous revu le camion blanc depuis mardi ?";
const spoken = "Trois hommes guettent au puits de Kounari";
const posted = "Le chef du campement est prévenu ; ne retournez pas aux fûts.";
const kept = "Combien étaient-ils au forage de Tin-Hama ?";

let browser: Browser;
let instance: Instance;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gundo-answers-"));
  [browser, instance] = await Promise.all([startBrowser(), startInstance()]);
});
afterAll(async () => {
  await browser.close();
  await instance.kill("SIGINT");
  await rm(folder, { recursive: true });
});

/** `gundo answer` as a person of the demo's desk types it. */
async function answer(person: number, ...words: readonly string[]): Promise<Said> {
  const { identityFile } = instance.demo.reviewers[person]!;
  const who = ["--url", instance.url, "--identity", identityFile];
  const passphrase = ["--passphrase-file", identityFile.replace(/age$/, "passphrase")];
  return runGundo("answer", ...words, ...who, ...passphrase, "--json");
}

/** The report with this text, once somebody of the desk sees it. */
async function reportOf(text: string, count: number): Promise<InboxLine> {
  const lines = await inboxWith(instance, instance.demo.reviewers[0]!, count);
  return lines.find((line) => line.text === text)!;
}

async function textFile(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `${text}\n`);
  return path;
}

/** Proposed by the first reviewer, approved by the second: what the second one's command said. */
async function answerBySms(report: string, name: string, text: string): Promise<Said> {
  const proposal = join(folder, `${name}.proposal`);
  const proposed = await answer(
    0,
    "--report",
    report,
    "--sms",
    "--text-file",
    await textFile(name, text),
    "--out",
    proposal,
  );
  expect([proposed.err, proposed.code]).toEqual(["", 0]);
  return answer(1, "--approve", proposal);
}

async function messagesOf(phone: E164): Promise<readonly string[]> {
  const response = await fetch(`${instance.url}/simulator/messages?number=${encodeURIComponent(phone)}`);
  return (await response.json()) as readonly string[];
}

const dayKeysSigned = async (): Promise<boolean> => (await fetch(`${instance.url}/keys/relay.note`)).status === 200;

test("R by SMS, proposed by one reviewer, approved by another: the answer is on the phone's screen", async () => {
  await until(dayKeysSigned);
  expect(await postSms(instance, { from: number, id: "wish", text: `R ${wish}` })).toBe(200);
  const report = await reportOf(wish, 1);
  expect(report).toMatchObject({ text: wish, capsule: true });

  const proposal = join(folder, "first.proposal");
  const proposed = await answer(
    0,
    "--report",
    report.id,
    "--sms",
    "--text-file",
    await textFile("first", reply),
    "--out",
    proposal,
  );
  expect([proposed.err, proposed.code]).toEqual(["", 0]);
  expect(JSON.parse(proposed.out)).toMatchObject({ done: "proposed", text: reply, approvals: ["awa"], messages: 2 });
  expect(await messagesOf(number)).toEqual([]);
  // One person's approval, twice, is still one.
  const alone = await answer(0, "--approve", proposal, "--out", join(folder, "alone.proposal"));
  expect(JSON.parse(alone.out)).toMatchObject({ done: "proposed", approvals: ["awa"] });
  const shown = await answer(1, "--show", proposal);
  expect(JSON.parse(shown.out)).toMatchObject({ done: "shown", text: reply, approvals: ["awa"] });

  const sent = await answer(1, "--approve", proposal);
  expect([sent.err, sent.code]).toEqual(["", 0]);
  expect(JSON.parse(sent.out)).toMatchObject({ done: "sent", approvals: ["awa", "boubacar"] });
  await until(async () => (await messagesOf(number)).length > 0);
  // Approved once more, by a third, the same answer does not go out again.
  expect((await answer(2, "--approve", proposal)).code).toBe(0);

  await using visitor = await visit(browser, { widthPx: 1100 });
  const { page } = visitor;
  await page.goto(`${instance.url}/simulator`);
  await page.locator("#last-four").fill(number.slice(-4));
  await page.locator("#screen", { hasText: "SMS recu" }).waitFor();
  await page.locator('[data-key="ok"]').click();
  await page.locator("#line").fill("3");
  await page.locator('[data-key="ok"]').click();
  await page.locator("#screen", { hasText: "Ne répondez que si c'est sûr" }).waitFor();
  await page.locator("section.phone").screenshot({ path: join(import.meta.dirname, "../screens/sms-answer.png") });
  expect(visitor.said).toEqual([]);
  expect(await messagesOf(number)).toEqual([reply]);
});

test("proposed and approved in the case: sent once by whoever completes the number, and the case is answered", async () => {
  const { id } = await reportOf(wish, 1);
  const gundo = (person: number, ...words: readonly string[]) => {
    const { identityFile } = instance.demo.reviewers[person]!;
    const who = ["--url", instance.url, "--identity", identityFile, "--report", id, "--json"];
    return runGundo(...words, ...who, "--passphrase-file", identityFile.replace(/age$/, "passphrase"));
  };
  const before = (await messagesOf(number)).length;
  const proposed = await answer(0, "--report", id, "--sms", "--text-file", await textFile("posted", posted));
  expect(JSON.parse(proposed.out)).toMatchObject({ done: "proposed", text: posted, approvals: ["awa"] });
  expect((await gundo(0, "case", "approve")).err).toContain("(case.order)");
  const sent = await gundo(2, "case", "approve");
  expect([sent.err, sent.code]).toEqual(["", 0]);
  expect(JSON.parse(sent.out)).toMatchObject({ done: "sent", approvals: ["awa", "chata"] });
  await until(async () => (await messagesOf(number)).length > before);
  expect((await messagesOf(number)).at(-1)).toBe(posted);
  const shown = JSON.parse((await gundo(1, "case", "show")).out) as { state: string; events: { kind: string }[] };
  expect([shown.state, shown.events.map(({ kind }) => kind)]).toEqual(["answered", ["propose", "approve"]]);
  // A third is not needed; whoever completed it may hand it to the relay again, and it does not go out again.
  expect((await gundo(1, "case", "approve")).err).toContain("(case.order)");
  expect(JSON.parse((await gundo(2, "case", "approve")).out)).toMatchObject({ done: "sent" });
});

test("what does not fit is refused in a sentence, and an officer or a stranger's file opens nothing", async () => {
  const { id } = await reportOf(wish, 1);
  const text = await textFile("refused", "x");
  const cases: readonly (readonly [readonly string[], number, string])[] = [
    [["--report", "0".repeat(32), "--text-file", text], 1, "report.unknown"],
    [["--report", id, "--text-file", text], 1, "report.withoutMailbox"],
    [["--report", id, "--sms", "--acknowledge"], 2, "cli.usage"],
    [["--report", id], 2, "cli.usage"],
    [["--report", id, "--text", "x", "--text-file", text], 2, "cli.usage"],
    [["--report", id, "--sms", "--text", "a\u0007b", "--out", join(folder, "bell")], 2, "cli.usage"],
    [["--approve", text, "--out", join(folder, "none")], 1, "envelope.unopenable"],
    [["--approve", join(folder, "absent")], 1, "cli.file"],
  ];
  for (const [words, code, fault] of cases) {
    const said = await answer(0, ...words);
    expect([said.code, said.err.includes(`(${fault})`), words]).toEqual([code, true, words]);
  }
  expect(await postSms(instance, { from: number, id: "plain", text: "Sans réponse" })).toBe(200);
  const plain = await reportOf("Sans réponse", 2);
  const unasked = await answer(0, "--report", plain.id, "--sms", "--text", "x", "--out", join(folder, "unasked"));
  expect([unasked.code, unasked.err.includes("report.withoutCapsule")]).toEqual([1, true]);
});

test("kill -9 between the call and the answer: it may have been sent, and is not sent again", async () => {
  expect(await postSms(instance, { from: hangs, id: "hangs", text: "R Le camion blanc" })).toBe(200);
  const report = await reportOf("Le camion blanc", 3);
  expect((await answerBySms(report.id, "doubtful", doubtful)).code).toBe(0);
  // The provider has it and says nothing; the relay waits.
  await until(async () => (await messagesOf(hangs)).length > 0);
  await instance.kill("SIGKILL");
  instance = await instance.restart();
  await until(() => instance.printed().includes("failed relay gateway.unknown"));
  // Whatever waits now goes out after it, so nothing of it can still be on its way.
  await until(dayKeysSigned);
  const later = await answerBySms((await reportOf(wish, 3)).id, "later", "Encore une question");
  expect([later.err, later.code]).toEqual(["", 0]);
  await until(async () => (await messagesOf(number)).length > 0);
  expect(await messagesOf(number)).toEqual(["Encore une question"]);
  expect(await messagesOf(hangs)).toEqual([]);
});

test("an account without money: the answer waits, a person is called without data, the rest goes out", async () => {
  expect(await postSms(instance, { from: lacksMoney, id: "money", text: "R Au forage" })).toBe(200);
  const report = await reportOf("Au forage", 4);
  expect((await answerBySms(report.id, "kept", kept)).code).toBe(0);
  await until(() => instance.printed().includes("failed relay gateway.held"));
  expect(await messagesOf(lacksMoney)).toEqual([]);
});

/** What lies in the mailbox of a receipt, opened as its owner opens it. */
async function repliesTo(receipt: Receipt): Promise<readonly Reply[]> {
  const key = oprfKeyOf(await readFile(join(instance.home, "secrets/oprf-key")));
  const { read, identity } = await deriveMailbox(receipt, evaluate(key, receipt));
  const response = await fetch(`${instance.url}/mailbox/read`, { method: "POST", body: new Uint8Array(read) });
  const files = new Uint8Array(await response.arrayBuffer());
  const size = files.length / 4;
  const opened = [0, 1, 2, 3].map((at) =>
    openReply(files.slice(at * size, (at + 1) * size) as Uint8Array as Sealed, identity),
  );
  return opened.filter((one) => one !== null);
}

test("two numbers shown by USSD: taken and answered without a session, with a warning that the operator reads along", async () => {
  let screen = "";
  for (const text of ["", "1", "1*1", `1*1*${spoken}`, `1*1*${spoken}*0`]) {
    const body = new URLSearchParams({ sessionId: "spoken", serviceCode: "*384#", phoneNumber: number, text });
    screen = await (await fetch(`${instance.url}/gateway/africastalking/demo/ussd`, { method: "POST", body })).text();
  }
  const receipt = parseReceipt([...screen.matchAll(/\d{8}/g)].join(""))!;
  const { id } = await reportOf(spoken, 5);
  const acknowledged = await answer(0, "--report", id, "--acknowledge");
  expect([acknowledged.code, acknowledged.err.includes("operator")]).toEqual([0, true]);
  const answered = await answer(1, "--report", id, "--text-file", await textFile("spoken", reply));
  expect([answered.code, JSON.parse(answered.out)]).toEqual([0, { done: "answered", report: id, again: false }]);
  await until(async () => (await repliesTo(receipt)).length === 2);
  const replies = await repliesTo(receipt);
  expect(new Set(replies.map(({ text }) => text))).toEqual(new Set(["", reply]));
  expect(new Set(replies.map(({ desk }) => desk))).toEqual(new Set(["all"]));
});

test("the canary: no number and no text in the database, its log, the queue, what was printed, files or arguments", async () => {
  const scan = canary({ numbers: [number, hangs, lacksMoney], texts: [wish, reply, doubtful, kept, spoken, posted] });
  const haystack = {
    directories: [instance.home],
    contents: [{ where: "printed", content: instance.printed() }],
    processes: await instance.processes(),
  };
  expect(await scan.scan(haystack)).toEqual([]);
  await instance.kill("SIGINT");
  expect(await scan.scan({ directories: [instance.home] })).toEqual([]);
});
