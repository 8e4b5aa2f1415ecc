import { systemChance } from "../../src/base/chance.ts";
import { bound } from "../../src/trends/bound.ts";
import { epsilons, tableIds } from "../../src/trends/key-space.ts";
import { decodeLabels, encodeLabels } from "../../src/trends/labels.ts";
import { addNoise, discreteLaplace } from "../../src/trends/noise.ts";
import { parsePeriod } from "../../src/trends/period.ts";
import type { LabelItem } from "../../src/trends/row.ts";
import { verifyReleases } from "../../src/trends/verify.ts";
import { filesIn, testQuarters, testTrust } from "../support/releases.ts";
import { streamOf } from "../support/stream.ts";
import { malianKeySpace } from "../support/trends.ts";

const samples = 1_000_000;
const labels = 10_000;
const reviewers = 20;
const rounds = 5;
const period = parsePeriod("2027-Q1")!;

/**
 * A million draws of noise of each table, an officer's work on a quarter of ten thousand labels, and what anybody does who
 * verifies two years of releases: time and memory.
 */
export async function trendsBench(): Promise<readonly string[]> {
  const bodies = postedBodies();
  const mib = bodies.reduce((sum, { length }) => sum + length, 0) / 2 ** 20;
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const ms = medianCpuMs(() => drawQuarter(bodies));
  const more = (process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20;
  const quarter = `a quarter of ${labels} labels in ${bodies.length} bodies, ${mib.toFixed(1)} MiB: decoded, bounded and drawn in ${ms} ms of CPU, peak ${Math.max(0, more).toFixed(0)} MiB over the process before`;
  const draws = tableIds.map((table) => {
    const { numerator, denominator } = epsilons[table];
    return `${samples} draws, ε ${numerator}/${denominator}: ${medianCpuMs(() => drawMany(table))} ms of CPU`;
  });
  return await Promise.resolve([quarter, ...draws, verifyLine()]);
}

function verifyLine(): string {
  const files = filesIn(testQuarters(8));
  const ms = medianCpuMs(() => {
    if (!verifyReleases(files, testTrust()).ok) throw new Error("a release that is honest was refused");
  });
  return `eight quarters, ${files.size} files, verified in ${ms} ms of CPU`;
}

function drawMany(table: (typeof tableIds)[number]): void {
  const coins = streamOf("bench");
  for (let draw = 0; draw < samples; draw++) discreteLaplace(epsilons[table], coins);
}

// Each reviewer's share of the labels in a body of the class, four of five labels of units that speak once.
function postedBodies(): readonly Uint8Array[] {
  const { taxonomy, geography } = malianKeySpace;
  const item = (index: number): LabelItem => ({
    category: taxonomy.categories[index % taxonomy.categories.length]!.code,
    region: geography.regions[index % geography.regions.length]!.code,
    unit: new Uint8Array(16).map((_, at) => (index % ((labels * 4) / 5)) >> (8 * (at % 4))),
    locality: new Uint8Array(16).fill(index % 200),
  });
  const versions = { taxonomy: taxonomy.version, geography: geography.version };
  return Array.from({ length: reviewers }, (_, reviewer) => {
    const own = Array.from({ length: labels / reviewers }, (_item, index) => item(index * reviewers + reviewer));
    const author = { instance: "bench-trends", period, author: `reviewer-${reviewer}`, ...versions };
    return encodeLabels(own, author, systemChance).map((body) => new Uint8Array([...body, ...new Uint8Array(64)]));
  }).flat();
}

function drawQuarter(bodies: readonly Uint8Array[]): void {
  const items = bodies.flatMap((body) => decodeLabels(body).items);
  const claimHash = systemChance.bytes(32);
  const { counts } = bound(items, malianKeySpace, claimHash);
  addNoise(counts, malianKeySpace, epsilons, { seeds: [systemChance.bytes(32), claimHash], claimHash, period });
}

function medianCpuMs(work: () => void): number {
  const taken = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return Math.round((user + system) / 1000);
  });
  return taken.toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!;
}
