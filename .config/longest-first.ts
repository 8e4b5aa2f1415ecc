import { statSync } from "node:fs";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * What takes a quarter of a minute or more, the longest first. A fresh clone has no cache of durations, and a long file that
 * begins last is waited for alone. Whatever is not named comes after these, the larger file first.
 */
const longest: readonly string[] = ["stories/mailbox-times"];

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
