import { chmod, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { systemChance } from "../../../src/base/chance.ts";
import { openPostgresQueues } from "../../../src/queue/postgres.ts";
import type { Queues } from "../../../src/queue/queue.ts";
import { openRedisQueues } from "../../../src/queue/redis.ts";
import { reachEmbedded } from "../../../src/store/embedded/reach.ts";
import { openStore, type Store } from "../../../src/store/open.ts";
import type { TestBoard } from "../../support/board.ts";
import { freePort } from "../../support/ports.ts";
import { redisAt, withRedis, type TestRedis } from "../../support/redis.ts";
import { postmasterOf, temporaryHome, until } from "../../support/store.ts";
import { childrenOf, ended, pulled, run, type Child } from "./processes.ts";
import { startProvider, type Provider } from "./provider.ts";
import { boardWith, writeKeys, writePerson, writeSecrets } from "./server-files.ts";

/** A production server with everything that makes it one, but TLS before it; and the people whose keys it never has. */
export interface Production extends AsyncDisposable {
  /** Of the server alone: nothing of the reviewers lies in it. */
  readonly home: string;
  readonly url: string;
  readonly gatewaySecret: string;
  readonly board: TestBoard;
  readonly redis: TestRedis | null;
  readonly provider: Provider;
  /** Where `<id>.age` and `<id>.passphrase` of `r1` and `r2` lie. */
  readonly people: string;
  /** The drill's own ways to what runs: for a job out of turn, and to look. */
  readonly ways: () => Ways;
  printed(): string;
  /** Whether Gundo's process lives. */
  isAlive(): boolean;
  /** Gundo, PostgreSQL's postmaster and its children. */
  processes(): Promise<readonly number[]>;
  /** False when it ends before it is ready. */
  start(): Promise<boolean>;
  /** As an operator does. */
  stop(): Promise<void>;
  /** As when the plug is pulled: no last word of any process. */
  kill(): Promise<void>;
}

interface Ways {
  readonly queues: Queues;
  readonly store: Store;
  readonly postmaster: number;
}

/** `prepare` is given the home before anything is in it. */
export async function startProduction(
  onRedis: boolean,
  prepare: (home: string) => Promise<void> = async () => undefined,
): Promise<Production> {
  const [root, redis, provider, port] = await Promise.all([
    temporaryHome(),
    onRedis ? withRedis() : null,
    startProvider(),
    freePort(),
  ]);
  const oprfKey = systemChance.bytes(32);
  const board = boardWith(oprfKey);
  const [home, people, keys] = [join(root, "home"), join(root, "people"), join(root, "keys")];
  for (const directory of [home, people, keys]) await mkdir(directory);
  await prepare(home);
  await chmod(home, 0o711);
  await mkdir(join(home, "tmp"));
  await writeKeys(keys, board);
  await Promise.all(board.people.slice(0, 2).map((person) => writePerson(people, person)));
  const files = await writeSecrets(home, board, oprfKey, provider);
  const environment = {
    ...files,
    GUNDO_KEYS: keys,
    DRILL_PROVIDER: provider.url,
    ...(redis !== null && { REDIS_URL: redis.path }),
  };
  const running = runningIn(home, redis, () => run(home, port, environment));
  const production = {
    home,
    url: `http://127.0.0.1:${port}`,
    gatewaySecret: await readFile(join(home, "secrets/GATEWAY_SECRET"), "utf8"),
    board,
    redis,
    provider,
    people,
    ...running,
    [Symbol.asyncDispose]: async () => {
      await running.kill();
      await Promise.all([redis?.stop(), provider[Symbol.asyncDispose]()]);
      await rm(root, { recursive: true });
    },
  };
  if (!(await running.start())) throw new Error(`ended before it was ready: ${running.printed()}`);
  return production;
}

type Running = Pick<Production, "ways" | "printed" | "isAlive" | "processes" | "start" | "stop" | "kill">;

function runningIn(home: string, redis: TestRedis | null, begin: () => Child): Running {
  let child: Child | null = null;
  let before = "";
  let ways: Ways | null = null;
  const printed = (): string => before + (child?.printed() ?? "");
  const isAlive = (): boolean => child?.process.exitCode === null && child.process.signalCode === null;
  const letGo = async (): Promise<void> => {
    const held = ways;
    ways = null;
    await Promise.all([held?.queues.close(), held?.store.close()]);
  };
  const end = async (signal: "SIGINT" | "SIGKILL"): Promise<void> => {
    const { postmaster } = ways ?? { postmaster: null };
    await letGo();
    if (child !== null) await ended(child.process, signal);
    if (postmaster !== null && signal === "SIGKILL") await pulled(postmaster);
  };
  return {
    ways: () => ways!,
    printed,
    isAlive,
    processes: async () => {
      const { postmaster } = ways!;
      return [child!.process.pid!, postmaster, ...(await childrenOf(postmaster))];
    },
    start: async () => {
      before = printed();
      const started = (child = begin());
      await until(() => !isAlive() || started.printed().includes("started gate"));
      if (isAlive()) ways = await openWays(home, redis);
      return isAlive();
    },
    stop: () => end("SIGINT"),
    kill: () => end("SIGKILL"),
  };
}

async function openWays(home: string, redis: TestRedis | null): Promise<Ways> {
  const connection = await reachEmbedded(home);
  const settings = { chance: systemChance, emit: () => undefined };
  const queues =
    redis === null
      ? await openPostgresQueues({ ...settings, connection })
      : await openRedisQueues({ ...settings, connection: redisAt(redis.path) });
  return { queues, store: await openStore({ connection }), postmaster: await postmasterOf(home) };
}
