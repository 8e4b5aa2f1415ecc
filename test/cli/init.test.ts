import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { readSecretFile } from "../../src/config/environment.ts";
import { readConfig } from "../../src/config/read.ts";
import { parseServer } from "../../src/roster/ceremony/server.ts";
import { anchorsText } from "../../src/roster/text.ts";
import { signedBy, testBoard } from "../support/board.ts";
import { exampleInstance } from "../support/runbook.ts";
import { runGundo } from "../support/terminal.ts";

let home: string;
let keys: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "gundo-home-"));
  keys = mkdtempSync(join(tmpdir(), "gundo-keys-"));
});

interface Step {
  readonly name: string;
  readonly done: boolean;
  readonly code?: string;
}

async function init(...more: readonly string[]): Promise<{ ready: boolean; steps: readonly Step[] }> {
  const ran = await runGundo("init", "--home", home, "--keys", keys, "--json", ...more);
  expect(ran).toMatchObject({ code: 0, err: "" });
  return JSON.parse(ran.out) as { ready: boolean; steps: readonly Step[] };
}

const secretsIn = () =>
  readdirSync(join(home, "secrets")).map((name) => [name, readFileSync(join(home, "secrets", name))]);

describe("init", () => {
  test("makes secrets once, for their owner alone, and says which steps are missing", async () => {
    const { ready, steps } = await init();
    expect(ready).toBe(false);
    expect(steps.map(({ name, done, code }) => [name, done, code])).toEqual([
      ["secrets", true, undefined],
      ["settings", false, undefined],
      ["anchors", false, "anchors.missing"],
      ["roster", false, "anchors.missing"],
      ["instance", false, "instance.missing"],
    ]);
    const made = secretsIn();
    expect(made.map(([name]) => name)).toEqual(["CHECKPOINT_KEY", "GATEWAY_SECRET", "OPRF_KEY", "relay-key"]);
    expect(statSync(join(home, "secrets")).mode & 0o777).toBe(0o700);
    for (const [name] of made) expect(statSync(join(home, "secrets", String(name))).mode & 0o777).toBe(0o600);
    const server = readFileSync(join(home, "server.json"));
    await init();
    expect(secretsIn()).toEqual(made);
    expect(readFileSync(join(home, "server.json"))).toEqual(server);
  });

  test("ends when all is there; a roster that names another server's keys is not enough", async () => {
    await init("--origin", "https://gundo.example");
    const board = testBoard(systemClock);
    const publish = (body: typeof board.body): void =>
      writeFileSync(join(keys, "roster.note"), signedBy(board.board, body));
    writeFileSync(join(keys, "anchors.json"), anchorsText(board.anchors));
    writeFileSync(join(keys, "instance.json"), exampleInstance());
    publish(board.body);
    expect((await init()).steps.filter(({ done }) => !done)).toEqual([
      { name: "roster", done: false, code: "roster.server" },
    ]);
    const { oprf, relay, checkpoint } = parseServer(readFileSync(join(home, "server.json")));
    publish({ ...board.body, oprf: { current: oprf, previous: null }, relay, checkpoint });
    expect((await init()).ready).toBe(true);
  });

  test("its settings are a production configuration that is accepted, and hold no secret", async () => {
    await init("--origin", "https://gundo.example");
    const text = readFileSync(join(home, "gundo.env"), "utf8");
    const settings = Object.fromEntries(
      [...text.matchAll(/^(\w+)='(.*)'$/gm)].map(([, name, value]) => [name!, value!]),
    );
    const reading = readConfig(settings, readSecretFile);
    expect(reading).toMatchObject({ ok: true, config: { mode: "production", home, keysDirectory: keys } });
    for (const [, secret] of secretsIn()) expect(text).not.toContain(secret!.toString().trim());
    expect((await runGundo("init", "--home", home, "--origin", "https://x'; rm -rf")).code).toBe(2);
  });

  test("a secret that is no key is not replaced, but refused", async () => {
    await init();
    writeFileSync(join(home, "secrets", "OPRF_KEY"), "short\n");
    expect(await runGundo("init", "--home", home, "--keys", keys)).toMatchObject({ code: 1 });
    expect(readFileSync(join(home, "secrets", "OPRF_KEY"), "utf8")).toBe("short\n");
  });
});
