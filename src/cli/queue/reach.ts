import { systemChance } from "../../base/chance.ts";
import { fromHex, utf8 } from "../../base/bytes.ts";
import { systemClock } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { readSecretFile } from "../../config/environment.ts";
import { auditObject, type CoreAction } from "../../envelope/audit.ts";
import { readPlaces, type Places } from "../../config/places.ts";
import { openPostgresQueues } from "../../queue/postgres.ts";
import { jobKinds, type DeadLetters, type JobKind, type Queues } from "../../queue/queue.ts";
import { openRedisQueues } from "../../queue/redis.ts";
import { connectionOf, type Connection } from "../../store/connection.ts";
import { reachEmbedded } from "../../store/embedded/reach.ts";
import { openStore } from "../../store/open.ts";
import { appendAudit } from "../../triage/audit.ts";
import type { Terminal } from "../command.ts";

/** The same three as the server has: what `--help` of each command says. */
export const whereHelp =
  "Run it where the server runs, with its GUNDO_HOME, DATABASE_URL and REDIS_URL. No content is shown: there is none.";

/** What `use` makes of the queues of the server in this environment, which take no jobs here. */
export async function withQueues<T>({ environment }: Terminal, use: (queues: Queues) => Promise<T>): Promise<T> {
  const places = readPlaces(environment, readSecretFile);
  const settings = { chance: systemChance, emit: () => undefined, maxWorkers: 0 };
  const open = async (): Promise<Queues> =>
    places.redis === null
      ? await openPostgresQueues({ ...settings, connection: await databaseIn(places) })
      : await openRedisQueues({ ...settings, connection: places.redis });
  await using queues = await open();
  return await use(queues);
}

async function databaseIn({ home, databaseUrl }: Places): Promise<Connection> {
  return databaseUrl === null ? await reachEmbedded(home) : connectionOf(databaseUrl);
}

/**
 * Writes down that the operator is about to do this to a job (triage.md, Audit). The salt is the job's own random id,
 * which dies with it. First of all: should the act then fail, a row too many says less than one too few.
 *
 * @throws Fault `store.unavailable`: then nothing may be done.
 */
export async function auditLetter(
  { environment }: Terminal,
  action: Extract<CoreAction, `job${string}`>,
  kind: JobKind,
  job: string,
): Promise<void> {
  const connection = await databaseIn(readPlaces(environment, readSecretFile));
  await using store = await openStore({ connection, poolSize: 1, asFound: true });
  const object = auditObject(utf8(kind), fromHex(job)!);
  await store.db.transaction().execute(async (trx) => {
    await appendAudit(trx, { actor: null, action, object, signature: null }, systemClock);
  });
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
  act: (letters: DeadLetters, job: string, kind: JobKind) => Promise<boolean>,
): Promise<JobKind> {
  if (job === undefined || !/^[0-9a-f]{32}$/.test(job)) throw new Fault("cli.usage");
  for (const kind of jobKinds) {
    const letters = queues.deadLetters(kind);
    const isThere = (await letters.list()).some((letter) => letter.job === job);
    if (isThere && (await act(letters, job, kind))) return kind;
  }
  throw new Fault("queue.unknownJob");
}
