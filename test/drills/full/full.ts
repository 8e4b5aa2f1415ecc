import { sql } from "kysely";
import { shapeOf } from "../../../src/envelope/shape.ts";
import { plainBytes } from "../../../src/store/bytes.ts";
import { until } from "../../support/store.ts";
import { mix } from "../seizure/act.ts";
import { atOrigin, wordsOf } from "../seizure/processes.ts";
import { canaryFor } from "../seizure/planted.ts";
import { readEach } from "../seizure/reviewers.ts";
import { startProduction, type Production } from "../seizure/server.ts";
import { mountSmallDisk, type SmallDisk } from "./disk.ts";
import { channels, letterOf, type Channel, type Letter, type Outcome } from "./letters.ts";

/** How a phase of the drill went: outcomes by channel. */
export type Phase = Readonly<Record<Channel, Readonly<Record<Outcome, number>>>>;

/** How the drill ended. */
export interface Full {
  readonly phases: Readonly<Record<"before" | "full" | "afterwards" | "readOnly" | "again", Phase>>;
  /** Letters that were refused and repeated until they were thanked for. */
  readonly repeated: number;
  /** Seconds from the moment there was space, until ready. */
  readonly secondsToReady: number;
  /** Thanked for and not read by a reviewer; read more than once; rows that are no whole file. All must be empty. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  readonly halves: number;
  /** Whether Gundo's own process lived through all of it. */
  readonly lived: boolean;
  /** What a start on a disk that cannot be written says, and whether it ended by itself. */
  readonly refusedStart: string;
  /** Thanked for and read no more after that start and the next. */
  readonly lostByRestart: readonly string[];
  readonly told: readonly string[];
}

const megabytes = 96;
const senders = 4;
/** Of each channel in each phase. */
const wanted = 12;

/** A disk that is full, a database that is read-only, a disk that is read-only; with reports coming in all the while. */
export async function fullDrill(): Promise<Full> {
  let disk: SmallDisk | null = null;
  const server = await startProduction(false, async (home) => void (disk = mountSmallDisk(home, megabytes)));
  try {
    return await through(server, disk!);
  } finally {
    await server.kill();
    disk!.unmount();
    await server[Symbol.asyncDispose]();
  }
}

async function through(server: Production, disk: SmallDisk): Promise<Full> {
  const load = startLoad(server);
  const before = await load.phase("thanked", () => undefined);
  const full = await load.phase("refused", () => disk.fill());
  disk.empty();
  const started = performance.now();
  await until(() => isReady(server));
  const secondsToReady = Math.round((performance.now() - started) / 100) / 10;
  const afterwards = await load.phase("thanked", () => undefined);
  await setReadOnly(server, true);
  const readOnly = await load.phase("refused", () => undefined);
  await setReadOnly(server, false);
  const again = await load.phase("thanked", () => undefined);
  await load.stop();
  const repeated = await repeat(load);
  const lived = server.isAlive();
  const texts = await textsRead(server);
  const halves = await halvesIn(server);
  return {
    phases: { before, full, afterwards, readOnly, again },
    repeated,
    secondsToReady,
    lost: load.thanked.filter((text) => !texts.includes(text)),
    doubled: texts.filter((text, index) => texts.indexOf(text) !== index),
    halves,
    lived,
    ...(await onReadOnlyDisk(server, disk, load.thanked)),
    told: await told(server, load.count()),
  };
}

interface Load {
  readonly thanked: readonly string[];
  readonly refused: readonly Letter[];
  readonly count: () => number;
  /** Resolves once so many of each channel ended so since now; `act` is done again and again meanwhile. */
  phase(outcome: Outcome, act: () => void): Promise<Phase>;
  stop(): Promise<void>;
}

function startLoad(server: Production): Load & { readonly thanked: string[]; readonly refused: Letter[] } {
  const [thanked, refused]: [string[], Letter[]] = [[], []];
  const progress = { ended: false, next: 0, counts: noneYet() };
  const run = async (): Promise<void> => {
    while (!progress.ended) {
      const letter = letterOf(server, progress.next++);
      const outcome = await letter.send();
      progress.counts[letter.channel][outcome]++;
      if (outcome === "thanked") thanked.push(letter.text);
      else refused.push(letter);
    }
  };
  const running = Promise.all(Array.from({ length: senders }, run));
  return {
    thanked,
    refused,
    count: () => progress.next,
    phase: async (outcome, act) => {
      const counts = (progress.counts = noneYet());
      await until(() => {
        act();
        return channels.every((channel) => counts[channel][outcome] >= wanted);
      });
      return counts;
    },
    stop: async () => {
      progress.ended = true;
      await running;
    },
  };
}

const none = (): Record<Outcome, number> => ({ thanked: 0, refused: 0, wrong: 0 });

function noneYet(): Record<Channel, Record<Outcome, number>> {
  return { sms: none(), ussd: none(), browser: none(), page: none() };
}

const isReady = async ({ url }: Production): Promise<boolean> =>
  (await fetch(`${url}/readyz`).catch(() => null))?.status === 200;

/** As when a managed server has moved, and the one that is still connected to only reads. */
async function setReadOnly({ ways }: Production, isSo: boolean): Promise<void> {
  const { db } = ways().store;
  await sql`alter system set default_transaction_read_only = ${sql.raw(isSo ? "on" : "off")}`.execute(db);
  await sql`select pg_reload_conf()`.execute(db);
}

/** As providers and browsers do, the same once more until it is taken. */
async function repeat({ refused, thanked }: { refused: readonly Letter[]; thanked: string[] }): Promise<number> {
  const again = refused.filter(({ mayRepeat }) => mayRepeat);
  for (const letter of again) {
    await until(async () => (await letter.send()) === "thanked");
    thanked.push(letter.text);
  }
  return again.length;
}

async function textsRead(server: Production): Promise<readonly string[]> {
  await mix(server);
  const all = await atOrigin(server, () => readEach(server));
  return all.map(({ report }) => report.text);
}

/** Rows whose sealed bytes are not one whole file. */
async function halvesIn({ ways }: Production): Promise<number> {
  const { rows } = await sql<{ sealed: Uint8Array }>`select sealed from report`.execute(ways().store.db);
  return rows.filter(({ sealed }) => shapeOf(plainBytes(sealed)) === null).length;
}

async function onReadOnlyDisk(
  server: Production,
  disk: SmallDisk,
  thanked: readonly string[],
): Promise<Pick<Full, "refusedStart" | "lostByRestart">> {
  await server.kill();
  disk.remount("ro");
  const before = server.printed().length;
  const started = await server.start();
  const refusedStart = started ? "it started" : server.printed().slice(before).trim();
  disk.remount("rw");
  if (!(await server.start())) throw new Error(`it does not start again: ${server.printed().slice(before)}`);
  const texts = new Set(await textsRead(server));
  return { refusedStart, lostByRestart: thanked.filter((text) => !texts.has(text)) };
}

/** What a failing disk makes a program print or leave must not be what it was told. */
async function told(server: Production, count: number): Promise<readonly string[]> {
  const hits = await canaryFor(count).scan({
    directories: [server.home],
    contents: [{ where: "printed", content: server.printed() }, ...(await wordsOf(await server.processes()))],
  });
  return hits.map(({ needle, where }) => `${needle} in ${where}`);
}
