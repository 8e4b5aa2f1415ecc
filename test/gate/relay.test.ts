import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Sealed } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf } from "../../src/base/clock.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { messageHashOf } from "../../src/envelope/order.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { askWithWork, challengeIn, solveWork, workHeader } from "../../src/envelope/work.ts";
import { seal } from "../../src/envelope/seal.ts";
import { newOrderId } from "../support/relay.ts";
import { pathSecret, withGate, type TestGate } from "../support/gate.ts";

let gate: TestGate;
beforeAll(async () => {
  gate = await withGate();
});
afterAll(() => gate.store.stop());
const db = () => gate.store.store.db;
beforeEach(async () => void (await db().deleteFrom("outbox").execute()));

const relay = recipientOf(newIdentity(systemChance));
const order = (recipients = [relay], bodyBytes = 100): Sealed =>
  seal(recipients, encodeFrame({ kind: "relayOrder", body: new Uint8Array(bodyBytes) }), systemChance);
const post = async (bytes: Uint8Array, type = "application/age"): Promise<number> => {
  const ask = async (headers: Readonly<Record<string, string>>): Promise<Response> =>
    gate.app.request("/relay/orders", {
      method: "POST",
      body: new Uint8Array(bytes),
      headers: { "content-type": type, ...headers },
    });
  return (await askWithWork(ask)).status;
};
const rows = () => db().selectFrom("outbox").selectAll().execute();
const states = async () => (await rows()).map(({ state }) => state).toSorted();

test("an order is taken from anybody, with nothing kept of it but its day and its bytes", async () => {
  const sealed = order();
  expect(await post(sealed)).toBe(201);
  const [row, ...more] = await rows();
  expect(more).toEqual([]);
  expect({ ...row, id: row!.id.length, sealed: new Uint8Array(row!.sealed!) }).toEqual({
    id: 16,
    day: dayOf(gate.clock.nowMs()),
    state: "waiting",
    sealed: new Uint8Array(sealed),
    once_hash: null,
    message_hash: null,
  });
});

test("what has another shape is refused before anything is kept", async () => {
  expect(await post(order(), "text/plain")).toBe(415);
  expect(await post(order([relay, relay]))).toBe(422);
  expect(await post(order([relay], 9000))).toBe(413);
  expect(await post(order().slice(1))).toBe(422);
  expect(await post(new Uint8Array(0))).toBe(422);
  expect(await post(new Uint8Array(500_000))).toBe(413);
  expect(await rows()).toEqual([]);
});

test("a flood stops at a thousand that wait", async () => {
  const day = dayOf(gate.clock.nowMs());
  const sealed = order();
  for (let row = 0; row < 1000; row += 100) {
    const batch = Array.from({ length: 100 }, () => ({
      id: Buffer.from(newOrderId(), "hex"),
      day,
      state: "waiting" as const,
      sealed,
    }));
    await db().insertInto("outbox").values(batch).execute();
  }
  expect(await post(sealed)).toBe(429);
  expect(await rows()).toHaveLength(1000);
});

test("a provider's delivery report changes the one order it belongs to; pending and junk change nothing", async () => {
  const report = async (fields: Readonly<Record<string, string>>): Promise<number> => {
    const body = new URLSearchParams(fields);
    return (await gate.app.request(`/gateway/africastalking/${pathSecret}/delivery`, { method: "POST", body })).status;
  };
  const day = addDays(dayOf(gate.clock.nowMs()), 0);
  const rowOf = (id: string) => ({
    id: Buffer.from(newOrderId(), "hex"),
    day,
    state: "sent" as const,
    message_hash: messageHashOf(id),
  });
  await db()
    .insertInto("outbox")
    .values([rowOf("ATPid_a"), rowOf("ATPid_b")])
    .execute();
  const more = { phoneNumber: "+22370000001", networkCode: "61001", retryCount: "0" };
  expect(await report({ id: "ATPid_a", status: "Submitted", ...more })).toBe(200);
  expect(await report({ id: "ATPid_x", status: "Success", ...more })).toBe(200);
  expect(await report({ status: "Success" })).toBe(200);
  expect(await states()).toEqual(["sent", "sent"]);
  expect(await report({ id: "ATPid_a", status: "Success", ...more })).toBe(200);
  expect(await report({ id: "ATPid_b", status: "AbsentSubscriber", ...more })).toBe(200);
  expect(await states()).toEqual(["delivered", "failed"]);
});

test("an opt-out is taken and kept nowhere: there is no number here to strike out", async () => {
  const body = new URLSearchParams({ senderId: "36033", phoneNumber: "+22370000001" });
  const answer = await gate.app.request(`/gateway/africastalking/${pathSecret}/optout`, { method: "POST", body });
  expect([answer.status, await answer.text()]).toEqual([200, ""]);
});

test("nobody hands in delivery reports where no edge stands before this process", async () => {
  const init = { method: "POST", body: new Uint8Array(33), headers: { authorization: "Bearer x" } };
  expect((await gate.app.request("/relay/deliveries", init)).status).toBe(403);
});

test("an order costs work, and work for a mailbox is none for an order", async () => {
  const body = new Uint8Array(order());
  const ask = (headers: Readonly<Record<string, string>> = {}): Response | Promise<Response> =>
    gate.app.request("/relay/orders", {
      method: "POST",
      body,
      headers: { "content-type": "application/age", ...headers },
    });
  const asked = challengeIn(await (await ask()).text());
  expect(asked).not.toBeNull();
  const forMailbox = { ...asked!, challenge: asked!.challenge.replace("order", "write") };
  expect((await ask({ [workHeader]: solveWork(forMailbox) })).status).toBe(429);
  const done = { [workHeader]: solveWork(asked!) };
  expect([(await ask(done)).status, (await ask(done)).status]).toEqual([201, 429]);
});
