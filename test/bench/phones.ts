import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { join } from "node:path";
import { systemChance } from "../../src/base/chance.ts";
import { newReceipt } from "../../src/mailbox/receipt.ts";

interface Bench {
  /** Posts a form and resolves with the answer's text. */
  post(kind: "sms" | "ussd", form: Readonly<Record<string, string>>): Promise<string>;
  /** Ends the server and tells what it used in all, start included. */
  end(): Promise<{ readonly cpuMs: number; readonly memoryMiB: number }>;
}

async function startServer(readers: number, sockets: number, load: "busy" | "idle" = "idle"): Promise<Bench> {
  const server = fork(join(import.meta.dirname, "server.ts"), [String(readers), load]);
  const [{ port }] = (await once(server, "message")) as [{ port: number }];
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  return {
    post: (kind, form) => post(agent, `http://127.0.0.1:${port}/gateway/africastalking/bench/${kind}`, form),
    end: async () => {
      const used = once(server, "message") as Promise<[{ cpuMs: number; memoryMiB: number }]>;
      server.send("end");
      const [figures] = await used;
      agent.destroy();
      await once(server, "exit");
      return figures;
    },
  };
}

function post(agent: Agent, url: string, form: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    const body = new URLSearchParams(form).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) };
    const sending = request(url, { method: "POST", agent, headers }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (part: string) => (text += part));
      answer.on("end", () =>
        answer.statusCode === 200 ? resolve(text) : reject(new Error(`status ${answer.statusCode}`)),
      );
    });
    sending.on("error", reject);
    sending.end(body);
  });
}

const reports = 2_000;
const senders = 32;
const phone = (index: number): string => `+2237${String(index).padStart(7, "0")}`;

/** Sealed-and-durable reports a second over HTTP; bounded to 2 000 reports a desk. */
export async function smsBench(): Promise<readonly string[]> {
  const lines = ["readers  reports/s   (SMS over HTTP, sealed and committed before the 200, 32 senders)"];
  for (const readers of [2, 5, 20]) {
    const bench = await startServer(readers, senders);
    const seconds = await timed(() =>
      inParallel(senders, reports, async (index) => {
        await bench.post("sms", {
          id: `sms-${index}`,
          from: phone(index),
          text: `un rapport de taille moyenne ${index}`,
        });
      }),
    );
    await bench.end();
    lines.push(`${String(readers).padStart(7)}  ${(reports / seconds).toFixed(0).padStart(9)}`);
  }
  return lines;
}

let phones = 0;
const sessions = 200;
const rounds = 2;
// People read a screen before they answer; without a pause this would measure a flood and not 200 callers.
const thinkMs = { least: 1_000, spread: 2_000 };
const smsBesideEveryMs = 50;
const answers = ["1", "1", "Ils passent la nuit pres du puits", "0"];

/**
 * 200 callers at once, each the shortest report with 1 to 3 s of thought a turn, and 20 SMS a second beside them: every
 * fifth turn makes a receipt (Argon2id), seals and commits.
 */
export async function ussdBench(): Promise<readonly string[]> {
  const bench = await startServer(5, sessions);
  await session(bench, "warm");
  let texted = 0;
  let refused = 0;
  const beside = setInterval(() => {
    const index = texted++;
    bench
      .post("sms", { id: `beside-${index}`, from: phone(index), text: "un SMS entre les appels" })
      .catch(() => (refused += 1));
  }, smsBesideEveryMs);
  const turns: number[] = [];
  const last: number[] = [];
  let withoutNumber = 0;
  const seconds = await timed(() =>
    inParallel(sessions, sessions * rounds, async (index) => {
      const { times, screen } = await session(bench, `session-${index}`);
      if (!/\d{8}/.test(screen)) withoutNumber += 1;
      last.push(times.pop()!);
      turns.push(...times);
    }),
  );
  clearInterval(beside);
  const { cpuMs, memoryMiB } = await bench.end();
  const all = [...turns, ...last].length;
  return [
    `${sessions} sessions at once, ${all} turns, ${(all / seconds).toFixed(0)} turns/s, ${((sessions * rounds) / seconds).toFixed(0)} reports/s`,
    `turns       ${percentiles(turns)}`,
    `last turns  ${percentiles(last)}   (sealed, committed; ${withoutNumber} of ${last.length} without a receipt)`,
    `${texted} SMS beside them, ${refused} refused`,
    `CPU ${(cpuMs / all).toFixed(2)} ms a turn, start and receipts included; memory ${memoryMiB.toFixed(0)} MiB`,
  ];
}

const readers = 40;

/**
 * Readings by phone and last turns of reports while twenty derivations are always begun: Argon2id may hold back neither.
 * A reading takes a second by design, whatever it finds; bounded to 40 of each.
 */
export async function readingBench(): Promise<readonly string[]> {
  const bench = await startServer(5, 20, "busy");
  const reading: number[] = [];
  const last: number[] = [];
  let later = 0;
  await session(bench, "warm");
  await inParallel(8, readers, async (index) => {
    const form = { serviceCode: "*384*1234#", networkCode: "99999", phoneNumber: phone(phones++) };
    const text = `2*${newReceipt(systemChance)}`;
    let screen = "";
    const seconds = await timed(async () => {
      screen = await bench.post("ussd", { ...form, sessionId: `reading-${index}`, text });
    });
    reading.push(1000 * seconds);
    if (screen.startsWith("END")) later += 1;
    last.push((await session(bench, `last-${index}`)).times.at(-1)!);
  });
  await bench.end();
  return [
    `reading turns  ${percentiles(reading)}   (${later} of ${readers} told to read later)`,
    `last turns     ${percentiles(last)}`,
  ];
}

/** Milliseconds of each turn, and the last screen. */
async function session(bench: Bench, sessionId: string): Promise<{ times: number[]; screen: string }> {
  const times: number[] = [];
  let screen = "";
  for (let count = 0; count <= answers.length; count++) {
    await wait(thinkMs.least + Math.random() * thinkMs.spread);
    const text = answers.slice(0, count).join("*");
    const form = { sessionId, serviceCode: "*384*1234#", phoneNumber: phone(phones++), networkCode: "99999", text };
    times.push(1000 * (await timed(async () => (screen = await bench.post("ussd", form)))));
  }
  return { times, screen };
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await act();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

async function inParallel(width: number, count: number, act: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: width }, run));
}

function percentiles(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1);
  return `p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  p99 ${at(0.99)} ms`;
}
