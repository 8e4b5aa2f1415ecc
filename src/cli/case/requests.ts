import { z } from "zod";
import type { Door, DoorHash, Sealed } from "../../base/brand.ts";
import { base64url } from "../../base/bytes.ts";
import { caseStates } from "../../envelope/case-act.ts";
import { eventHeaders, type EventPost } from "../../roster/case-write.ts";
import type { Client } from "../client.ts";

/** What the server says of a case; its events say whether that is so. */
export type ServerCase = z.infer<typeof serverCase>;

const serverCase = z.object({
  state: z.enum(caseStates),
  seq: z.int(),
  acknowledgeDay: z.string(),
  answerDay: z.string(),
});
const statesPage = z.object({ cases: z.array(serverCase.nullable()) });
const doorsAtOnce = 500;

/** For each door what the server says of its case; null where there is none, or none for this reviewer. */
export async function fetchStates(client: Client, doors: readonly Door[]): Promise<readonly (ServerCase | null)[]> {
  const cases: (ServerCase | null)[] = [];
  for (let start = 0; start < doors.length; start += doorsAtOnce) {
    const body = JSON.stringify({ doors: doors.slice(start, start + doorsAtOnce).map(base64url) });
    const headers = { "content-type": "application/json" };
    const response = await client.request("/api/case/states", { method: "POST", headers, body });
    cases.push(...statesPage.parse(await response.json()).cases);
  }
  return cases;
}

/** Rejects with `case.conflict` when somebody else was first, `case.unknown`, `envelope.shape`. */
export async function postEvent(client: Client, post: EventPost): Promise<void> {
  const headers = eventHeaders(post);
  await client.request("/api/case/events", { method: "POST", headers, body: new Uint8Array(post.sealed) });
}

/** Posts sealed bytes to a desk as anybody does, signed out. */
export async function postReport(client: Client, desk: string, sealed: Sealed, doorHash: DoorHash): Promise<void> {
  const more = { "gundo-door-hash": base64url(doorHash) };
  await client.postOpenly(`/reports/${desk}`, sealed, "application/age", more);
}
