import { readFile } from "node:fs/promises";
import { request } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inboxOf, inboxWith, postSms, startInstance, type Instance } from "../support/instance.ts";

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance.kill("SIGINT"));

const path = (): string => `/gateway/africastalking/${instance.demo.gatewaySecret}/sms`;

async function post(body: BodyInit, to = path()): Promise<number> {
  const response = await fetch(instance.url + to, { method: "POST", body });
  await response.arrayBuffer();
  return response.status;
}

/** Resident memory of the server in MiB. */
async function residentMiB(): Promise<number> {
  const status = await readFile(`/proc/${instance.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)![1]) / 1024;
}

/** Sends a body without announcing its length, until the server answers or hangs up. */
function pour(mebibytes: number): Promise<number | "hung up"> {
  return new Promise((resolve) => {
    const piece = Buffer.alloc(2 ** 20, "a");
    const sending = request(instance.url + path(), { method: "POST" }, (answer) => {
      answer.resume();
      resolve(answer.statusCode!);
      sending.destroy();
    });
    sending.on("error", () => resolve("hung up"));
    const next = (left: number): void => {
      if (left === 0) sending.end();
      else sending.write(piece, () => next(left - 1));
    };
    next(mebibytes);
  });
}

test("junk, strangers and bodies of hundreds of megabytes: the right answer, nothing stored, memory flat", async () => {
  await postSms(instance, { from: "+22370000001", id: "real", text: "le seul vrai" });
  const bodies = fc.sample(fc.oneof(fc.string({ unit: "binary" }), fc.webQueryParameters()), 400);
  for (const body of bodies.slice(0, 100)) await post(body);
  const before = await residentMiB();
  for (const body of bodies) expect(await post(body)).toBe(200);
  expect(await post("text=x&id=1&from=ORANGE")).toBe(200);
  expect(await post("text=x&id=1&from=%2B22370000002", "/gateway/africastalking/wrong/sms")).toBe(404);
  expect(await post("text=x&id=1&from=%2B22370000002", "/gateway/africastalking//sms")).toBe(404);
  expect(await post(`text=${"a".repeat(8 * 2 ** 20)}&id=2&from=%2B22370000002`)).toBe(200);
  for (const mebibytes of [4, 32, 128]) expect([200, "hung up"]).toContain(await pour(mebibytes));
  // What a leak of one body would show; garbage of the last requests stays below it.
  expect((await residentMiB()) - before).toBeLessThan(100);
  const reviewer = instance.demo.reviewers[0]!;
  expect((await inboxWith(instance, reviewer, 1)).map(({ text }) => text)).toEqual(["le seul vrai"]);
  expect(instance.printed()).not.toContain("failed");
  expect(await inboxOf(instance, reviewer)).toHaveLength(1);
});
