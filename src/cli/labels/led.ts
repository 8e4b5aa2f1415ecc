import type { LedCase } from "../../quarter/labels.ts";
import { listedAt } from "../case/list.ts";
import { readCaseOf } from "../case/record.ts";
import { desksOf, type Reader } from "../reader.ts";

/** Every case of the reader's desks that anybody began, read whole; a case of two desks once. */
export async function begunCases(reader: Reader): Promise<readonly LedCase[]> {
  const cases: LedCase[] = [];
  for (const desk of desksOf(reader))
    for (const { conversation, server } of await listedAt(reader, desk))
      if (server !== null)
        cases.push({
          report: conversation.first.message.report,
          known: (await readCaseOf(reader, conversation)).known,
        });
  return cases;
}
