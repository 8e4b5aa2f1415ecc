import { rm } from "node:fs/promises";
import { makeDemoHome } from "../support/demo-home.ts";
import { redisIsHere } from "../support/redis.ts";
import { drill, type Drilled } from "./drill.ts";

const redisAwayMs = 60_000;

type Wrong = Pick<Drilled, (typeof wrongs)[number]>;
const wrongs = [
  "lost",
  "doubled",
  "offersWrong",
  "sweptTwice",
  "remindersOver",
  "targetsWithoutReminder",
  "fell",
  "told",
] as const;

/** How many of each kind of wrong: all must be 0. */
const countsOf = (wrong: Wrong): readonly number[] =>
  wrongs.map((kind) => wrong[kind]).map((one) => (typeof one === "number" ? one : one.length));

const row = (name: string, drilled: Drilled): string => {
  const { texts, doors, mailboxes } = drilled.acknowledged;
  const cells = [name, drilled.kills.length, texts, doors, mailboxes, ...countsOf(drilled), drilled.seconds];
  return `| ${cells.join(" | ")} |`;
};

/** So many kills on PostgreSQL alone, and with the queues on Redis where it is; prints rows of README.md's table. */
export async function runKills(kills: number): Promise<boolean> {
  const template = await makeDemoHome();
  let well = true;
  for (const onRedis of redisIsHere ? [false, true] : [false]) {
    const drilled = await drill({ template, onRedis, kills, redisAwayMs });
    console.log(row(onRedis ? "queues on Redis" : "PostgreSQL alone", drilled));
    for (const wrong of [...drilled.lost, ...drilled.doubled, ...drilled.fell, ...drilled.told])
      console.log(`  ${wrong}`);
    well &&= countsOf(drilled).every((count) => count === 0);
  }
  await rm(template, { recursive: true });
  return well;
}
