import { afterAll, beforeAll, expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { sealToNobody } from "../../src/envelope/nobody.ts";
import { concat } from "../../src/base/bytes.ts";
import { askWithWork } from "../../src/envelope/work.ts";
import { edgeSecret, withCore, type TestCore } from "../support/core.ts";

let core: TestCore;
beforeAll(async () => {
  core = await withCore();
});
afterAll(() => core.stop());

const body = (): Uint8Array<ArrayBuffer> => concat(systemChance.bytes(16), sealToNobody(1, systemChance));
const write = (headers: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(`${core.url}/mailbox/write`, { method: "POST", body: body(), headers });

test("whoever writes to a mailbox works for it, an edge with the secret does not, one with another does", async () => {
  const refused = await write({});
  expect([refused.status, await refused.json()]).toMatchObject([429, { code: "work.required", difficultyBits: 17 }]);
  expect((await askWithWork(write)).status).toBe(201);
  expect((await write({ authorization: `Bearer ${edgeSecret.reveal()}` })).status).toBe(201);
  expect((await write({ authorization: "Bearer another-secret-of-thirty-two-characters" })).status).toBe(429);
});
