import { base64url, hex } from "../../base/bytes.ts";
import type { CaseMemory, SeenHead } from "../../roster/case-memory.ts";

/** In the memory of one session only: locking lets go of it with everything else. */
export function openCaseMemory(): CaseMemory {
  const seen = new Map<string, SeenHead>();
  return {
    recall: (door) => seen.get(hex(door)) ?? null,
    keep: (door, head) => void seen.set(hex(door), head),
    markOf: (_door, hash) => base64url(hash),
  };
}
