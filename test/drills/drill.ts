import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { setTimeout as pause } from "node:timers/promises";
import { shuffled, systemChance } from "../../src/base/chance.ts";
import { hourOf, systemClock, type UnixHour } from "../../src/base/clock.ts";
import { canary } from "../support/canary.ts";
import { until } from "../support/store.ts";
import { runGundo } from "../support/terminal.ts";
import { startCluster, type Cluster, type PartName } from "./cluster.ts";
import { numbers, place, startLoad, type Acknowledged, type Load } from "./load.ts";

/** How a drill ended. Every list must be empty, every count of what is wrong 0. */
export interface Drilled {
  readonly kills: readonly string[];
  readonly acknowledged: Readonly<Record<keyof Acknowledged, number>>;
  /** Acknowledged and not there, by what a reviewer reads, by door, by mailbox. */
  readonly lost: readonly string[];
  /** There more than once. */
  readonly doubled: readonly string[];
  /** Reports without exactly one first offer. */
  readonly offersWrong: number;
  /** Days that the audit calls swept more than once. */
  readonly sweptTwice: number;
  /** Reminders over one an hour and target; and targets that had none. */
  readonly remindersOver: number;
  readonly targetsWithoutReminder: number;
  /** Parts that ended by themselves. */
  readonly fell: readonly string[];
  /** Needles found on disk, in Redis, in what was printed, in arguments. */
  readonly told: readonly string[];
  readonly seconds: number;
}

type Blow = PartName | "postgres" | "redis" | "redis flushed";

const blows: readonly Blow[] = ["worker1", "core1", "postgres", "edge1", "worker2", "core2", "edge2"];
const redisBlows: readonly Blow[] = [
  "redis",
  "worker1",
  "redis flushed",
  "postgres",
  "core1",
  "edge1",
  "worker2",
  "core2",
];

export interface Drill {
  /** A home with the demo's people. */
  readonly template: string;
  readonly onRedis: boolean;
  readonly kills: number;
  /** Redis stays away at least this long the first time it is killed. */
  readonly redisAwayMs: number;
}

/** Load from five senders, kill -9 at random moments of it, and the count of what is lost, doubled or told. */
export async function drill({ template, onRedis, kills, redisAwayMs }: Drill): Promise<Drilled> {
  const cluster = await startCluster(template, onRedis);
  try {
    const started = systemClock.nowMs();
    const { catcher } = cluster;
    await until(() => catcher.posts.length >= 2);
    const load = startLoad(cluster);
    const chosen = order(onRedis ? redisBlows : blows, kills);
    // Away for long once: the other times it is only killed.
    const longest = chosen.indexOf("redis");
    for (const [index, blow] of chosen.entries())
      await strike(cluster, load, blow, index === longest ? redisAwayMs : 0);
    await load.stop();
    // A worker that starts sweeps at once: what the last blow left out is added again.
    await cluster.parts.worker1.kill();
    await cluster.parts.worker1.start();
    const seconds = Math.round((systemClock.nowMs() - started) / 1000);
    return { kills: chosen, seconds, ...(await counted(cluster, load.acknowledged, hourOf(started))) };
  } finally {
    await cluster.stop();
  }
}

/** Each in turn, so that a short drill has one of each; every round in another order. */
function order(all: readonly Blow[], kills: number): readonly Blow[] {
  const rounds = Array.from({ length: Math.ceil(kills / all.length) }, (_, round) =>
    round === 0 ? all : shuffled(systemChance, all),
  );
  return rounds.flat().slice(0, kills);
}

/** At a moment that the load's own progress draws. */
async function strike(cluster: Cluster, load: Load, blow: Blow, redisAwayMs: number): Promise<void> {
  const at = load.count() + 3 + (systemChance.bytes(1)[0]! % 12);
  await until(() => load.count() >= at);
  const { parts, postgres, redis } = cluster;
  if (blow === "redis flushed") return void (await redis!.client().flushall());
  if (blow === "redis") {
    await redis!.kill();
    const taken = load.count();
    await pause(redisAwayMs);
    // Reports are taken meanwhile.
    await until(() => load.count() > taken);
    return redis!.start();
  }
  const struck = blow === "postgres" ? postgres : parts[blow];
  await struck.kill();
  await struck.start();
}

type Counted = Omit<Drilled, "kills" | "seconds">;

