import { serve, type ServerType } from "@hono/node-server";
import type { AddressInfo } from "node:net";
import { Fault } from "../src/base/fault.ts";

/** A web server that listens; disposing of it lets requests under way finish. */
export interface Web extends AsyncDisposable {
  readonly port: number;
}

type Answer = (request: Request) => Response | Promise<Response>;

// Phones' gateways and old laptops are slow; a client slower than this only holds a connection open. The largest part of an
// attachment, 264 kB, passes at 3 kB/s.
const server = { requestTimeout: 90_000, headersTimeout: 15_000, keepAliveTimeout: 5_000, maxHeaderSize: 16_384 };
const drainMs = 10_000;

/** Listens and resolves once it does. Rejects with `listen.refused`. */
export function listen(answer: Answer, host: string, port: number): Promise<Web> {
  return new Promise((resolve, reject) => {
    const listening = serve(
      { fetch: answer, hostname: host, port, serverOptions: server },
      ({ port: bound }: AddressInfo) => resolve({ port: bound, [Symbol.asyncDispose]: () => drain(listening) }),
    );
    listening.once("error", (cause) => reject(new Fault("listen.refused", { cause })));
  });
}

function drain(listening: ServerType): Promise<void> {
  return new Promise((resolve) => {
    const closeAll = (): void => {
      if ("closeAllConnections" in listening) listening.closeAllConnections();
    };
    const impatience = setTimeout(closeAll, drainMs);
    listening.close(() => {
      clearTimeout(impatience);
      resolve();
    });
    if ("closeIdleConnections" in listening) listening.closeIdleConnections();
  });
}
