import { lineTo, type Line } from "./outage.ts";
import { freePort } from "./ports.ts";
import { withRedis, type TestRedis } from "./redis.ts";
import { until } from "./store.ts";

/** Three masters of one cluster, each reached over a line that a test can cut. */
export interface TestCluster {
  readonly servers: readonly TestRedis[];
  /** Loopback ports that the servers tell clients of: the lines' own. */
  readonly ports: readonly number[];
  cut(): void;
  mend(): void;
  stop(): Promise<void>;
}

const masters = 3;
const slots = 16_384;

export async function withRedisCluster(): Promise<TestCluster> {
  const nodes = await Promise.all(Array.from({ length: masters }, startNode));
  await join(nodes.map(({ server }) => server));
  const lines = nodes.map(({ line }) => line);
  return {
    servers: nodes.map(({ server }) => server),
    ports: lines.map(({ port }) => port),
    cut: () => lines.forEach((line) => line.cut()),
    mend: () => lines.forEach((line) => line.mend()),
    stop: async () => {
      await Promise.all(lines.map((line) => line.close()));
      await Promise.all(nodes.map(({ server }) => server.stop()));
    },
  };
}

async function startNode(): Promise<{ readonly server: TestRedis; readonly line: Line }> {
  const port = await freePort();
  const line = await lineTo({ host: "127.0.0.1", port });
  const server = await withRedis({
    port: String(port),
    "cluster-enabled": "yes",
    "cluster-port": String(await freePort()),
    "cluster-announce-ip": "127.0.0.1",
    "cluster-announce-port": String(line.port),
  });
  return { server, line };
}

/** Shares out the slots and makes the servers known to each other. */
async function join(servers: readonly TestRedis[]): Promise<void> {
  const clients = servers.map((server) => server.client());
  const share = Math.ceil(slots / masters);
  for (const [index, client] of clients.entries()) {
    const last = Math.min((index + 1) * share, slots) - 1;
    await client.call("CLUSTER", "SET-CONFIG-EPOCH", String(index + 1));
    await client.call("CLUSTER", "ADDSLOTSRANGE", String(index * share), String(last));
  }
  for (const server of servers.slice(1))
    await clients[0]!.call("CLUSTER", "MEET", "127.0.0.1", ...(await portsOf(server)));
  await until(async () => {
    const said = await Promise.all(clients.map((client) => client.cluster("INFO")));
    return said.every((info) => info.includes("cluster_state:ok") && info.includes("cluster_size:3"));
  });
}

async function portsOf(server: TestRedis): Promise<readonly [string, string]> {
  const client = server.client();
  const [port, bus] = await Promise.all([client.config("GET", "port"), client.config("GET", "cluster-port")]);
  return [String(port[1]), String(bus[1])];
}
