import { createServer } from "node:net";
import { once } from "node:events";
import { systemChance } from "../../src/base/chance.ts";

// Below what the kernel hands out by itself (ip_local_port_range): no other listener and no client is given one of these
// between now and its use.
const [first, count] = [20_000, 12_000] as const;

/** A TCP port of loopback on which nothing listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const [high, low] = systemChance.bytes(2);
    const port = first + ((high! * 256 + low!) % count);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
