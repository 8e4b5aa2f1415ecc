import { parseInstance } from "../../config/instance.ts";
import { countedBy, countedWith } from "../../dialogue/counted.ts";
import type { KeySpace } from "../../trends/key-space.ts";
import { readInput } from "../arguments.ts";

/** What the instance of this `instance.json` counts by; without one, or without categories of its own in it, the first version. */
export function keySpaceIn(path: unknown): KeySpace {
  const taxonomy = typeof path === "string" ? parseInstance(readInput(path)).taxonomy : undefined;
  return taxonomy === undefined ? countedBy : countedWith(taxonomy);
}
