import { UnrecoverableError } from "bullmq";
import { codeOf, type FaultCode } from "../base/fault.ts";
import { parsePayload } from "./jobs.ts";
import type { Handler, JobKind } from "./queue.ts";
import { verdictOn } from "./retry.ts";

/**
 * An error whose message is a code and which has no stack and no cause: BullMQ stores message and stack in clear. An
 * `UnrecoverableError` ends the job, any other has it tried again.
 */
function bare(code: FaultCode, giveUp: boolean): Error {
  const error = giveUp ? new UnrecoverableError(code) : new Error(code);
  error.stack = "";
  return error;
}

/** What BullMQ runs for one job: checks the payload, hides whatever the handler throws, returns nothing. */
export function processorOf(kind: JobKind, handler: Handler): (job: { readonly data: unknown }) => Promise<void> {
  return async ({ data }) => {
    const id = idOf(kind, data);
    try {
      await handler(id);
    } catch (thrown) {
      const code = codeOf(thrown);
      throw bare(code, verdictOn(code) === "giveUp");
    }
  };
}

/** The id of a job of this kind; a payload that is not ours can only fail again. */
function idOf(kind: JobKind, data: unknown): string | null {
  try {
    const payload = parsePayload(data);
    if (payload.kind === kind) return payload.id;
  } catch (thrown) {
    throw bare(codeOf(thrown), true);
  }
  throw bare("bug", true);
}
