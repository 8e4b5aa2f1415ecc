import { inspect } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import addresses from "africastalking/lib/common.js";
import type { E164 } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { Secret } from "../../src/base/secret.ts";
import { outcomeOfBody, outcomeOfFailure } from "../../src/gateway/africastalking/answer.ts";
import { openAfricasTalking } from "../../src/gateway/africastalking/out.ts";
import type { Outbound } from "../../src/gateway/outbound.ts";
import { conducts, numberFor } from "../../src/gateway/simulator/conduct.ts";
import { openEmulator } from "../../src/gateway/simulator/emulator.ts";
import { openSimulatorOut } from "../../src/gateway/simulator/out.ts";
import { openPhones } from "../../src/gateway/simulator/phones.ts";
import { startEmulator } from "../../workers/emulator.ts";
import { listen, type Web } from "../../workers/web.ts";
import { outboundConformance } from "../conformance/outbound.ts";
import { freePort } from "../support/ports.ts";

// The SDK's address is the process's, so one emulator serves the whole file.
const phones = openPhones();
const emulated = await startEmulator(phones, systemChance, 400);

outboundConformance("africastalking, by its SDK over HTTP", async () => ({
  outbound: emulated.outbound,
  phones,
  stop: async () => undefined,
}));
outboundConformance("the simulator", async () => {
  const own = openPhones();
  return { outbound: openSimulatorOut(own, systemChance), phones: own, stop: async () => undefined };
});

const apiKey = "atsk_planted-key-of-the-account";
const text = "Rendez-vous au puits de Tassiga-Labbezanga";
const number = "+22370004217" as E164;

/** Everything a process could ever print or keep of a value, causes and hidden fields too. */
const allOf = (value: unknown): string => `${inspect(value, { depth: 20, showHidden: true })} ${JSON.stringify(value)}`;

/** An account whose provider is at this address: as `openAfricasTalking` sets it, once more. */
function accountAt(url: string): Outbound {
  const outbound = openAfricasTalking({ username: "gundo", apiKey: new Secret(apiKey) }, { answerWithinMs: 400 });
  addresses.SMS_URL = url;
  return outbound;
}

