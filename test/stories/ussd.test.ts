import { afterAll, beforeAll, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { receiptPlausible } from "../../src/mailbox/receipt.ts";
import { canary } from "../support/canary.ts";
import { inboxOf, inboxWith, startInstance, type Instance } from "../support/instance.ts";

const number = "+22370009317" as E164;
const words = "Ils stockent 3*4 caisses chez Hamidou Cissé, derrière l'école de Kounari";
const cut = "On m'appelle, je dois raccrocher avant la fin";

let instance: Instance;
let receipt = "";
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.kill("SIGINT"));

async function post(kind: "ussd" | "events", form: Readonly<Record<string, string>>): Promise<string> {
  const body = new URLSearchParams({ phoneNumber: number, serviceCode: "*384*1234#", networkCode: "61001", ...form });
  const response = await fetch(`${instance.url}/gateway/africastalking/demo/${kind}`, { method: "POST", body });
  expect(response.status).toBe(200);
  return response.text();
}

/** Every turn is posted twice, as after a lost answer. */
async function dial(sessionId: string, answers: readonly string[]): Promise<string> {
  let screen = "";
  for (let count = 0; count <= answers.length; count++) {
    const text = answers.slice(0, count).join("*");
    screen = await post("ussd", { sessionId, text });
    expect(await post("ussd", { sessionId, text })).toBe(screen);
  }
  return screen;
}

test("four answers, five requests, each repeated: one report with its literal star, and a receipt", async () => {
  const screen = await dial("short", ["1", "1", words, "0"]);
  receipt = [...screen.matchAll(/\d{8}/g)].map(([digits]) => digits).join("");
  expect(receiptPlausible(receipt)).toBe(true);
  const [reviewer] = instance.demo.reviewers;
  expect(await inboxWith(instance, reviewer!, 1)).toMatchObject([{ channel: "ussd", text: words }]);
});

test("who is excluded finds nothing, everybody else the report; a cut session arrives with its exclusion", async () => {
  await dial("cut", ["1", "2", "7", "0", cut]);
  const durations = { durationInMillis: "61000", hopsCount: "6", status: "Incomplete", lastAppResponse: "CON …" };
  await post("events", { sessionId: "cut", input: ["1", "2", "7", "0", cut].join("*"), ...durations });
  const reads = async (id: string): Promise<readonly string[]> =>
    (
      await inboxOf(
        instance,
        instance.demo.reviewers.find((one) => one.id === id)!,
      )
    ).map(({ text }) => text);
  await inboxWith(instance, instance.demo.reviewers[0]!, 2);
  for (const id of ["awa", "boubacar", "chata"]) expect((await reads(id)).toSorted()).toEqual([words, cut].toSorted());
  for (const id of ["drissa", "fanta"]) expect(await reads(id)).toEqual([words]);
});

test("the canary: no number, receipt, name, place or word on disk, printed or in arguments", async () => {
  const halves = [receipt, receipt.slice(0, 8), receipt.slice(8)];
  const scan = canary({
    numbers: [number],
    names: ["Hamidou Cissé", ...halves],
    places: ["Kounari"],
    texts: [words, cut],
  });
  const haystack = {
    directories: [instance.home],
    contents: [{ where: "printed", content: instance.printed() }],
    processes: await instance.processes(),
  };
  expect(await scan.scan(haystack)).toEqual([]);
});
