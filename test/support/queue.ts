import { createPostgresBackend, Queue } from "bullmq";
import pg from "pg";
import { openPostgresQueues, type PostgresConnection } from "../../src/queue/postgres.ts";
import type { Bench } from "../conformance/queue.ts";
import { lineTo } from "./outage.ts";
import { withStore, type TestStore } from "./store.ts";

export interface PostgresBench extends Bench {
  readonly home: string;
  readonly connection: PostgresConnection;
  /** A pool into the queues' own schema. */
  readonly pool: pg.Pool;
}

/** The embedded server's socket, and its settings with the password written out: a child process takes no function. */
async function settingsOf({ connection }: TestStore): Promise<{ path: string; plain: pg.PoolConfig }> {
  const { host, port, password } = connection;
  const plain = { ...connection, password: typeof password === "function" ? await password() : password };
  return { path: `${host}/.s.PGSQL.${port}`, plain };
}

/** Queues on an embedded PostgreSQL of their own. */
export async function withPostgresQueues(): Promise<PostgresBench> {
  const server = await withStore();
  const { path, plain } = await settingsOf(server);
  const line = await lineTo(path);
  const pool = new pg.Pool({ ...plain, options: "-c search_path=bullmq" });
  // One that is just being let go hears that the server stops, and an error nobody hears fails the run.
  pool.on("error", () => undefined);
  return {
    home: server.home,
    connection: server.connection,
    pool,
    open: (settings) => openPostgresQueues({ ...settings, connection: server.connection }),
    openOverLine: (settings) =>
      openPostgresQueues({ ...settings, connection: { ...plain, host: "127.0.0.1", port: line.port } }),
    cut: () => line.cut(),
    mend: () => line.mend(),
    addForeign: async (kind, data) => {
      const queue = new Queue(kind, { connection: pool as never }, createPostgresBackend);
      // It hears of its pool after it is closed too; unheard, BullMQ prints the whole client.
      queue.on("error", () => undefined);
      await queue.add(kind, data);
      await queue.close();
    },
    start: async (lock_ms) => ({ connection: plain as PostgresConnection, lock_ms }),
    clear: async () =>
      void (await pool.query("truncate job, job_log, job_dependency, dedup, dedup_next, scheduler, event")),
    stop: async () => {
      await line.close();
      await pool.end();
      await server.stop();
    },
  };
}
