import { z } from "zod";
import type { CaseEventHash, Door, DoorHash, Sealed } from "../../base/brand.ts";
import { base64url, fromBase64 } from "../../base/bytes.ts";
import { codeOf, Fault } from "../../base/fault.ts";
import { strictBytes } from "../../base/strict.ts";
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
const eventsPage = z.object({
  events: z.array(z.object({ seq: z.int(), sealed: z.string() })),
  next: z.int().nullable(),
});
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

/** The sealed events of a case in order, and its head. */
export interface SealedCase {
  readonly events: readonly { readonly seq: number; readonly sealed: Sealed }[];
  readonly head: CaseEventHash;
}

/** Null when nobody has begun the case. A case that moves on while it is read is read to the newer head. */
export async function fetchCase(client: Client, door: Door): Promise<SealedCase | null> {
  const events: { seq: number; sealed: Sealed }[] = [];
  let head: CaseEventHash | null = null;
  for (let after: number | null = 0; after !== null;) {
    const response = await eventsAfter(client, door, after);
    if (response === null) return null;
    head = headIn(response);
    const page: z.infer<typeof eventsPage> = eventsPage.parse(await response.json());
    for (const { seq, sealed } of page.events) {
      const bytes = fromBase64(sealed);
      if (bytes === null) throw new Fault("cli.unreachable");
      events.push({ seq, sealed: bytes as Uint8Array as Sealed });
    }
    after = page.next;
  }
  if (head === null) throw new Fault("cli.unreachable");
  return { events, head };
}

async function eventsAfter(client: Client, door: Door, after: number): Promise<Response | null> {
  try {
    return await client.request(`/api/case/events?after=${after}`, { headers: { "gundo-door": base64url(door) } });
  } catch (error) {
    if (codeOf(error) === "case.unknown") return null;
    throw error;
  }
}

function headIn(response: Response): CaseEventHash | null {
  const quoted = /^"(.{43})"$/.exec(response.headers.get("etag") ?? "")?.[1];
  return strictBytes(quoted, 32) as CaseEventHash | null;
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