async function counted(cluster: Cluster, acknowledged: Acknowledged, from: UnixHour): Promise<Counted> {
  const client = new pg.Client({ connectionString: cluster.postgres.databaseUrl.reveal() });
  await client.connect();
  const column = async (query: string): Promise<readonly string[]> =>
    (await client.query<{ value: string }>(query)).rows.map(({ value }) => value);
  try {
    const number = async (query: string): Promise<number> => Number((await column(query))[0]);
    await until(async () => (await number(unsettled)) === 0);
    const found = {
      texts: await textsRead(cluster),
      doors: await column("select encode(door_hash, 'hex') as value from gundo.report"),
      mailboxes: await column("select encode(mailbox_id, 'hex') as value from gundo.mailbox_message"),
    };
    const kinds = ["texts", "doors", "mailboxes"] as const;
    return {
      acknowledged: {
        texts: acknowledged.texts.length,
        doors: acknowledged.doors.length,
        mailboxes: acknowledged.mailboxes.length,
      },
      lost: kinds.flatMap((kind) => missing(acknowledged[kind], found[kind])),
      doubled: kinds.flatMap((kind) => repeated(found[kind])),
      offersWrong: await number(offersWrong),
      sweptTwice: await number(sweptTwice),
      ...reminders(cluster, hourOf(systemClock.nowMs()) - from + 1),
      fell: fallen(cluster),
      told: await told(cluster),
    };
  } finally {
    await client.end();
  }
}

const unsettled = `select (select count(*) from gundo.arrival) + (select count(*) from gundo.mailbox_held)
  + (select count(*) from gundo.report where id not in (select report_id from gundo.offer)) as value`;
const offersWrong = `select count(*) as value from (
  select report.id from gundo.report left join gundo.offer on report_id = report.id
  group by report.id having count(report_id) <> 1 or max(round) <> 0) as wrong`;
const sweptTwice = `select count(*) - count(distinct object) as value from gundo.audit where action = 'daySwept'`;

const repeated = (all: readonly string[]): readonly string[] => all.filter((one, index) => all.indexOf(one) !== index);

function missing(wanted: readonly string[], found: readonly string[]): readonly string[] {
  const there = new Set(found);
  return wanted.filter((one) => !there.has(one));
}

/** As a reviewer of the desk reads them. */
async function textsRead({ parts, demo }: Cluster): Promise<readonly string[]> {
  const { identityFile } = (await demo()).reviewers[0]!;
  const keys = ["--identity", identityFile, "--passphrase-file", identityFile.replace(/age$/, "passphrase")];
  let out = "";
  // As any reviewer would, again: a connection that was kept open may just have been closed by the other end.
  await until(async () => {
    const ran = await runGundo("inbox", "--url", parts.core1.url, ...keys, "--json");
    out = ran.out;
    if (ran.code !== 0 && (!ran.err.includes("cli.unreachable") || parts.core1.fell() > 0))
      throw new Error(`gundo inbox: ${ran.err} ${parts.core1.printed()}`);
    return ran.code === 0;
  });
  const lines = out.split("\n").filter((line) => line !== "");
  return lines.map((line) => (JSON.parse(line) as { text: string }).text);
}

function fallen({ parts }: Cluster): readonly string[] {
  return Object.entries(parts).flatMap(([name, part]) => (part.fell() > 0 ? [`${name}: ${part.printed()}`] : []));
}

function reminders({ catcher }: Cluster, hours: number): Pick<Drilled, "remindersOver" | "targetsWithoutReminder"> {
  const counts = ["/hook", "/topic"].map((path) => catcher.posts.filter((post) => post.path === path).length);
  return {
    remindersOver: counts.reduce((sum, count) => sum + Math.max(0, count - hours), 0),
    targetsWithoutReminder: counts.filter((count) => count === 0).length,
  };
}

async function told({ parts, postgres, redis }: Cluster): Promise<readonly string[]> {
  const all = Object.values(parts);
  const texts = ["Le camion du chef dort derrière le puits de"];
  // A scan that does not find this one would find nothing.
  const planted = join(parts.worker1.home, "tmp/planted");
  await writeFile(planted, place);
  const hits = await canary({ numbers: numbers.slice(0, 20), places: [place], texts }).scan({
    directories: [postgres.home, ...all.map(({ home }) => home)],
    contents: all.map((part) => ({ where: part.home, content: part.printed() })),
    processes: all.map((part) => part.pid()),
    ...(redis !== null && { redis: [redis] }),
  });
  const found = hits.map(({ spelling, where }) => `${spelling} in ${where}`);
  const wanted = `utf-8 in ${planted}`;
  return found.includes(wanted) ? found.filter((hit) => !hit.endsWith(planted)) : ["the scan is blind"];
}
