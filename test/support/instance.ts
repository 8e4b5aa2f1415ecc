import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as turn } from "node:timers/promises";
import { inject } from "vitest";
import { childEnvironment } from "./processes.ts";
import { copyStore } from "./store-template.ts";
import { postmasterOf, temporaryHome, until } from "./store.ts";
import { runGundo } from "./terminal.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A home with the demo's people, keys and secrets and no database yet. */
    demoTemplate: string;
  }
}

const checkout = join(import.meta.dirname, "../..");
const node = join(checkout, "node_modules/.bin/node");

interface Person {
  readonly id: string;
  readonly identityFile: string;
  readonly passphrase: string;
}

/** `$GUNDO_HOME/demo/demo.json`. */
export interface Demo {
  readonly url: string;
  readonly gatewaySecret: string;
  readonly desks: readonly string[];
  readonly reviewers: readonly (Person & { readonly desk: string })[];
  readonly officers: readonly Person[];
  readonly board: readonly Person[];
}

/** The whole of Gundo as `npm start` runs it, in a process and a home of its own. */
export interface Instance {
  readonly home: string;
  readonly url: string;
  readonly demo: Demo;
  readonly pid: number;
  /** Everything it ever printed, on both streams, over its restarts. */
  printed(): string;
  /** Process ids of Gundo and of its PostgreSQL. */
  processes(): Promise<readonly number[]>;
  kill(signal: "SIGKILL" | "SIGINT"): Promise<void>;
  /** Starts it again in the same home, at another port. */
  restart(): Promise<Instance>;
}

const printedIn = new Map<string, string>();

/** Starts a demo instance; its people and its empty database are made once a run, since both take seconds. */
export async function startInstance(environment: Readonly<Record<string, string>> = {}): Promise<Instance> {
  const home = await temporaryHome();
  await cp(inject("demoTemplate"), home, { recursive: true });
  await copyStore(home);
  return startIn(home, environment);
}

/** Starts what a home holds. Rejects when it ends before it is ready. */
export async function startIn(home: string, environment: Readonly<Record<string, string>> = {}): Promise<Instance> {
  // Its temporary files lie in the home too, where the canary looks.
  const temporary = join(home, "tmp");
  await mkdir(temporary, { recursive: true });
  const env = { ...childEnvironment, TMPDIR: temporary, PORT: "0", GUNDO_HOME: home, ...environment };
  const child = spawn(node, ["src/main.ts"], { cwd: checkout, env, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => printedIn.set(home, printed(home) + text));
  const before = printed(home).length;
  await until(() => {
    if (child.exitCode !== null) throw new Error(`ended before it was ready: ${printed(home)}`);
    return printed(home).slice(before).includes("ready gateway");
  });
  const demo = JSON.parse(await readFile(join(home, "demo/demo.json"), "utf8")) as Demo;
  return instanceOf(home, child, demo);
}

function printed(home: string): string {
  return printedIn.get(home) ?? "";
}

function instanceOf(home: string, child: ChildProcess, demo: Demo): Instance {
  return {
    home,
    url: demo.url,
    demo,
    pid: child.pid!,
    printed: () => printed(home),
    processes: async () => [child.pid!, await postmasterOf(home)],
    kill: async (signal) => {
      const exited = once(child, "exit");
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await exited;
      }
    },
    restart: () => startIn(home),
  };
}

/** Posts an SMS as Africa's Talking does, and resolves with the status. */
export async function postSms(instance: Instance, sms: { from: string; id: string; text: string }): Promise<number> {
  const body = new URLSearchParams({
    date: "2026-11-23 10:30:00",
    to: "36033",
    networkCode: "61001",
    cost: "None",
    linkId: "x",
    ...sms,
  });
  const path = `/gateway/africastalking/${instance.demo.gatewaySecret}/sms`;
  const response = await fetch(instance.url + path, { method: "POST", body });
  await response.arrayBuffer();
  return response.status;
}

export interface InboxLine {
  readonly id: string;
  readonly desk: string;
  readonly channel: string;
  readonly text: string;
  readonly receivedDay: string;
  readonly sourceTag?: string;
  /** An answer by SMS was asked for. */
  readonly capsule?: true;
}

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the launcher as a reviewer does. */
export async function gundo(...words: readonly string[]): Promise<Ran> {
  const child = spawn(join(checkout, "src/cli/gundo"), words, { stdio: ["ignore", "pipe", "pipe"] });
  const read = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (read.out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (read.err += text));
  await once(child, "close");
  return { code: child.exitCode, ...read };
}

/** The inbox of one person, by `gundo inbox --json`. */
export async function inboxOf(instance: Instance, person: Person): Promise<readonly InboxLine[]> {
  return linesOf(await runInbox(instance, person));
}

export function runInbox(instance: Instance, person: Person): Promise<Ran> {
  return gundo(...inboxWords(instance, person));
}

function inboxWords({ url }: Instance, { identityFile }: Person): readonly string[] {
  const passphraseFile = identityFile.replace(/age$/, "passphrase");
  return ["inbox", "--url", url, "--identity", identityFile, "--passphrase-file", passphraseFile, "--json"];
}

function linesOf({ code, out, err }: Ran): readonly InboxLine[] {
  if (code !== 0) throw new Error(`gundo inbox: ${err}`);
  const lines = out.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as InboxLine);
}

/** The inbox once it holds this many reports, by the same command in this process: what is asked often starts no program. */
export async function inboxWith(instance: Instance, person: Person, count: number): Promise<readonly InboxLine[]> {
  const words = inboxWords(instance, person);
  for (;;) {
    const lines = linesOf(await runGundo(...words));
    if (lines.length >= count) return lines;
    await turn(100);
  }
}
