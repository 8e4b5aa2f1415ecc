import { redisIsHere } from "../support/redis.ts";
import type { InMemory } from "./seizure/memory.ts";
import { malianMobiles } from "./seizure/numbers.ts";
import { remembers } from "./seizure/remember.ts";
import { seize, type Seized } from "./seizure/seizure.ts";
import type { Shown } from "./seizure/shows.ts";

/** The notes of a phone's session live for five minutes after its last turn. */
const memoryAgainMs = 360_000;
const remembered = 100;

/** The whole drill, with the queues on Redis where it is; prints what README.md's tables hold. */
export async function runSeizures(): Promise<boolean> {
  for (const one of await remembers(remembered, memoryAgainMs)) console.log(rememberedBy(one));
  const seized = await seize({ onRedis: redisIsHere, reports: 1_000, ranges: malianMobiles, tell: progress() });
  for (const line of [...rowsOf(seized), ...showsOf(seized)]) console.log(line);
  for (const wrong of [...seized.told, ...seized.matched, ...seized.missed]) console.log(`  ${wrong}`);
  return isWell(seized);
}

/** A line for every four millions: a quarter of an hour in silence looks like one that hangs. */
function progress(): (tried: number) => void {
  let said = 0;
  return (tried) => {
    if (tried - said < 4_000_000) return;
    said = tried;
    console.log(`  ${Math.floor(tried / 1e6)} million numbers tried`);
  };
}

/** Nothing was told, opened or matched, and what was planted weak was. */
function isWell({ told, openedBySeized, openedByReviewer, matched, missed }: Seized): boolean {
  return [told, matched, missed].every(({ length }) => length === 0) && openedBySeized === 0 && openedByReviewer > 0;
}

function rowsOf({ search, ...seized }: Seized): readonly string[] {
  const perSecond = (search.numbers * search.recipes) / Math.max(1, search.seconds);
  return [
    `| reports, follow-ups | ${seized.reports}, ${seized.followUps} |`,
    `| needles found | ${seized.told.length} |`,
    `| age files dug out; opened by seized keys; by a reviewer's | ${seized.files}; ${seized.openedBySeized}; ${seized.openedByReviewer} |`,
    `| numbers, ways, values, seconds | ${search.numbers}, ${search.recipes}, ${search.values}, ${search.seconds} |`,
    `| guesses a second, in millions | ${(perSecond / 1e6).toFixed(1)} |`,
    `| matched; weak values missed | ${seized.matched.length}; ${seized.missed.length} |`,
  ];
}

const row = (name: string, { reports, order, orderOfOffers, groups, timed }: Shown): string =>
  `| ${[name, reports, groups, order.toFixed(2), orderOfOffers.toFixed(2), timed].join(" | ")} |`;

function showsOf({ shows, waiting }: Seized): readonly string[] {
  return [
    ...Object.entries(shows).map(([name, one]) => row(name, one)),
    `| still unmixed | ${waiting.arrivals} arrivals, ${waiting.timed} with a time, at most ${waiting.worstMs} ms off |`,
  ];
}

function rememberedBy(one: InMemory | null): string {
  if (one === null) return "memory: this user may not read it";
  return `| memory | ${kindsIn(one.found)}, in ${one.megabytes} MB |`;
}

/** How many of what was found are numbers, and how many words. */
function kindsIn(found: ReadonlySet<string>): string {
  const numbers = [...found].filter((needle) => needle.startsWith("+")).length;
  return `${numbers} numbers, ${found.size - numbers} names, places and sentences`;
}
