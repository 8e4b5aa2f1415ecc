import { afterAll, beforeAll, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { canary } from "../support/canary.ts";
import {
  inboxOf,
  inboxWith,
  postSms,
  runInbox,
  startInstance,
  type InboxLine,
  type Instance,
} from "../support/instance.ts";

const number = "+22370004217" as E164;
const name = "Moussa Diallo-Traoré";
const place = "Tassiga-Labbézanga";
const french = `À côté du marché de ${place}, ${name} a caché des armes : « là où l'été s'achève ».`;
const bambara = "Ɛ ka kan ka lajɛ: ɲɔgɔn kɔrɔ, so fila ŋɔni — ߒߞߏ 🔒";
const long = `${"Le camion blanc passe chaque mardi avant l'aube près du puits. ".repeat(26)}fin`.slice(-1600);

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.kill("SIGINT"));

const texts = (lines: readonly InboxLine[]): readonly string[] => lines.map(({ text }) => text).toSorted();

test("French accents, Bambara letters, 1 600 characters and a repeat: each once, intact, to the desk and nobody else", async () => {
  const sent = [french, bambara, long];
  for (const [index, text] of sent.entries()) {
    expect(await postSms(instance, { from: number, id: `sms-${index}`, text })).toBe(200);
    expect(await postSms(instance, { from: number, id: `sms-${index}`, text })).toBe(200);
  }
  const [first, ...others] = instance.demo.reviewers;
  const lines = await inboxWith(instance, first!, sent.length);
  expect(texts(lines)).toEqual(sent.toSorted());
  expect(new Set(lines.map(({ sourceTag }) => sourceTag)).size).toBe(1);
  for (const reviewer of others) expect(texts(await inboxOf(instance, reviewer))).toEqual(sent.toSorted());
  for (const outsider of [...instance.demo.officers, ...instance.demo.board]) {
    const ran = await runInbox(instance, outsider);
    expect([ran.code, ran.out]).toEqual([1, ""]);
  }
});

test("the canary: no number, name, place or text in the database, its log, what was printed, temporary files or arguments", async () => {
  const scan = canary({ numbers: [number], names: [name], places: [place], texts: [french, bambara, long] });
  const haystack = {
    directories: [instance.home],
    contents: [{ where: "printed", content: instance.printed() }],
    processes: await instance.processes(),
  };
  expect(await scan.scan(haystack)).toEqual([]);
  await instance.kill("SIGINT");
  expect(await scan.scan({ directories: [instance.home] })).toEqual([]);
});

test("the canary sees: what is planted in the same places is found", async () => {
  const scan = canary({ numbers: [number], texts: [french] });
  const planted = [{ where: "planted", content: `x${number.slice(4)}y${Buffer.from(french).toString("base64")}` }];
  const found = new Set((await scan.scan({ contents: planted })).map(({ needle }) => needle));
  expect([...found].toSorted()).toEqual([number, french].toSorted());
});
