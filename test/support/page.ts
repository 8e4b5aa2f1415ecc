import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { decodeFrame } from "../../src/envelope/frame.ts";
import { decodeReport, type Report } from "../../src/envelope/report.ts";
import { Fault } from "../../src/base/fault.ts";
import type { Sealed } from "../../src/base/brand.ts";
import { plainBytes } from "../../src/store/bytes.ts";
import { listen, type Web } from "../../workers/web.ts";
import { RunningClock } from "./board.ts";
import { withGate, type GateOptions, type TestGate } from "./gate.ts";

/** What one request carried over the wire. */
export interface Wire {
  readonly method: string;
  readonly path: string;
  readonly headers: string;
  readonly body: Uint8Array;
}

/** A gate with the informant's page on a loopback port, and everything that was posted to it. */
export interface PageServer {
  readonly gate: TestGate;
  readonly url: string;
  readonly wire: Wire[];
  /** Answers instead of the gate when it gives something: faults for a test. */
  instead: (request: Request) => Response | null;
  stop(): Promise<void>;
}

export async function servePage(options: Pick<GateOptions, "clock" | "after"> = {}): Promise<PageServer> {
  const clock = options.clock ?? options.after?.clock ?? new RunningClock();
  const gate = await withGate({ ...options, clock, wait: soon, page: true });
  const wire: Wire[] = [];
  const server = { instead: (_request: Request): Response | null => null };
  const answer = async (request: Request): Promise<Response> => {
    const body = new Uint8Array(await request.arrayBuffer());
    const { pathname, search } = new URL(request.url);
    wire.push({ method: request.method, path: pathname + search, headers: JSON.stringify([...request.headers]), body });
    const again = { method: request.method, headers: request.headers, ...(body.length > 0 && { body }) };
    return server.instead(request) ?? gate.app.fetch(new Request(request.url, again));
  };
  const web: Web = await listen(answer, "127.0.0.1", 0);
  const stop = async (): Promise<void> => {
    await web[Symbol.asyncDispose]();
    await gate.store.stop();
  };
  return Object.assign(server, { gate, wire, url: `http://127.0.0.1:${web.port}`, stop });
}

/** A phone's reading without the second that it takes whatever it finds. */
const soon = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 20));

/** The sealed files that lie in the store. */
export async function arrivals({ gate }: PageServer): Promise<readonly Sealed[]> {
  const rows = await gate.store.store.db.selectFrom("arrival").select("sealed").execute();
  return rows.map(({ sealed }) => plainBytes(sealed) as Sealed);
}

/** What each of the board's five reviewers and the officer reads: the report, or null when it does not open for them. */
export function readBy({ gate }: PageServer, sealed: Sealed): readonly (Report | null)[] {
  return gate.board.people.map(({ identity }, index) => {
    try {
      return decodeReport(decodeFrame(open(sealed, identity, nodeDecapsulator, index)).body);
    } catch (error) {
      if (error instanceof Fault && error.code === "envelope.unopenable") return null;
      throw error;
    }
  });
}
