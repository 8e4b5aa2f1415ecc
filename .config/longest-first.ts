import { statSync } from "node:fs";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * What takes a quarter of a minute or more, the longest first. A fresh clone has no cache of durations, and a long file that
 * begins last is waited for alone. Whatever is not named comes after these, the larger file first.
 */
const longest: readonly string[] = [
  "stories/mailbox-times",
  "stories/ceremony",
  "drills/cluster",
  "stories/offline",
  "stories/answer-view",
  "stories/console-axe",
  "stories/reading",
  "stories/console-case",
  "trends/google",
  "stories/console",
  "stories/answers",
  "stories/page",
  "stories/rotation",
  "stories/start",
  "stories/case",
  "stories/console-hostile",
  "stories/console-trust",
  "gate/edge",
  "stories/roles",
  "drills/kill",
  "stories/mailbox",
  "stories/console-release",
  "queue/redis",
  "workers/edge",
  "stories/sms",
  "stories/flood",
  "queue/postgres",
  "stories/simulator",
  "envelope/passphrase",
  "gate/oprf",
  "store/embedded/start",
  "stories/trends-page",
  "stories/ussd",
  "stories/console-attachment",
  "stories/refusals",
  "stories/attachment-read",
  "cli/keys/share",
  "trends/shape",
  "stories/redis",
  "stories/audit",
  "stories/trends",
  "cli/release/draw",
  "store/embedded/faults",
  "trends/verify",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => rankOf(a) - rankOf(b) || sizeOf(b) - sizeOf(a));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const at = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return at < 0 ? longest.length : at;
}

function sizeOf({ moduleId }: TestSpecification): number {
  return statSync(moduleId).size;
}
