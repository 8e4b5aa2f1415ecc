import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { septets } from "../../src/dialogue/gsm7.ts";
import { countArrivals } from "../../src/store/arrival.ts";
import { pathSecret, withGate, type TestGate } from "../support/gate.ts";

let gate: TestGate;
beforeAll(async () => {
  gate = await withGate();
});
afterAll(() => gate.store.stop());

let phones = 0;

/** A turn as Africa's Talking posts it; each session has a phone of its own. */
async function turn(sessionId: string, text: string, phone: number): Promise<Response> {
  const form = {
    sessionId,
    serviceCode: "*384*1234#",
    phoneNumber: `+2237${String(phone).padStart(7, "0")}`,
    networkCode: "99999",
    text,
  };
  return gate.app.request(`/gateway/africastalking/${pathSecret}/ussd`, {
    method: "POST",
    body: new URLSearchParams(form),
  });
}

async function screenOf(response: Response): Promise<string> {
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toMatch(/^text\/plain; ?charset=utf-8$/i);
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).not.toEqual([0xef, 0xbb, 0xbf]);
  const screen = new TextDecoder().decode(bytes);
  expect(screen).toMatch(/^(CON|END) /);
  expect(septets(screen) ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(150);
  return screen;
}

test("the sample of the provider gets the menu, and a deep dial gets it too", async () => {
  const body =
    "sessionId=ATUid_5d3b4c2bc589f4811820a7184eed4df5&serviceCode=*384*1234%23&phoneNumber=%2B22370000001&networkCode=99999&text=";
  const path = `/gateway/africastalking/${pathSecret}/ussd`;
  expect(await screenOf(await gate.app.request(path, { method: "POST", body }))).toMatch(/^CON 1 Signaler/);
});

test("over 10 000 posted turns of anything, cut, repeated, out of order: 200, a screen that fits, one report a session at most", async () => {
  const answer = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom("1", "2", "0", "Ils passent la nuit", "mots*avec*etoiles") },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 60 }) },
  );
  let turns = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(answer, { maxLength: 8 }),
      fc.array(fc.nat({ max: 8 }), { maxLength: 4 }),
      async (answers, again) => {
        const phone = phones++;
        const before = await countArrivals(gate.store.store.db);
        for (const count of [...Array.from({ length: answers.length + 1 }, (_, index) => index), ...again]) {
          await screenOf(await turn(`session-${phone}`, answers.slice(0, count).join("*"), phone));
          turns++;
        }
        expect((await countArrivals(gate.store.store.db)) - before).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 1700 },
  );
  expect(turns).toBeGreaterThan(10_000);
});

test("junk where a turn belongs gets a polite screen, and one that is far too long as well", async () => {
  const path = `/gateway/africastalking/${pathSecret}/ussd`;
  for (const body of [
    "",
    "{}",
    "text=1",
    "sessionId=1&phoneNumber=ORANGE&text=1",
    `sessionId=1&phoneNumber=%2B22370000001&text=${"1*".repeat(20_000)}`,
  ])
    expect(await screenOf(await gate.app.request(path, { method: "POST", body }))).toMatch(/^END /);
});
