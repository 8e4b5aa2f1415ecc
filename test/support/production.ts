import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { codeOf } from "../../src/base/fault.ts";
import { Client } from "../../src/cli/client.ts";
import { openFile } from "../../src/cli/reports.ts";
import { sodiumDecapsulator } from "../../src/envelope/opener-sodium.ts";
import { openPostgresQueues } from "../../src/queue/postgres.ts";
import { decryptKeys, type Keys } from "../../src/roster/identity.ts";
import { reachEmbedded } from "../../src/store/embedded/reach.ts";
import { freePort } from "./ports.ts";
import { childEnvironment } from "./processes.ts";
import { until } from "./store.ts";
import { runGundo } from "./terminal.ts";

const checkout = join(import.meta.dirname, "../..");
const filler = "Un autre rapport, pour que le lot soit plein";

/**
 * A production server on the home that `gundo init --origin` made in `directory`/home, keys in `directory`/server-keys;
 * everybody's `<id>.age` and `<id>.passphrase` lie in the directory, a reviewer's own machine is `directory`/`<id>`.
 */
export class Production {
  readonly port: number;
  readonly #directory: string;
  readonly #instance: string;
  readonly #origin: string;
  #server: { readonly child: ChildProcess; readonly said: () => string } | null = null;

  private constructor(directory: string, instance: string, origin: string, port: number) {
    this.port = port;
    this.#directory = directory;
    this.#instance = instance;
    this.#origin = origin;
  }

  /** Leads the origin to the port: a proxy that ends TLS stands before a production server, none stands here. */
  static async at(directory: string, instance: string, origin: string): Promise<Production> {
    const port = await freePort();
    const direct = globalThis.fetch;
    vi.stubGlobal("fetch", (input: string, init?: RequestInit) =>
      direct(input.replace(origin, `http://127.0.0.1:${port}`), init),
    );
    return new Production(directory, instance, origin, port);
  }

  async start(): Promise<void> {
    const server = this.#run();
    this.#server = server;
    await until(() => {
      if (server.child.exitCode !== null) throw new Error(`ended before it was ready: ${server.said()}`);
      return server.said().includes("started gate");
    });
  }

  async stop(): Promise<void> {
    if (this.#server === null) return;
    const { child } = this.#server;
    this.#server = null;
    const exited = once(child, "exit");
    if (child.exitCode !== null) return;
    child.kill("SIGINT");
    await exited;
  }

  /** What the server says when it does not start with the roster as it lies there. */
  async refusedStart(): Promise<string> {
    const refused = this.#run();
    await once(refused.child, "close");
    expect(refused.child.exitCode).toBe(1);
    return refused.said();
  }

  /**
   * In production reports come out in batches of eight: this one among seven others. Resolves once they are listed. Their
   * hour is every fifteen seconds; `atOnce` has it strike now.
   */
  async report(text: string, reader: string, atOnce = false): Promise<void> {
    const keys = await this.keysOf(reader);
    // Before anything is sealed: a reader who is let in is one whom the roster in force names.
    const client = await this.#signedIn(keys);
    for (let index = 0; index < 7; index++) await this.#postSms(`${text}-${index}`, filler);
    await this.#postSms(`${text}-7`, text);
    if (atOnce) await this.#mix();
    await until(async () => (await openedBy(keys, client)).includes(text));
    await client.signOut();
  }

  /** Texts that somebody opens with `gundo inbox`, or the refusal. */
  async inbox(id: string): Promise<readonly string[] | string> {
    const files = ["--identity", this.#path(id, `${id}.age`), "--passphrase-file", this.#path(`${id}.passphrase`)];
    const ran = await runGundo("inbox", "--url", this.#origin, ...files, "--json");
    if (ran.code !== 0) return ran.err;
    const lines = ran.out.split("\n").filter((line) => line !== "");
    const texts = lines.map((line) => (JSON.parse(line) as { text: string }).text);
    return texts.filter((text) => text !== filler).toSorted();
  }

  /** What opens with one person's identity of all that another may fetch: should somebody pass files on. */
  async openedBy(id: string, fetchedBy: string): Promise<readonly string[]> {
    const client = await this.#signedIn(await this.keysOf(fetchedBy));
    const texts = await openedBy(await this.keysOf(id), client);
    await client.signOut();
    return texts.filter((text) => text !== filler);
  }

  keysOf(id: string): Promise<Keys> {
    const passphrase = readFileSync(this.#path(`${id}.passphrase`), "utf8").trimEnd();
    return decryptKeys(readFileSync(this.#path(`${id}.age`)), passphrase);
  }

  async #signedIn(keys: Keys): Promise<Client> {
    const client = new Client(this.#origin);
    // A roster is served up to a quarter of a second before the process goes by it.
    await until(async () => {
      try {
        await client.signIn(this.#instance, keys);
        return true;
      } catch (error) {
        if (codeOf(error) !== "session.refused") throw error;
        return false;
      }
    });
    return client;
  }

  async #mix(): Promise<void> {
    const connection = await reachEmbedded(this.#path("home"));
    await using queues = await openPostgresQueues({ connection, chance: systemChance, emit: () => undefined });
    await queues.add("mix", null);
  }

  async #postSms(id: string, text: string): Promise<void> {
    const secret = readFileSync(this.#path("home/secrets/GATEWAY_SECRET"), "utf8").trim();
    const fields = {
      date: "2026-11-23 10:30:00",
      to: "36033",
      from: "+22370004301",
      networkCode: "61001",
      cost: "None",
    };
    const body = new URLSearchParams({ ...fields, linkId: "x", id, text });
    const address = `http://127.0.0.1:${this.port}/gateway/africastalking/${secret}/sms`;
    const response = await fetch(address, { method: "POST", body });
    expect(response.status).toBe(200);
  }

  /** Starts Gundo with the settings that `gundo init` wrote. */
  #run(): { readonly child: ChildProcess; readonly said: () => string } {
    const run = 'set -a; . "$1/gundo.env"; set +a; exec "$2" src/main.ts';
    const node = join(checkout, "node_modules/.bin/node");
    const env = { ...childEnvironment, PORT: String(this.port), TMPDIR: this.#directory };
    const child = spawn("sh", ["-c", run, "sh", this.#path("home"), node], { cwd: checkout, env });
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (said += text));
    return { child, said: () => said };
  }

  #path(...names: readonly string[]): string {
    return join(this.#directory, ...names);
  }
}

/** What opens with one person's identity of everything that a signed-in client may fetch. */
async function openedBy(keys: Keys, client: Client): Promise<readonly string[]> {
  const decapsulator = await sodiumDecapsulator();
  const texts: string[] = [];
  for await (const { sealed } of client.inbox("all")) {
    const opened = openFile(sealed, keys.identity, decapsulator, 0);
    if (opened?.kind === "report") texts.push(opened.report.text);
  }
  return texts;
}
