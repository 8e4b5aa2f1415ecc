import { systemChance } from "../../base/chance.ts";
import { Fault } from "../../base/fault.ts";
import { readSecretFile } from "../../config/environment.ts";
import { readPlaces } from "../../config/places.ts";
import { openPostgresQueues } from "../../queue/postgres.ts";
import { jobKinds, type DeadLetters, type JobKind, type Queues } from "../../queue/queue.ts";
import { openRedisQueues } from "../../queue/redis.ts";
import { connectionOf } from "../../store/connection.ts";
import { reachEmbedded } from "../../store/embedded/reach.ts";
import type { Terminal } from "../command.ts";

/** The same three as the server has: what `--help` of each command says. */
export const whereHelp =
  "Run it where the server runs, with its GUNDO_HOME, DATABASE_URL and REDIS_URL. No content is shown: there is none.";

/** What `use` makes of the queues of the server in this environment, which take no jobs here. */
export async function withQueues<T>({ environment }: Terminal, use: (queues: Queues) => Promise<T>): Promise<T> {
  const { home, databaseUrl, redis } = readPlaces(environment, readSecretFile);
  const settings = { chance: systemChance, emit: () => undefined, maxWorkers: 0 };
  const open = async (): Promise<Queues> => {
    if (redis !== null) return await openRedisQueues({ ...settings, connection: redis });
    const connection = databaseUrl === null ? await reachEmbedded(home) : connectionOf(databaseUrl);
    return await openPostgresQueues({ ...settings, connection });
  };
  await using queues = await open();
  return await use(queues);
}

/** @throws Fault `cli.usage` when `text` names no kind of job. */
export function parseKind(text: string): JobKind {
  const kind = jobKinds.find((one) => one === text);
  if (kind === undefined) throw new Fault("cli.usage");
  return kind;
}

/**
 * Does something to the one dead letter of that id, whatever its kind.
 *
 * @throws Fault `cli.usage` when `job` is no id of a job; `queue.unknownJob` when there is no such dead letter.
 */
export async function onLetter(
  queues: Queues,
  job: string | undefined,
  act: (letters: DeadLetters, job: string) => Promise<boolean>,
): Promise<JobKind> {
  if (job === undefined || !/^[0-9a-f]{32}$/.test(job)) throw new Fault("cli.usage");
  for (const kind of jobKinds) if (await act(queues.deadLetters(kind), job)) return kind;
  throw new Fault("queue.unknownJob");
}
