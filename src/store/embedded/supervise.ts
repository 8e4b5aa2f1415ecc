import { setTimeout as wait } from "node:timers/promises";
import type { EmbeddedEvent } from "./start.ts";
import { launch, type Launch, type Server } from "./server.ts";
import { endStray } from "./stray.ts";

const firstDelayMs = 100;
const longestDelayMs = 10_000;
/** A server that lived this long had started well: the next delay is short again. */
const settledMs = 60_000;

/** A server that is started again whenever it ends, until `stop`. */
export interface Supervised {
  stop(): Promise<void>;
}

/**
 * @throws Fault `store.start` when the first start fails; later failures are tried again with a delay that doubles
 * from 100 ms to 10 s.
 */
export async function supervise(options: Launch, onEvent: (event: EmbeddedEvent) => void): Promise<Supervised> {
  await endStray(options.cluster, options.sockets, options.clock);
  const first = await launch(options);
  const halt = new AbortController();
  const watched = watch(first, options, onEvent, halt.signal);
  return {
    stop: () => {
      halt.abort();
      return watched;
    },
  };
}

async function watch(
  first: Server,
  options: Launch,
  onEvent: (event: EmbeddedEvent) => void,
  halt: AbortSignal,
): Promise<void> {
  let server: Server | null = first;
  let delayMs = firstDelayMs;
  while (server !== null) {
    const startedAt = options.clock.nowMs();
    if (await haltedBeforeExit(server, halt)) return server.stop();
    onEvent("stopped");
    if (options.clock.nowMs() - startedAt > settledMs) delayMs = firstDelayMs;
    server = await relaunch(options, halt, () => {
      const current = delayMs;
      delayMs = Math.min(2 * delayMs, longestDelayMs);
      return current;
    });
    if (server !== null) onEvent("restarted");
  }
}

async function haltedBeforeExit(server: Server, halt: AbortSignal): Promise<boolean> {
  const halted = new Promise<void>((resolve) => {
    if (halt.aborted) resolve();
    halt.addEventListener("abort", () => resolve(), { once: true });
  });
  await Promise.race([server.exited, halted]);
  return halt.aborted;
}

/** The next server that starts, or null once halted. */
async function relaunch(options: Launch, halt: AbortSignal, nextDelayMs: () => number): Promise<Server | null> {
  while (!halt.aborted) {
    // Ends early, and without an error, when halted.
    await wait(nextDelayMs(), undefined, { signal: halt }).catch(() => undefined);
    if (halt.aborted) return null;
    try {
      await endStray(options.cluster, options.sockets, options.clock);
      return await launch(options);
    } catch {
      // `stopped` has been reported and readiness says no; the disk may be full or slow now and not later.
    }
  }
  return null;
}
