import { CompiledQuery, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from "kysely";
import pg from "pg";
import type { Fault } from "../base/fault.ts";
import type { Connection } from "./connection.ts";
import { migrate, schema } from "./migrate.ts";
import { scrubbed, scrubbedConnect } from "./scrub.ts";
import type { Tables } from "./tables.ts";

export interface Store extends AsyncDisposable {
  /** What every function of this room takes. Whatever it rejects with is a Fault without data (scrub.ts). */
  readonly db: Kysely<Tables>;
  readonly connection: Connection;
  /** Waits for queries under way, then closes the pool. Safe to call twice. */
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly connection: Connection;
  /** Connections at most; 10 unless told. */
  readonly poolSize?: number;
  /** For a command beside a running server: the tables are that server's to make, and are taken as they are. */
  readonly asFound?: true;
}

const connectWithinMs = 5_000;

/**
 * Opens the store on the embedded server (`startEmbedded`) or the operator's own (`connectionOf`) and migrates it.
 *
 * @throws Fault `store.unavailable` when the server is away or refuses, or cannot write a migration that is due; `bug` when a migration fails.
 */
export async function openStore({ connection, poolSize = 10, asFound }: StoreOptions): Promise<Store> {
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({
      pool: scrubbedPool(
        new pg.Pool({ ...connection, max: poolSize, connectionTimeoutMillis: connectWithinMs, keepAlive: true }),
      ),
      onCreateConnection: async (created) => {
        await created.executeQuery(CompiledQuery.raw(sessionSettings));
      },
    }),
  });
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => (closed ??= db.destroy());
  try {
    if (asFound === undefined) await migrate(db);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, connection, close, [Symbol.asyncDispose]: close };
}

// On somebody else's server these may have been set otherwise: an answer means durable, and no lock outlives its use.
const sessionSettings = `set search_path = ${schema}; set synchronous_commit = on;
  set idle_in_transaction_session_timeout = '60s'`;

/** The one gate between `pg` and everyone: no error of its own passes. */
function scrubbedPool(pool: pg.Pool): PostgresPool {
  // Emitted when an idle connection breaks; the pool drops it, and whoever asks next learns whether the server is away.
  pool.on("error", () => undefined);
  return {
    connect: async () => scrubbedClient(await orFault(pool.connect(), scrubbedConnect)),
    end: () => pool.end(),
    options: {},
  };
}

// Kysely remembers connections by identity: the same client must be wrapped the same way.
const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>();

function scrubbedClient(client: pg.PoolClient): PostgresPoolClient {
  const known = wrapped.get(client);
  if (known !== undefined) return known;
  // A connection that breaks while in use rejects its query; without a listener it would end the process too.
  client.on("error", () => undefined);
  const wrapper = {
    // Kysely's other form of `query`, cursors, is never used here.
    query: (text: string, parameters: unknown[]) => orFault(client.query(text, parameters), scrubbed),
    release: (destroy?: boolean) => client.release(destroy),
  } as unknown as PostgresPoolClient;
  wrapped.set(client, wrapper);
  return wrapper;
}

async function orFault<T>(result: Promise<T>, toFault: (thrown: unknown) => Fault): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw toFault(error);
  }
}
