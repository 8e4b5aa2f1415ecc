import { chmodSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { codeOf } from "../../src/base/fault.ts";
import { Secret } from "../../src/base/secret.ts";
import { parseDigest, readDigest } from "../../src/config/digest.ts";

const email = { kind: "email", to: "awa@example.org", from: "rappel@example.org" };
const good = { hours: [16, 7, 7], desk: [email, { kind: "ntfy", url: "https://ntfy.example/x" }] };
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

function thrownBy(act: () => unknown): string {
  try {
    act();
    return "nothing";
  } catch (error) {
    return codeOf(error);
  }
}

test("the file as the runbook shows it; nothing that names a person prints", () => {
  const plan = parseDigest(bytes(good));
  expect(plan.hours).toEqual([7, 16]);
  expect(plan.officers).toEqual([]);
  expect(inspect(plan, { depth: 9 })).not.toMatch(/awa|ntfy\.example/);
});

test.each([
  ["no JSON", "{"],
  ["no hours", { desk: [email] }],
  ["an empty list of hours", { ...good, hours: [] }],
  ["an hour of no day", { ...good, hours: [24] }],
  ["half an hour", { ...good, hours: [7.5] }],
  ["a key too many", { ...good, recipients: [] }],
  ["two addresses in one", { ...good, desk: [{ ...email, to: "a@example.org,b@example.org" }] }],
  ["a header in an address", { ...good, desk: [{ ...email, to: "a@example.org\r\nBcc: b@example.org" }] }],
  ["a name beside the address", { ...good, desk: [{ ...email, to: "Awa <a@example.org>" }] }],
  ["no sender", { ...good, desk: [{ kind: "email", to: "a@example.org" }] }],
  ["another way", { ...good, desk: [{ kind: "sms", to: "+22370000001" }] }],
  ["plain http", { ...good, desk: [{ kind: "webhook", url: "http://chat.example/x" }] }],
  ["a host that begins like loopback", { ...good, desk: [{ kind: "webhook", url: "http://127.0.0.1.example/x" }] }],
  ["a file", { ...good, desk: [{ kind: "webhook", url: "file:///etc/passwd" }] }],
])("refused: %s", (_, value) => {
  expect(thrownBy(() => parseDigest(bytes(value)))).toBe("digest.malformed");
});

test("only its owner may read the file, it is no link, e-mail needs a way to send it, and production the core's key", () => {
  const home = mkdtempSync(join(tmpdir(), "gundo-test-"));
  const where = { home, mode: "production" } as const;
  const path = join(home, "digest.json");
  const smtp = { smtpUrl: new Secret("smtp://127.0.0.1:25"), checkpointKey: new Secret("k".repeat(43)) };
  expect(readDigest(where, { smtpUrl: null, checkpointKey: null })).toBeNull();
  writeFileSync(path, bytes(good), { mode: 0o600 });
  expect(readDigest(where, smtp)?.desk.length).toBe(2);
  expect(thrownBy(() => readDigest(where, { ...smtp, smtpUrl: null }))).toBe("digest.smtp");
  expect(thrownBy(() => readDigest(where, { ...smtp, checkpointKey: null }))).toBe("digest.key");
  expect(readDigest({ home, mode: "demo" }, { ...smtp, checkpointKey: null })?.desk.length).toBe(2);
  chmodSync(path, 0o640);
  expect(thrownBy(() => readDigest(where, smtp))).toBe("digest.malformed");
  chmodSync(path, 0o600);
  const other = mkdtempSync(join(tmpdir(), "gundo-test-"));
  symlinkSync(path, join(other, "digest.json"));
  expect(thrownBy(() => readDigest({ ...where, home: other }, smtp))).toBe("digest.malformed");
});
