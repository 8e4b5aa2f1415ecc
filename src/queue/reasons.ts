import type { IQueueBackend } from "bullmq";
import { parseFaultCode } from "./retry.ts";

/** Why a job failed, as it may be stored. */
function reasonOf(message: unknown): string {
  const text = String(message);
  if (text.startsWith("job stalled")) return "stalled";
  return parseFaultCode(text) ?? "queue.unavailable";
}

function fieldsOf(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...fields, failedReason: reasonOf(fields["failedReason"]), stacktrace: "[]" };
}

/**
 * The backend, storing codes only. Handlers throw nothing else, but when ending a job fails, BullMQ stores what the
 * database said: hosts, paths, statements.
 */
export function storingCodes(backend: IQueueBackend): IQueueBackend {
  const moveToFailed = backend.moveToFailed.bind(backend);
  const moveToDelayed = backend.moveToDelayed.bind(backend);
  const retryJob = backend.retryJob.bind(backend);
  backend.moveToFailed = async (job, reason, keep, token, next, fields) =>
    await moveToFailed(job, reasonOf(reason), keep, token, next, fieldsOf(fields));
  backend.moveToDelayed = async (id, from, delay, token, options) => {
    const fieldsToUpdate = fieldsOf(options?.fieldsToUpdate);
    return await moveToDelayed(id, from, delay, token, { ...options, fieldsToUpdate });
  };
  backend.retryJob = async (id, lifo, token, options) => {
    const fieldsToUpdate = fieldsOf(options?.fieldsToUpdate);
    await retryJob(id, lifo, token, { ...options, fieldsToUpdate });
  };
  return backend;
}
