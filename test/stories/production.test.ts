import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { base64url } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { systemClock } from "../../src/base/clock.ts";
import { anchorsText } from "../../src/roster/text.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { signedBy, testBoard } from "../support/board.ts";
import { freePort } from "../support/ports.ts";
import { childEnvironment } from "../support/processes.ts";
import { temporaryHome, until } from "../support/store.ts";

const checkout = join(import.meta.dirname, "../..");

/** What a board hands a production instance. */
async function keysIn(home: string, oprfKey: Uint8Array): Promise<string> {
  const made = testBoard(systemClock);
  const board = { ...made, body: { ...made.body, oprf: { current: oprfKeyOf(oprfKey).publicKey, previous: null } } };
  const keys = join(home, "keys");
  await mkdir(keys);
  await writeFile(join(keys, "anchors.json"), anchorsText(board.anchors));
  await writeFile(join(keys, "roster.note"), signedBy(board.board.slice(0, 2), board.body));
  const texts = { helpNumber: "70 00 00 00", cost: { fr: "gratuit", en: "free" }, answerDays: 14 };
  await writeFile(join(keys, "instance.json"), JSON.stringify({ ...texts, firstBulletin: "2027-01-01" }));
  return keys;
}

const newKey = (): string => base64url(systemChance.bytes(32));

test("in production there is no phone on screen: its address is 404 like any that never was", async () => {
  const home = await temporaryHome();
  const port = await freePort();
  const oprfKey = systemChance.bytes(32);
  const env = {
    ...childEnvironment,
    PORT: String(port),
    GUNDO_HOME: home,
    GUNDO_KEYS: await keysIn(home, oprfKey),
    GUNDO_MODE: "production",
    PUBLIC_ORIGIN: "https://gundo.example",
    GATEWAY_SECRET: newKey(),
    OPRF_KEY: base64url(oprfKey),
    CHECKPOINT_KEY: newKey(),
  };
  const child = spawn(join(checkout, "node_modules/.bin/node"), ["src/main.ts"], { cwd: checkout, env });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const exited = once(child, "exit");
  try {
    await until(() => {
      if (child.exitCode !== null) throw new Error(`ended before it was ready: ${said}`);
      return said.includes("started gate");
    });
    const [ready, simulator, nowhere] = await Promise.all(
      ["/readyz", "/simulator", "/nowhere"].map((path) => fetch(`http://127.0.0.1:${port}${path}`)),
    );
    expect([ready!.status, simulator!.status]).toEqual([200, 404]);
    expect(await simulator!.text()).toBe(await nowhere!.text());
    expect(said).not.toContain("simulator");
  } finally {
    child.kill("SIGINT");
    await exited;
  }
});

test("an OPRF_KEY that the roster does not name is refused: its receipts would open nothing", async () => {
  const home = await temporaryHome();
  const env = {
    ...childEnvironment,
    PORT: "0",
    GUNDO_HOME: home,
    GUNDO_KEYS: await keysIn(home, systemChance.bytes(32)),
    GUNDO_MODE: "production",
    PUBLIC_ORIGIN: "https://gundo.example",
    GATEWAY_SECRET: newKey(),
    OPRF_KEY: newKey(),
    CHECKPOINT_KEY: newKey(),
  };
  const child = spawn(join(checkout, "node_modules/.bin/node"), ["src/main.ts"], { cwd: checkout, env });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  await once(child, "close");
  expect([child.exitCode, said]).toEqual([1, expect.stringContaining("(roster.oprf)")]);
});
