import { Cluster, Redis } from "ioredis";
import type { Secret } from "../base/secret.ts";
import type { Health } from "./health.ts";

/** Where the servers listen and how to be let in, as the configuration parsed it. */
export interface RedisConnection {
  /** At least one; several are nodes of one cluster. */
  readonly nodes: readonly ({ readonly host: string; readonly port: number } | { readonly path: string })[];
  readonly username: string | null;
  readonly password: string | null;
  readonly tls: boolean;
  readonly database: number;
}

export type RedisClient = Redis | Cluster;

/** Who uses a connection: a caller is refused at once while the server is away, a worker waits for it. */
export type Patience = "refused" | "waits";

const connect_ms = 10_000;
const answer_ms = 10_000;
const keepAlive_ms = 10_000;
const longestPause_ms = 1_000;

/** Makes clients of one server or cluster that share a fate: after `letGo` none tries to connect again. */
export class RedisClients {
  readonly #connection: Secret<RedisConnection>;
  readonly #health: Health;
  readonly #made = new Set<RedisClient>();
  /** Not while opening, so that a server that is away is a refused start and no outage, and not after `letGo`. */
  #retries = false;

  constructor(connection: Secret<RedisConnection>, health: Health) {
    this.#connection = connection;
    this.#health = health;
  }

  /** Connected, to the cluster when the server says that it is of one. Rejects with ioredis's own words. */
  async connect(): Promise<{ readonly caller: RedisClient; readonly worker: RedisClient }> {
    const clustered = this.#connection.reveal().nodes.length > 1 || (await this.#saysCluster());
    const make = (patience: Patience): RedisClient => (clustered ? this.#cluster(patience) : this.#single(patience));
    const caller = make("refused");
    await reached(caller);
    this.#retries = true;
    return { caller, worker: make("waits") };
  }

  /** Whoever waits for a server that is away waits no more; what is connected stays so. */
  letGo(): void {
    this.#retries = false;
  }

  close(): void {
    this.letGo();
    for (const client of this.#made) client.disconnect();
  }

  async #saysCluster(): Promise<boolean> {
    const client = this.#single("refused");
    await reached(client);
    const said = await client.info("cluster");
    client.disconnect();
    return /^cluster_enabled:1\r?$/m.test(said);
  }

  #single(patience: Patience): Redis {
    const { nodes, database } = this.#connection.reveal();
    const enableOfflineQueue = patience === "waits";
    const retryStrategy = (times: number): number | null => this.#pauseAfter(times);
    const options = { ...this.#options(patience), ...nodes[0], db: database, enableOfflineQueue, retryStrategy };
    return this.#watched(new Redis(options));
  }

  #cluster(patience: Patience): Cluster {
    const { nodes, tls } = this.#connection.reveal();
    const startup = nodes.filter((node) => "host" in node);
    const cluster = new Cluster(startup, {
      lazyConnect: patience === "refused",
      redisOptions: this.#options(patience),
      enableOfflineQueue: patience === "waits",
      clusterRetryStrategy: (times) => this.#pauseAfter(times),
      // A certificate names hosts, so hosts are not turned into addresses.
      ...(tls ? { dnsLookup: (host, answer) => answer(null, host) } : {}),
    });
    return this.#watched(cluster);
  }

  #options(patience: Patience) {
    const { username, password, tls } = this.#connection.reveal();
    return {
      // BullMQ waits for one that connects already for as long as it takes. One that it has to connect itself it gives
      // up at the first failure, or on a cluster that goes meanwhile waits for in vain.
      lazyConnect: patience === "refused",
      connectTimeout: connect_ms,
      keepAlive: keepAlive_ms,
      disableClientInfo: true,
      ...(username === null ? {} : { username }),
      ...(password === null ? {} : { password }),
      ...(tls ? { tls: {} } : {}),
      ...(patience === "waits"
        ? { maxRetriesPerRequest: null }
        : { maxRetriesPerRequest: 0, commandTimeout: answer_ms }),
    };
  }

  #pauseAfter(times: number): number | null {
    return this.#retries ? Math.min(100 * times, longestPause_ms) : null;
  }

  /** An error that nobody hears is printed by ioredis, address and all; BullMQ stops listening before it closes. */
  #watched<Client extends RedisClient>(client: Client): Client {
    this.#made.add(client);
    client.once("end", () => this.#made.delete(client));
    client.on("error", () => void (this.#retries && this.#health.failed()));
    const duplicate = client.duplicate.bind(client) as (...given: unknown[]) => Client;
    client.duplicate = ((...given: unknown[]) => this.#watched(duplicate(...given))) as Client["duplicate"];
    return client;
  }
}

/** Connected for the first time. A cluster's own promise stays open when it goes while it is being reached. */
async function reached(client: RedisClient): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  client.once("end", reject);
  client.connect().then(resolve, reject);
  await promise;
}

/** Every server that answers for `client`: itself, or each node of its cluster. */
export function serversOf(client: RedisClient): readonly Redis[] {
  return client instanceof Cluster ? client.nodes("all") : [client];
}
