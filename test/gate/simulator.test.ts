import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { Secret } from "../../src/base/secret.ts";
import { openPhones } from "../../src/gateway/simulator/phones.ts";
import { simulatorRoutes } from "../../src/gate/simulator.ts";
import { withGate, type TestGate } from "../support/gate.ts";

let gate: TestGate;
beforeAll(async () => {
  gate = await withGate();
});
afterAll(() => gate.store.stop());

const assets = { script: 'document.title = "</" + "p>";', style: "p{margin:0}" };
const parts = {
  assets,
  gatewaySecret: new Secret("demo"),
  reader: { identityFile: `/a "b"/<i>'c'.age`, passphraseFile: "/a/c&amp;.passphrase" },
  phones: openPhones(),
};

test("a gate that was given no simulator answers as if the route had never been", async () => {
  const [simulator, nowhere] = await Promise.all(
    ["/simulator", "/nowhere"].map(async (path) => gate.app.request(path)),
  );
  expect(simulator!.status).toBe(404);
  expect(await simulator!.text()).toBe(await nowhere!.text());
});

test("the policy names the very script and style in the page, and paths cannot become markup", async () => {
  const response = await simulatorRoutes(parts).request("/simulator");
  const page = await response.text();
  const policy = response.headers.get("content-security-policy")!;
  for (const [tag, text] of [
    ["script", assets.script],
    ["style", assets.style],
  ] as const) {
    const inPage = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)![1]!;
    expect(inPage).toBe(text);
    expect(policy).toContain(`${tag}-src 'sha256-${createHash("sha256").update(inPage).digest("base64")}'`);
  }
  expect(page).not.toContain("<i>");
  expect(page).toContain('data-identity-file="/a &quot;b&quot;/&lt;i&gt;&#39;c&#39;.age"');
  expect(page).toContain('data-passphrase-file="/a/c&amp;amp;.passphrase"');
});

test.each([
  ["/simulator", "fr"],
  ["/simulator?lang=en", "en"],
  ["/simulator?lang=%22%3E%3Cscript%3E", "fr"],
])("%s is in %s, and says so to who has no script", async (path, language) => {
  const page = await (await simulatorRoutes(parts).request(path)).text();
  expect(page).toContain(`<html lang="${language}">`);
  expect(page).toContain(language === "fr" ? "a besoin de JavaScript" : "needs JavaScript");
});

test("what a demo's phone was sent is shown for its number and no other, and junk is no number", async () => {
  parts.phones.deliver("+22370000001" as E164, "Où ?");
  parts.phones.deliver("+22370000001" as E164, "Merci");
  const routes = simulatorRoutes(parts);
  const messages = async (number: string): Promise<unknown> =>
    (await routes.request(`/simulator/messages?number=${encodeURIComponent(number)}`)).json();
  expect(await messages("+22370000001")).toEqual(["Où ?", "Merci"]);
  expect(await messages("+22370000002")).toEqual([]);
  expect((await routes.request("/simulator/messages?number=x")).status).toBe(400);
  expect((await routes.request("/simulator/messages")).status).toBe(400);
});
