import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { until } from "../../support/store.ts";

const checkout = join(import.meta.dirname, "../../..");
const node = join(checkout, "node_modules/.bin/node");
/** Where reviewers believe that the server is. */
export const origin = "https://gundo.example";

/** A process of Gundo, and all it printed. */
export interface Child {
  readonly process: ChildProcess;
  readonly printed: () => string;
}

/** Gundo in production, in a home, on a port. */
export function run(home: string, port: number, environment: Readonly<Record<string, string>>): Child {
  const env = {
    PATH: process.env["PATH"],
    TMPDIR: join(home, "tmp"),
    PORT: String(port),
    GUNDO_HOME: home,
    GUNDO_MODE: "production",
    PUBLIC_ORIGIN: origin,
    ...environment,
  };
  const before = join(import.meta.dirname, "provider-here.ts");
  const child = spawn(node, ["--import", before, "src/main.ts"], {
    cwd: checkout,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (printed += text));
  return { process: child, printed: () => printed };
}

/** Resolves once it has ended, by itself or by this signal. */
export async function ended(child: ChildProcess, signal: "SIGINT" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill(signal);
  await exited;
}

/** Kills a postmaster, and waits until its children, who notice, are gone. */
export async function pulled(postmaster: number): Promise<void> {
  const all = [postmaster, ...(await childrenOf(postmaster))];
  for (const id of all) if (await isAlive(id)) process.kill(id, "SIGKILL");
  await until(async () => !(await Promise.all(all.map(isAlive))).includes(true));
}

async function isAlive(id: number): Promise<boolean> {
  const stat = await readFile(`/proc/${id}/stat`, "utf8").catch(() => "");
  return stat !== "" && !/^\d+ \(.*\) Z/s.test(stat);
}

export async function childrenOf(parent: number): Promise<readonly number[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(ids.map((id) => readFile(`/proc/${id}/stat`, "utf8").catch(() => "")));
  return ids.filter((_, index) => / \d+/.exec(stats[index]!.replace(/^.*\) ./s, ""))?.[0] === ` ${parent}`).map(Number);
}

/** Leads what asks for the production origin to the server, for as long as `act` takes: no proxy with TLS stands here. */
export async function atOrigin<T>({ url }: { readonly url: string }, act: () => Promise<T>): Promise<T> {
  const direct = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const led = typeof input === "string" ? input.replace(origin, url) : input;
    // While files are opened here a connection that was kept may be closed there, which shows only when it is used.
    return direct(led, init).catch(() => direct(led, init));
  };
  try {
    return await act();
  } finally {
    globalThis.fetch = direct;
  }
}

/** As any client: once more where a connection that was kept open turns out to be closed. What is sent here may come twice. */
export function ask(url: string, init: RequestInit): Promise<Response> {
  return fetch(url, init).catch(() => fetch(url, init));
}

/** Arguments and environment of processes; PostgreSQL's children come and go, and what is gone has none. */
export async function wordsOf(
  processes: readonly number[],
): Promise<readonly { readonly where: string; readonly content: Uint8Array }[]> {
  const files = processes.flatMap((id) => ["cmdline", "environ"].map((name) => `/proc/${id}/${name}`));
  const contents = await Promise.all(files.map((path) => readFile(path).catch(() => new Uint8Array(0))));
  return contents.map((content, index) => ({ where: files[index]!, content }));
}
