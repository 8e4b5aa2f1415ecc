import { createPostgresBackend, runMigrations, type PgPool } from "bullmq";
import pg from "pg";
import { Fault } from "../base/fault.ts";
import { deadLetterDays, type Backend, type QueueSettings } from "./backend.ts";
import { BullQueues, maxWorkersOf } from "./bullmq.ts";
import { Health } from "./health.ts";
import type { Queues } from "./queue.ts";

const schema = "bullmq";
/** Besides one a worker for LISTEN: with fewer, workers wait for each other in silence. */
const sharedConnections = 10;
const connect_ms = 10_000;

/** How to reach the database: a URL, or settings as `pg` takes them. */
export type PostgresConnection =
  | string
  | Readonly<Pick<pg.PoolConfig, "host" | "port" | "user" | "password" | "database" | "ssl" | "connectionString">>;

export interface PostgresQueueSettings extends QueueSettings {
  readonly connection: PostgresConnection;
}

/**
 * Queues in PostgreSQL, schema `bullmq`, which is made or brought up to date first.
 *
 * @throws Fault `queue.unavailable` when the database cannot be reached or refuses; `config.refused` when it does not
 * let the search path be set, as some poolers do.
 */
export async function openPostgresQueues(settings: PostgresQueueSettings): Promise<Queues> {
  const health = new Health(settings.emit);
  const pool = poolOf(settings, health);
  try {
    await migrate(pool);
  } catch (thrown) {
    await pool.end();
    // BullMQ's and pg's own errors name hosts and quote statements.
    throw thrown instanceof Fault ? thrown : new Fault("queue.unavailable");
  }
  return await BullQueues.open(backendOn(pool, health), settings);
}

function poolOf(settings: PostgresQueueSettings, health: Health): pg.Pool {
  const { connection } = settings;
  const pool = new pg.Pool({
    ...(typeof connection === "string" ? { connectionString: connection } : connection),
    options: `-c search_path=${schema}`,
    max: maxWorkersOf(settings) + sharedConnections,
    connectionTimeoutMillis: connect_ms,
    keepAlive: true,
  });
  // Each queue and worker adds a listener of its own; Node would warn of a leak on standard error.
  pool.setMaxListeners(0);
  pool.on("error", () => health.failed());
  // A client that breaks between two owners has no other listener, and an error nobody hears ends the process.
  pool.on("connect", (client) => client.on("error", () => health.failed()));
  return pool;
}

async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, schema);
    const { rows } = await client.query<{ current: string | null }>("select current_schema() as current");
    if (rows[0]?.current !== schema) throw new Fault("config.refused");
  } finally {
    client.release();
  }
}

function backendOn(pool: pg.Pool, health: Health): Backend {
  // The same by pg's own declarations, but for an overload that TypeScript cannot match.
  const connection = pool as unknown as PgPool;
  return {
    health,
    factory: (name, options, extra) => createPostgresBackend(name, { ...options, connection }, extra),
    ping: async () => {
      await pool.query("select from job limit 1");
    },
    sweepEvents: () => sweepEvents(pool),
    // Nothing waits for the database here: a query without one fails.
    letGo: () => undefined,
    close: () => pool.end(),
  };
}

/**
 * Events go by `truncate`, which frees the file itself: `delete` would leave ids and milliseconds in dead rows. Then
 * what is left of jobs: dead letters keep no time finer than a day, and vacuum clears the rows of jobs that are done.
 */
async function sweepEvents(pool: pg.Pool): Promise<number> {
  const client = await pool.connect();
  let deleted: number;
  try {
    deleted = await truncateEvents(client);
    await client.query(datedToTheDay);
    await client.query(deleteOldLetters, [deadLetterDays]);
    await client.query("vacuum (index_cleanup on, truncate on) job, job_log, dedup, dedup_next, scheduler");
  } catch (thrown) {
    // Its transaction may still be open.
    client.release(true);
    throw thrown;
  }
  client.release();
  return deleted;
}

async function truncateEvents(client: pg.PoolClient): Promise<number> {
  await client.query("begin");
  // Writers of events are stopped meanwhile, so a lock that does not come soon is left to the next sweep.
  await client.query("set local lock_timeout = '5s'");
  await client.query("lock table event in access exclusive mode");
  const { rows } = await client.query<{ events: string }>("select count(*) as events from event");
  await client.query("truncate event");
  await client.query("commit");
  return Number(rows[0]!.events);
}

const day_ms = 86_400_000;
const floored = (column: string): string => `${column} = ${column} - ${column} % ${day_ms}`;
const datedToTheDay = `
  update job set ${["added_at_ms", "process_at_ms", "processed_at_ms", "finished_at_ms"].map(floored).join(", ")}
  where state = 'failed' and (added_at_ms % ${day_ms}, finished_at_ms % ${day_ms}) is distinct from (0, 0)`;
const deleteOldLetters = `
  delete from job
  where state = 'failed' and finished_at_ms < (extract(epoch from now()) - $1::integer * 86400) * 1000`;
