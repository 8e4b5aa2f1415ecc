import type { Door } from "../../base/brand.ts";
import { base64url, concat, utf8 } from "../../base/bytes.ts";
import { dayOf, systemClock } from "../../base/clock.ts";
import { parseJsonBytes, strictInteger, strictList, strictRecord } from "../../base/strict.ts";
import { hmacSha256 } from "../../envelope/hash.ts";
import { readIfThere, replaceFile } from "../files.ts";
import type { Reader } from "../reader.ts";

/** What this reviewer has posted again for the roster in force. */
export interface Resealed {
  has(door: Door): boolean;
  /** Durable when it returns. */
  add(door: Door): void;
}

/** A copy posted longer ago may be near its 180 days. */
const freshDays = 30;

interface Done {
  readonly mark: string;
  readonly serial: number;
  readonly day: number;
}

/**
 * What `gundo reseal` remembers, in a file beside the identity. A report is told by a hash under the reviewer's own key:
 * the file alone, or with the server's tables, says nothing of which reports this reviewer can read.
 */
export function openResealed(path: string, { keys, roster }: Pick<Reader, "keys" | "roster">): Resealed {
  const today = dayOf(systemClock.nowMs());
  const isFresh = ({ serial, day }: Done): boolean => serial === roster.serial && today - day < freshDays;
  let done = readDone(readIfThere(path)).filter(isFresh);
  const markOf = (door: Door): string =>
    base64url(hmacSha256(keys.signing.reveal(), concat(utf8("gundo/resealed/v1\n"), door)));
  return {
    has: (door) => done.some(({ mark }) => mark === markOf(door)),
    add: (door) => {
      done = [...done, { mark: markOf(door), serial: roster.serial, day: today }];
      replaceFile(path, utf8(JSON.stringify(done)));
    },
  };
}

/** What cannot be read counts as nothing done: the worst of it is a second copy, which readers take for the first. */
function readDone(bytes: Uint8Array | null): readonly Done[] {
  const list = strictList(parseJsonBytes(bytes), (value) => {
    const fields = strictRecord(value, ["mark", "serial", "day"]);
    const serial = strictInteger(fields?.["serial"], 1, 2 ** 31);
    const day = strictInteger(fields?.["day"], 0, 2 ** 31);
    const mark = fields?.["mark"];
    return typeof mark === "string" && serial !== null && day !== null ? { mark, serial, day } : null;
  });
  return list ?? [];
}
