import { afterAll, beforeAll, expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { decodeFrame } from "../../src/envelope/frame.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { decodeReport, type Report } from "../../src/envelope/report.ts";
import { shapeOf } from "../../src/envelope/shape.ts";
import { reportsPerPhonePerDay } from "../../src/intake/sources.ts";
import { plainBytes } from "../../src/store/bytes.ts";
import { countArrivals } from "../../src/store/arrival.ts";
import type { Sealed } from "../../src/base/brand.ts";
import { smsForm, smsPath, withGate, type TestGate } from "../support/gate.ts";

let gate: TestGate;
beforeAll(async () => {
  gate = await withGate();
});
afterAll(() => gate.store.stop());

const stored = (): Promise<number> => countArrivals(gate.store.store.db);

async function sealedOf(text: string, id: string): Promise<readonly Sealed[]> {
  await gate.store.store.db.deleteFrom("arrival").execute();
  const response = await gate.app.request(smsPath, smsForm({ id, text }));
  expect([response.status, await response.text()]).toEqual([200, ""]);
  const rows = await gate.store.store.db.selectFrom("arrival").select("sealed").execute();
  return rows.map(({ sealed }) => plainBytes(sealed) as Sealed);
}

function openedBy(person: number, sealed: Sealed): Report {
  const { identity } = gate.board.people[person]!;
  return decodeReport(decodeFrame(open(sealed, identity, nodeDecapsulator, person)).body);
}

test("an SMS in any script is sealed to every reviewer of the first desk, kept exactly, its number nowhere", async () => {
  const text = "Ɛ b'a dɔn — à côté du marché, ɲɛɛrɛ ŋ\n".padEnd(1600, "œuvre ");
  const [sealed, ...others] = await sealedOf(text, "exact");
  expect(others).toEqual([]);
  for (const person of [0, 1, 2, 3, 4]) {
    const report = openedBy(person, sealed!);
    expect(report).toMatchObject({ channel: "sms", text, exclude: [], joinHint: 1 });
    expect(JSON.stringify(report)).not.toContain("70000001");
  }
  expect(() => openedBy(5, sealed!)).toThrow("envelope.unopenable");
});

async function shape(text: string, id: string): Promise<unknown> {
  const response = await gate.app.request(smsPath, smsForm({ id, text }));
  expect(response.status).toBe(200);
  const rows = await gate.store.store.db.selectFrom("arrival").select("sealed").execute();
  return shapeOf(plainBytes(rows.at(-1)!.sealed));
}

test("short and long messages have one shape", async () => {
  const shapes = await Promise.all([shape("x", "short"), shape("x".repeat(1500), "long")]);
  expect(shapes[0]).toEqual({ stanzas: 5, sizeClass: 8192 });
  expect(shapes[1]).toEqual(shapes[0]);
});

test("a repeat, also many at once, is stored once and answered 200", async () => {
  const before = await stored();
  const posts = Array.from({ length: 12 }, async () =>
    gate.app.request(smsPath, smsForm({ id: "again", text: "une fois" })),
  );
  for (const { status } of await Promise.all(posts)) expect(status).toBe(200);
  expect(await stored()).toBe(before + 1);
});

test("both secrets are good during rotation; any other address is 404 like no route at all", async () => {
  const form = smsForm({ id: "rotating", text: "x" });
  expect((await gate.app.request("/gateway/africastalking/old-secret/sms", form)).status).toBe(200);
  const nowhere = [
    "/gateway/africastalking/wrong/sms",
    "/gateway/nobody/old-secret/sms",
    "/gateway/africastalking/old-secret/x",
    "/x",
  ];
  const answers = await Promise.all(nowhere.map(async (path) => gate.app.request(path, form)));
  const bodies = await Promise.all(answers.map(async (answer) => `${answer.status} ${await answer.text()}`));
  expect(new Set(bodies).size).toBe(1);
  expect(bodies[0]).toContain('404 {"type":"urn:gundo:problem:route.unknown"');
});

test("junk gets 200 and nothing is stored", async () => {
  const before = await stored();
  const bodies: readonly BodyInit[] = [
    "",
    "{}",
    "text=%FF%FE&from=x",
    "from=ORANGE&id=1&text=Gagnez",
    "from=36033&id=1&text=Gagnez",
    "from=%2B22370000001&id=2&text=%20%20",
    new URLSearchParams({ from: "+22370000001", id: "3", text: "a".repeat(70_000) }).toString(),
    systemChance.bytes(5000),
  ];
  for (const body of bodies) {
    const response = await gate.app.request(smsPath, { method: "POST", body });
    expect([response.status, await response.text()]).toEqual([200, ""]);
  }
  expect(await stored()).toBe(before);
});

test("a phone over its limit is dropped with 200 and an event that says nothing of it", async () => {
  gate.clock.advanceMs(86_400_000);
  gate.events.length = 0;
  const from = "+22370000077";
  for (let sent = 0; sent < reportsPerPhonePerDay; sent++)
    await gate.app.request(smsPath, smsForm({ id: `many-${sent}`, text: "x", from }));
  const before = await stored();
  expect((await gate.app.request(smsPath, smsForm({ id: "one-more", text: "x", from }))).status).toBe(200);
  expect(await stored()).toBe(before);
  expect(gate.events).toEqual([{ event: "limit.reached" }]);
});

test("only when the store refuses does a provider get 503, and the repeat is then taken", async () => {
  const { store } = gate.store;
  await store.db.schema.alterTable("arrival").renameTo("away").execute();
  const form = smsForm({ id: "refused", text: "plus tard" });
  const refused = await gate.app.request(smsPath, form);
  expect(refused.status).toBe(503);
  expect(await refused.text()).not.toContain("plus tard");
  await store.db.schema.alterTable("away").renameTo("arrival").execute();
  const before = await stored();
  expect((await gate.app.request(smsPath, smsForm({ id: "refused", text: "plus tard" }))).status).toBe(200);
  expect(await stored()).toBe(before + 1);
});
