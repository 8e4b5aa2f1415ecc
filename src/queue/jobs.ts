import { z } from "zod";
import { Fault } from "../base/fault.ts";
import { jobKinds, type JobKind } from "./queue.ts";

// So narrow that neither a number nor a word of a report fits in.
const jobId = z.string().regex(/^[0-9a-f]{32}$/);

const payload = z.strictObject({ v: z.literal(1), kind: z.enum(jobKinds), id: jobId.nullable() });

/** All that a job carries. */
export type Payload = Readonly<z.infer<typeof payload>>;

/** @throws Fault `bug` when `id` is neither null nor 32 lowercase hex digits. */
export function payloadOf(kind: JobKind, id: string | null): Payload {
  return parsePayload({ v: 1, kind, id });
}

/** The payload of a job that was taken. @throws Fault `bug` when it is not one of ours. */
export function parsePayload(data: unknown): Payload {
  const parsed = payload.safeParse(data);
  // zod's own error quotes what it refuses.
  if (!parsed.success) throw new Fault("bug");
  return parsed.data;
}

/** @throws Fault `bug` when `key` is not 1 to 64 of `a-z`, `0-9`, `.`, `-`. */
export function dedupeKey(key: string): string {
  if (!/^[a-z0-9.-]{1,64}$/.test(key)) throw new Fault("bug");
  return key;
}
