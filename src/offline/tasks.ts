import type { Session } from "./session.ts";
import { drawBegin } from "./tasks/begin.ts";
import { drawBoard } from "./tasks/board.ts";
import { drawKeys } from "./tasks/keys.ts";
import { drawKit } from "./tasks/kit.ts";
import { drawMerge } from "./tasks/merge.ts";
import { drawNext } from "./tasks/next.ts";
import { drawReleases } from "./tasks/releases.ts";
import { drawSign } from "./tasks/sign.ts";
import { drawVerify } from "./tasks/verify.ts";

/** What a person can do here: a ceremony in its order, and, for anybody, the check of what was published. */
export const taskIds = ["keys", "kit", "begin", "next", "sign", "merge", "verify", "board", "releases"] as const;
export type TaskId = (typeof taskIds)[number];

export const tasks: Readonly<Record<TaskId, (session: Session) => readonly Node[]>> = {
  keys: drawKeys,
  kit: drawKit,
  begin: drawBegin,
  next: drawNext,
  sign: drawSign,
  merge: drawMerge,
  verify: drawVerify,
  board: drawBoard,
  releases: drawReleases,
};
