import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { base64url } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { withPostServer, type PostServer } from "../support/catchers.ts";
import type { Demo } from "../support/instance.ts";
import { freePort } from "../support/ports.ts";
import { childEnvironment } from "../support/processes.ts";
import { withRedis, type TestRedis } from "../support/redis.ts";
import { temporaryHome, until } from "../support/store.ts";
import { withTcpServer, type TcpServer } from "../support/tcpserver.ts";

const checkout = join(import.meta.dirname, "../..");
const node = join(checkout, "node_modules/.bin/node");

/** A process of Gundo that a drill may kill and start again, at the same address. */
export interface Part {
  readonly url: string;
  readonly home: string;
  readonly pid: () => number;
  readonly printed: () => string;
  /** How often it ended by itself after it was ready: nothing that is killed beside it may make it. */
  readonly fell: () => number;
  kill(): Promise<void>;
  /** Resolves once it says that it is ready. */
  start(): Promise<void>;
}

export type PartName = "edge1" | "edge2" | "core1" | "core2" | "worker1" | "worker2";

/** Two edges, two cores and two workers on one PostgreSQL, with the queues in one Redis or in that same PostgreSQL. */
export interface Cluster {
  readonly parts: Readonly<Record<PartName, Part>>;
  readonly postgres: TcpServer;
  readonly redis: TestRedis | null;
  readonly catcher: PostServer;
  readonly edgeSecret: string;
  readonly demo: () => Promise<Demo>;
  stop(): Promise<void>;
}

const readyWords: Readonly<Record<string, string>> = {
  edge: "ready gateway",
  core: "ready console",
  worker: "started queue",
};

/** `template`: a home with the demo's people, out of `makeDemoHome`. */
export async function startCluster(template: string, onRedis: boolean): Promise<Cluster> {
  const [postgres, redis, catcher] = await Promise.all([
    withTcpServer(),
    onRedis ? withRedis() : null,
    withPostServer(),
  ]);
  const edgeSecret = base64url(systemChance.bytes(32));
  const shared = { EDGE_SECRET: edgeSecret, SEEN_KEY: base64url(systemChance.bytes(32)), GATEWAY_SECRET: "demo" };
  const stored = { DATABASE_URL: postgres.databaseUrl.reveal(), ...(redis !== null && { REDIS_URL: redis.path }) };
  const oprf = { OPRF_KEY: base64url(new Uint8Array(await readFile(join(template, "secrets/oprf-key")))) };
  const make = async (role: string, environment: Readonly<Record<string, string>>): Promise<Part> => {
    const home = await homeFrom(template, role === "worker" ? digestOf(catcher) : null);
    return partOf(role, home, await freePort(), { ...shared, ...environment });
  };
  const core1 = await make("core", stored);
  const core2 = await make("core", stored);
  const parts = {
    core1,
    core2,
    edge1: await make("edge", { ...oprf, CORE_URL: core1.url }),
    edge2: await make("edge", { ...oprf, CORE_URL: core2.url }),
    worker1: await make("worker", stored),
    worker2: await make("worker", stored),
  };
  // One after the other, as an operator would: what migrates first, migrates alone.
  for (const name of ["core1", "core2", "worker1", "worker2", "edge1", "edge2"] as const) await parts[name].start();
  return {
    parts,
    postgres,
    redis,
    catcher,
    edgeSecret,
    demo: async () => JSON.parse(await readFile(join(core1.home, "demo/demo.json"), "utf8")) as Demo,
    stop: async () => {
      await Promise.all(Object.values(parts).map((part) => part.kill()));
      await Promise.all([postgres.stop(), redis?.stop(), catcher[Symbol.asyncDispose]()]);
      await Promise.all(Object.values(parts).map(({ home }) => rm(home, { recursive: true })));
    },
  };
}

/** At every hour, so that a drill of any length owes at least one. */
function digestOf({ url }: PostServer): string {
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const desk = [
    { kind: "webhook", url: `${url}/hook` },
    { kind: "ntfy", url: `${url}/topic` },
  ];
  return JSON.stringify({ hours, desk });
}

async function homeFrom(template: string, digest: string | null): Promise<string> {
  const home = await temporaryHome();
  await cp(template, home, { recursive: true });
  await mkdir(join(home, "tmp"));
  // Nothing is answered by SMS here: only one process of a cluster may.
  const texts = { helpNumber: "70 00 00 00", cost: { fr: "gratuit", en: "free" }, answerDays: 14 };
  await writeFile(join(home, "demo/keys/instance.json"), JSON.stringify({ ...texts, firstBulletin: "2027-01-01" }));
  if (digest !== null) await writeFile(join(home, "digest.json"), digest, { mode: 0o600 });
  return home;
}

function partOf(role: string, home: string, port: number, environment: Readonly<Record<string, string>>): Part {
  let child: ChildProcess | null = null;
  let printed = "";
  let fell = 0;
  const env = {
    ...childEnvironment,
    TMPDIR: join(home, "tmp"),
    PORT: String(port),
    GUNDO_HOME: home,
    GUNDO_ROLE: role,
    ...environment,
  };
  return {
    url: `http://127.0.0.1:${port}`,
    home,
    pid: () => child!.pid!,
    printed: () => printed,
    fell: () => fell,
    kill: async () => {
      if (child === null || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, "exit");
      child.kill("SIGKILL");
      await exited;
    },
    // What it needs may be away just now: then it ends, and is started again, as any supervisor would.
    start: async () => {
      for (let isReady = false; !isReady;) {
        const before = printed.length;
        const started = spawn(node, ["src/main.ts"], { cwd: checkout, env, stdio: ["ignore", "pipe", "pipe"] });
        child = started;
        for (const stream of [started.stdout, started.stderr])
          stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
        const saidReady = (): boolean => printed.slice(before).includes(readyWords[role]!);
        await until(() => saidReady() || started.exitCode !== null);
        isReady = saidReady();
        if (isReady) started.once("exit", (_, signal) => (fell += signal === "SIGKILL" ? 0 : 1));
      }
    },
  };
}
