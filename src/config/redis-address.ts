/** Where one Redis server listens. */
type RedisNode = { readonly host: string; readonly port: number } | { readonly path: string };

/** What `REDIS_URL` says. Holds the password: keep it in a `Secret`. */
export interface RedisAddress {
  /** At least one; several are nodes of one cluster. */
  readonly nodes: readonly RedisNode[];
  readonly username: string | null;
  readonly password: string | null;
  readonly tls: boolean;
  /** The numbered database; a cluster has 0 only. */
  readonly database: number;
}

const defaultPort = 6379;
const network = /^(rediss?):\/\/(?:([^@/]*)@)?([^@/?#]+)(?:\/(\d{0,4}))?$/;
const socket = /^(?:unix:)?(?:\/\/(?:([^@/]*)@)?)?(\/[^?#]+)$/;

/**
 * `redis://[[user]:password@]host[:port][/database]`, `rediss://` over TLS, `host:port,host:port` for several nodes of a
 * cluster; `/path`, `unix:/path` or `unix://[[user]:password@]/path` for a socket. Null for anything else, and for a server
 * off this machine without a password: an unauthenticated Redis is an oracle (threats.md, Lessons taken).
 */
export function parseRedisUrl(text: string): RedisAddress | null {
  const [, userinfoOfSocket, path] = socket.exec(text) ?? [];
  if (path !== undefined) return addressOf([{ path }], userinfoOfSocket, { tls: false, database: 0 });
  const [, protocol, userinfo, hosts, database] = network.exec(text) ?? [];
  if (hosts === undefined) return null;
  const nodes = hosts.split(",").map(nodeOf);
  const settings = { tls: protocol === "rediss", database: Number(database ?? "") };
  if (nodes.includes(null) || (nodes.length > 1 && settings.database !== 0)) return null;
  const address = addressOf(nodes as RedisNode[], userinfo, settings);
  return address !== null && isGuarded(address) ? address : null;
}

function addressOf(
  nodes: readonly RedisNode[],
  userinfo: string | undefined,
  settings: Pick<RedisAddress, "tls" | "database">,
): RedisAddress | null {
  const [username = "", ...rest] = (userinfo ?? "").split(":");
  try {
    const decoded = { username: decode(username), password: decode(rest.join(":")) };
    return { nodes, ...decoded, ...settings };
  } catch {
    // A stray percent sign.
    return null;
  }
}

function decode(text: string): string | null {
  return text === "" ? null : decodeURIComponent(text);
}

function nodeOf(text: string): RedisNode | null {
  const parsed = /^[\w.:[\]-]+$/.test(text) ? URL.parse(`redis://${text}`) : null;
  if (parsed === null || parsed.hostname === "") return null;
  const host = parsed.hostname.replace(/^\[(.*)\]$/, "$1");
  return { host, port: parsed.port === "" ? defaultPort : Number(parsed.port) };
}

function isGuarded({ nodes, password }: RedisAddress): boolean {
  return password !== null || nodes.every((node) => "path" in node || isLoopback(node.host));
}

function isLoopback(host: string): boolean {
  return ["127.0.0.1", "localhost", "::1"].includes(host);
}
