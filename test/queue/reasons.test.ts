import type { IQueueBackend, MinimalJob } from "bullmq";
import { expect, test } from "vitest";
import { storingCodes } from "../../src/queue/reasons.ts";

const said = "connect ECONNREFUSED /home/fanta/.s.PGSQL.5432";
const fields = { failedReason: said, stacktrace: JSON.stringify([said]), tm: "kept" };
const clean = { failedReason: "queue.unavailable", stacktrace: "[]", tm: "kept" };

function recording(): { backend: IQueueBackend; stored: unknown[] } {
  const stored: unknown[] = [];
  const record = (...given: unknown[]): Promise<void> => {
    stored.push(given);
    return Promise.resolve();
  };
  const methods: unknown = { moveToFailed: record, moveToDelayed: record, retryJob: record };
  return { backend: storingCodes(methods as IQueueBackend), stored };
}

test("whatever path a failure takes to the database, only a code arrives", async () => {
  const { backend, stored } = recording();
  const job: unknown = { id: "a" };
  await backend.moveToFailed(job as MinimalJob, said, true, "token", false, fields);
  await backend.moveToDelayed("a", 1, 2, "token", { fetchNext: true, fieldsToUpdate: fields });
  await backend.retryJob("a", false, "token", { fieldsToUpdate: fields });
  expect(stored).toEqual([
    [job, "queue.unavailable", true, "token", false, clean],
    ["a", 1, 2, "token", { fetchNext: true, fieldsToUpdate: clean }],
    ["a", false, "token", { fieldsToUpdate: clean }],
  ]);
});

test("codes of ours pass, and a job that stalled too often says so", async () => {
  const { backend, stored } = recording();
  for (const reason of ["report.malformed", "job stalled more than allowable limit"])
    await backend.retryJob("a", false, "token", { fieldsToUpdate: { failedReason: reason } });
  expect(stored.map((given) => (given as { fieldsToUpdate: unknown }[])[3]!.fieldsToUpdate)).toEqual([
    { failedReason: "report.malformed", stacktrace: "[]" },
    { failedReason: "stalled", stacktrace: "[]" },
  ]);
});