describe("the SDK's errors", () => {
  let web: Web | null = null;
  const address = addresses.SMS_URL;
  afterEach(async () => {
    addresses.SMS_URL = address;
    await web?.[Symbol.asyncDispose]();
    web = null;
  });

  test.each([401, 403, 409, 429, 500])(
    "hold key, number and text at status %d; nothing of them gets out",
    async (status) => {
      web = await listen(() => new Response("no", { status }), "127.0.0.1", 0);
      const outbound = accountAt(`http://127.0.0.1:${web.port}/version1/messaging`);
      const written: unknown[] = [];
      const spies = (["log", "error", "warn", "info", "debug"] as const).map((method) =>
        vi.spyOn(console, method).mockImplementation((...words) => void written.push(words)),
      );
      const outs = [process.stdout, process.stderr].map((stream) =>
        vi.spyOn(stream, "write").mockImplementation((chunk) => written.push(chunk) > 0),
      );
      const outcome = await outbound.send({ to: number, text });
      for (const spy of [...spies, ...outs]) spy.mockRestore();
      const out = `${allOf(outcome)} ${allOf(written)}`;
      for (const planted of [apiKey, number, number.slice(4), text]) expect(out).not.toContain(planted);
    },
  );

  test("a provider that refuses connections was asked nothing: try again", async () => {
    const outbound = accountAt(`http://127.0.0.1:${await freePort()}/version1/messaging`);
    expect(await outbound.send({ to: number, text })).toEqual({ kind: "notSent" });
  });

  test("a number the SDK itself refuses was asked of nobody", async () => {
    web = await listen(() => new Response("asked", { status: 500 }), "127.0.0.1", 0);
    const outbound = accountAt(`http://127.0.0.1:${web.port}/version1/messaging`);
    expect(await outbound.send({ to: "+1" as E164, text })).toEqual({ kind: "refused" });
  });

  test("a second account at another address is refused: the SDK would send both to one", () => {
    const account = { username: "other", apiKey: new Secret("x") };
    expect(() => openAfricasTalking(account, { endpoint: "http://127.0.0.1:1/x" })).toThrow("bug");
  });

  test("a hung request is cut, so that the process can end", async () => {
    const before = process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap").length;
    expect(await emulated.outbound.send({ to: numberFor("2001"), text })).toEqual({ kind: "unknown" });
    await expect
      .poll(() => process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap").length)
      .toBeLessThanOrEqual(before);
  });
});

const failure = (code: string) => Object.assign(new Error("x"), { code, isAxiosError: true, name: "AxiosError" });

const body = (...recipients: readonly object[]): object => ({
  SMSMessageData: { Message: "x", Recipients: recipients },
});

describe("what an answer means", () => {
  test("nobody in a 201, two where one was asked for, and other shapes are no success", () => {
    expect(outcomeOfBody(body())).toEqual({ kind: "held" });
    expect(outcomeOfBody(body({ statusCode: 101 }, { statusCode: 101 }))).toEqual({ kind: "unknown" });
    for (const junk of [
      null,
      undefined,
      "",
      "<xml/>",
      {},
      { SMSMessageData: {} },
      body({}),
      body({ statusCode: "101" }),
    ])
      expect(outcomeOfBody(junk)).toEqual({ kind: "unknown" });
    expect(outcomeOfBody(body({ statusCode: 100 }))).toEqual({ kind: "accepted", providerId: null });
    expect(outcomeOfBody(body({ statusCode: 103, messageId: "x" }))).toEqual({ kind: "unknown" });
  });

  test("a failure without a status is only surely unsent when it came before the request", () => {
    for (const code of ["ECONNREFUSED", "ENOTFOUND", "CERT_HAS_EXPIRED"])
      expect(outcomeOfFailure(failure(code))).toEqual({ kind: "notSent" });
    for (const code of ["ECONNRESET", "ETIMEDOUT", "ECONNABORTED", "EPIPE", "x"])
      expect(outcomeOfFailure(failure(code))).toEqual({ kind: "unknown" });
    for (const junk of [null, undefined, "x", {}, { code: 1 }, { response: null }])
      expect(outcomeOfFailure(junk)).toEqual({ kind: "unknown" });
  });
});

describe("the emulator", () => {
  const emulator = openEmulator({ phones: openPhones(), apiKey: "k", chance: systemChance });
  const post = (fields: Readonly<Record<string, string>>, key = "k", path = "/version1/messaging"): Promise<Response> =>
    emulator(
      new Request(`http://x${path}`, { method: "POST", body: new URLSearchParams(fields), headers: { apikey: key } }),
    );

  test("answers as the provider does: fields, key, path and one recipient", async () => {
    const good = { username: "gundo", to: "+22370000001", message: "x" };
    expect((await post(good)).status).toBe(201);
    expect((await post(good, "wrong")).status).toBe(401);
    expect((await post(good, "k", "/version1/other")).status).toBe(404);
    expect((await emulator(new Request("http://x/version1/messaging"))).status).toBe(404);
    for (const bent of [{ to: "" }, { to: "ORANGE" }, { to: "+22370000001,+22370000002" }, { message: "" }])
      expect((await post({ ...good, ...bent })).status).toBe(400);
    expect(Object.keys(conducts).length).toBeGreaterThan(20);
  });

  test("remembers a thousand phones and twenty messages each, no more", () => {
    const many = openPhones();
    for (let phone = 0; phone < 1001; phone++) many.deliver(`+2237${phone}` as E164, "x");
    expect(many.messagesOf("+22370" as E164)).toEqual([]);
    for (let message = 0; message < 21; message++) many.deliver("+22371000" as E164, String(message));
    expect(many.messagesOf("+22371000" as E164)).toHaveLength(20);
  });
});
