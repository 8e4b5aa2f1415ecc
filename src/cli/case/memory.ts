import type { Door } from "../../base/brand.ts";
import { base64url, concat, utf8 } from "../../base/bytes.ts";
import { dayOf, systemClock } from "../../base/clock.ts";
import { parseJsonBytes, strictInteger, strictList, strictRecord } from "../../base/strict.ts";
import { hmacSha256 } from "../../envelope/hash.ts";
import type { CaseMemory, SeenHead } from "../../roster/case-memory.ts";
import type { Keys } from "../../roster/identity.ts";
import { readIfThere, replaceFile } from "../files.ts";

interface Kept extends SeenHead {
  readonly door: string;
  /** When it was seen last. */
  readonly day: number;
}

/** Longer than any case is of use that nobody opened meanwhile. */
const keptDays = 400;

/**
 * The newest event seen of each case, in a file beside the identity. Cases and events are told by hashes under the
 * reviewer's own key: the file alone, or with the server's tables, names none; it says how many were opened, and on which
 * day each was last.
 */
export function openCaseMemory(path: string, keys: Pick<Keys, "signing">): CaseMemory {
  const today = dayOf(systemClock.nowMs());
  const hashOf = (purpose: string, ...parts: readonly Uint8Array[]): string =>
    base64url(hmacSha256(keys.signing.reveal(), concat(utf8(`${purpose}\n`), ...parts)));
  const nameOf = (door: Door): string => hashOf("gundo/case-seen/v1", door);
  const read = (): readonly Kept[] => readKept(readIfThere(path)).filter(({ day }) => today - day < keptDays);
  return {
    recall: (door) => read().find((one) => one.door === nameOf(door)) ?? null,
    // Read again each time: another command may have written meanwhile.
    keep: (door, { mark, ended }) => {
      const name = nameOf(door);
      const others = read().filter((one) => one.door !== name);
      replaceFile(path, utf8(JSON.stringify([...others, { door: name, mark, ended, day: today }])));
    },
    markOf: (door, hash) => hashOf("gundo/case-head/v1", door, hash),
  };
}

/** What cannot be read counts as nothing seen: it costs a warning, and never makes one. */
function readKept(bytes: Uint8Array | null): readonly Kept[] {
  const list = strictList(parseJsonBytes(bytes), (value) => {
    const fields = strictRecord(value, ["door", "mark", "ended", "day"]);
    const [door, mark, ended] = [fields?.["door"], fields?.["mark"], fields?.["ended"]];
    const day = strictInteger(fields?.["day"], 0, 2 ** 31);
    if (typeof door !== "string" || typeof mark !== "string" || typeof ended !== "boolean") return null;
    return day === null ? null : { door, mark, ended, day };
  });
  return list ?? [];
}
