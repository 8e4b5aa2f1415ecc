import { createHash, createHmac } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { blake2b } from "@noble/hashes/blake2.js";
import { addDays, dayOf, systemClock } from "../../../src/base/clock.ts";
import type { Canary } from "../../support/canary.ts";
import { contentsOf } from "../../support/redis-contents.ts";
import { converse, mix, report, sweepAfter, workFor } from "./act.ts";
import { fossilsIn } from "./fossils.ts";
import { send } from "./informants.ts";
import type { Match } from "./number-hashes.ts";
import { searchNumbers, type NumberSearch } from "./number-search.ts";
import type { NumberRange } from "./numbers.ts";
import { identitiesOf, openedBy } from "./open-all.ts";
import { streamsOf } from "./pages.ts";
import { canaryFor, messageOf, numberOf, places } from "./planted.ts";
import { recipesFor, type SeizedKey } from "./recipes.ts";
import { readAll } from "./reviewers.ts";
import { seizedKeys } from "./seized-keys.ts";
import { atOrigin, wordsOf } from "./processes.ts";
import { startProduction, type Production } from "./server.ts";
import { shown, shownWaiting, type Shown, type Waiting } from "./shows.ts";
import { valuesIn } from "./values.ts";

export interface Seizure {
  readonly onRedis: boolean;
  readonly reports: number;
  /** The numbers that are tried. */
  readonly ranges: readonly NumberRange[];
  /** Hears how many numbers were tried. */
  readonly tell?: (tried: number) => void;
}

/** How a seizure ended. */
export interface Seized {
  readonly reports: number;
  readonly followUps: number;
  /** Needles found; must be empty. */
  readonly told: readonly string[];
  /** Age files dug out of PostgreSQL's files, and how many open with a seized key (must be 0) and with a reviewer's. */
  readonly files: number;
  readonly openedBySeized: number;
  readonly openedByReviewer: number;
  readonly search: NumberSearch;
  /** What was matched but the weak values that the drill planted; must be empty. */
  readonly matched: readonly string[];
  /** Weak values that were not found; must be empty. */
  readonly missed: readonly string[];
  readonly shows: Readonly<Record<"mixed" | "anHourLater" | "afterTheNight", Shown>>;
  readonly waiting: Waiting;
}

/** Reports that still wait for the mix when the door is broken: one under a batch. */
const lastReports = 7;

export async function seize({ onRedis, reports, ranges, tell }: Seizure): Promise<Seized> {
  await using server = await startProduction(onRedis);
  const sent = await report(server, 0, reports);
  const followed = await converse(server, sent, workFor(reports));
  const bird = canaryFor(reports + lastReports);
  const shows = await showsOverTime(server, sent);
  // Nothing else waits then: an instance posts decoys too.
  await mix(server);
  const last = [];
  for (let index = reports; index < reports + lastReports; index++)
    last.push(await send(server, { ...messageOf(index), way: "sms" }));
  const waiting = await shownWaiting(server, last);
  const keys = seizedKeys(server.home);
  const weak = await plantWeak(server, keys);
  const { told, contents } = await takeAway(server, bird);
  const { sealed, values } = fossilsIn(streamsOf(join(server.home, "postgres")));
  const all = [...new Set([...values, ...contents.flatMap((content) => valuesIn(content))])];
  const search = await searchNumbers({ recipes: recipesFor(keys), values: all }, ranges, tell);
  const expected = new Set(weak);
  return {
    reports: sent.length + last.length,
    followUps: followed.length,
    told,
    files: sealed.length,
    openedBySeized: openedBy(sealed, identitiesOf(keys)),
    openedByReviewer: openedBy(sealed, [server.board.people[0]!.identity]),
    search,
    matched: search.matches.filter(({ value }) => !expected.has(value)).map(saysOf),
    missed: weak.filter((value) => !search.matches.some((match) => match.value === value)),
    shows,
    waiting,
  };
}

const saysOf = ({ national, says }: Match): string => `${national}: ${says}`;

async function showsOverTime(server: Production, sent: Parameters<typeof shown>[1]): Promise<Seized["shows"]> {
  const read = await atOrigin(server, () => readAll(server));
  const mixed = await shown(server, sent, read);
  await sweepAfter(server, 1);
  const anHourLater = await shown(server, sent, read);
  await sweepAfter(server, 26);
  return { mixed, anHourLater, afterTheNight: await shown(server, sent, read) };
}

/** What a careless program would have kept: the search must find it, or it would find nothing. */
async function plantWeak({ ways }: Production, keys: readonly SeizedKey[]): Promise<readonly string[]> {
  const seen = keys.find(({ name }) => name === "seen-keys 1")!.bytes;
  const number = numberOf(3);
  const hashes = [
    createHmac("sha256", seen).update(number).digest(),
    createHash("sha256").update(number.slice("+223".length)).digest(),
    blake2b(Buffer.from(number), { key: seen, dkLen: 32 }),
  ];
  const expires_day = addDays(dayOf(systemClock.nowMs()), 3);
  await ways()
    .store.db.insertInto("seen")
    .values(hashes.map((hash) => ({ hash: new Uint8Array(hash) as never, expires_day })))
    .execute();
  return hashes.map((hash) => Buffer.from(hash).toString("hex").slice(0, 32));
}

interface TakenAway {
  /** Where which needle was found. */
  readonly told: readonly string[];
  /** What is at hand as text: printed, and in Redis. */
  readonly contents: readonly string[];
}

/** Looks at what lives, pulls the plug, and looks through what is left. */
async function takeAway(server: Production, bird: Canary): Promise<TakenAway> {
  const { home, redis } = server;
  const live = await bird.scan({
    contents: [{ where: "printed", content: server.printed() }, ...(await wordsOf(await server.processes()))],
    ...(redis !== null && { redis: [redis] }),
  });
  const inRedis =
    redis === null ? [] : [...(await contentsOf(redis.client()))].flatMap(([key, words]) => [key, ...words]);
  // A scan that does not find this one would find nothing.
  const planted = join(home, "tmp/planted");
  await writeFile(planted, places[0]!);
  await server.kill();
  const found = [...live, ...(await bird.scan({ directories: [home] }))];
  const told = found.map(({ needle, spelling, where }) => `${needle}, ${spelling}, in ${where}`);
  const isPlanted = (one: string): boolean => one.endsWith(planted);
  if (!told.some(isPlanted)) throw new Error("the scan is blind");
  return { told: told.filter((one) => !isPlanted(one)), contents: [server.printed(), ...inRedis] };
}
