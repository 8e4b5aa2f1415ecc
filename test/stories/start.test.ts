import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, expect, inject, test } from "vitest";
import { inboxWith, postSms, startIn, startInstance, type Instance } from "../support/instance.ts";
import { childEnvironment } from "../support/processes.ts";
import { temporaryHome } from "../support/store.ts";
import { withTcpServer } from "../support/tcpserver.ts";

const checkout = join(import.meta.dirname, "../..");
const started: Instance[] = [];
afterAll(async () => {
  for (const instance of started) await instance.kill("SIGINT");
});

/** Starts Gundo where it must refuse, and says how it ended. */
async function refusedStart(
  environment: Readonly<Record<string, string>>,
): Promise<{ code: number | null; said: string }> {
  const env = { ...childEnvironment, PORT: "0", GUNDO_HOME: await temporaryHome(), ...environment };
  const child = spawn(join(checkout, "node_modules/.bin/node"), ["src/main.ts"], { cwd: checkout, env });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  await once(child, "close");
  return { code: child.exitCode, said };
}

const key = Buffer.alloc(32, 7).toString("base64url");
const production = {
  GUNDO_MODE: "production",
  PUBLIC_ORIGIN: "https://gundo.example",
  GATEWAY_SECRET: key,
  OPRF_KEY: key,
  CHECKPOINT_KEY: key,
};

test("production refuses what only a demo may have, names it, and prints the next commands", async () => {
  const { code, said } = await refusedStart({
    GUNDO_MODE: "production",
    GATEWAY_SECRET: "demo",
    PUBLIC_ORIGIN: "http://x.example",
  });
  expect(code).toBe(1);
  expect(said).toContain("GATEWAY_SECRET must not be a demo value in production");
  expect(said).toContain("PUBLIC_ORIGIN must begin with https://");
  expect(said).toContain(
    'Next:\n  export PUBLIC_ORIGIN=https://your.domain.example\n  export GATEWAY_SECRET="$(node -e',
  );
});

test("production refuses a demo's anchors, and a directory without any", async () => {
  const home = await temporaryHome();
  await cp(inject("demoTemplate"), home, { recursive: true });
  const demo = await refusedStart({ ...production, GUNDO_KEYS: join(home, "demo/keys") });
  expect(demo).toMatchObject({ code: 1, said: expect.stringContaining("anchors.demo") as string });
  await mkdir(join(home, "none"));
  const none = await refusedStart({ ...production, GUNDO_KEYS: join(home, "none") });
  expect(none).toMatchObject({ code: 1, said: expect.stringContaining("anchors.missing") as string });
});

test("a home in use, a port in use and a database that is away are refused with a sentence, and nothing is left running", async () => {
  const first = await startInstance();
  started.push(first);
  const home = await refusedStart({ GUNDO_HOME: first.home });
  expect(home).toMatchObject({
    code: 1,
    said: expect.stringContaining("another Gundo uses this GUNDO_HOME") as string,
  });
  const port = await refusedStart({ PORT: new URL(first.url).port });
  expect(port).toMatchObject({
    code: 1,
    said: expect.stringContaining("HOST and PORT cannot be listened on") as string,
  });
  const away = await refusedStart({ DATABASE_URL: "postgres://gundo@127.0.0.1:1/gundo" });
  expect(away).toMatchObject({ code: 1, said: expect.stringContaining("PostgreSQL does not answer") as string });
});

test("a clean stop says nothing bad, and the same home starts again with the same people", async () => {
  const first = await startInstance();
  await first.kill("SIGINT");
  expect(first.printed()).not.toContain("failed");
  const again = await startIn(first.home);
  started.push(again);
  expect(again.demo.reviewers).toEqual(first.demo.reviewers);
});

test("with DATABASE_URL a server of your own is migrated and used, by a user without any privilege, and none is started", async () => {
  const server = await withTcpServer();
  const home = await temporaryHome();
  await cp(inject("demoTemplate"), home, { recursive: true });
  const instance = await startIn(home, { DATABASE_URL: server.databaseUrl.reveal() });
  expect(await postSms(instance, { from: "+22370000001", id: "yours", text: "chez vous" })).toBe(200);
  expect((await inboxWith(instance, instance.demo.reviewers[0]!, 1)).map(({ text }) => text)).toEqual(["chez vous"]);
  expect(await readdir(home)).not.toContain("postgres");
  await instance.kill("SIGINT");
  await server.stop();
});
