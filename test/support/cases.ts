import type { CaseEventHash, DeskId, Door } from "../../src/base/brand.ts";
import { base64url } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf, type UnixDay } from "../../src/base/clock.ts";
import { auditObject, signAct } from "../../src/envelope/audit.ts";
import type { CaseAct, CaseState } from "../../src/envelope/case-act.ts";
import { decodeCaseEvent, noEventBefore, signCaseEvent } from "../../src/envelope/case-event.ts";
import { hashDoor, newDoor } from "../../src/envelope/door.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { seal } from "../../src/envelope/seal.ts";
import { deskRecipients } from "../../src/roster/readers.ts";
import { findDesk } from "../../src/roster/roster.ts";
import type { TestPerson } from "./board.ts";
import type { TestGate } from "./gate.ts";
import { sealedNoise } from "./reports.ts";

/** An event of a case of `test-line`, signed. */
export function eventBy(
  person: Pick<TestPerson, "id" | "signing">,
  door: Door,
  act: CaseAct,
  previous: CaseEventHash = noEventBefore,
  day: UnixDay = 20_780 as UnixDay,
): Uint8Array {
  const place = { author: person.id, previous, day, nonce: systemChance.bytes(16) };
  return signCaseEvent(act, place, { instance: "test-line", doorHash: hashDoor(door) }, person.signing);
}

export function hashOf(body: Uint8Array): CaseEventHash {
  return decodeCaseEvent(body).hash;
}

/** A report of the desk with a door, as the mix leaves it; its bytes open for nobody. */
export async function plantReport(gate: TestGate, desk = "all", door = newDoor(systemChance)): Promise<Door> {
  await gate.store.store.db
    .insertInto("report")
    .values({
      id: systemChance.bytes(16),
      desk,
      received_day: dayOf(gate.clock.nowMs()),
      size_class: 8192,
      door_hash: hashDoor(door),
      sealed: sealedNoise(),
    })
    .execute();
  return door;
}

/** What a post may say otherwise than it should. */
export interface Post {
  readonly state?: CaseState;
  readonly desk?: string;
  readonly aside?: boolean;
  readonly signer?: Pick<TestPerson, "id" | "signing">;
  readonly headers?: Readonly<Record<string, string>>;
  /** Left out of the request. */
  readonly without?: string;
}

/** `POST /api/case/events` as a reader's client sends it. */
export function postOf(gate: TestGate, person: TestPerson, door: Door, body: Uint8Array, post: Post = {}): RequestInit {
  const { roster } = gate;
  const { hash, previous, day } = decodeCaseEvent(body);
  const desk = findDesk(roster, (post.desk ?? "all") as DeskId)!;
  const recipients = deskRecipients(roster, desk, [], day, systemChance);
  const sealed = seal(recipients, encodeFrame({ kind: "caseEvent", body }), systemChance);
  const { id: reviewer, signing } = post.signer ?? person;
  const act = { instance: roster.instance, reviewer, action: "caseEvent", object: auditObject(hash, door) } as const;
  const headers = new Headers({
    "content-type": "application/age",
    "gundo-door": base64url(door),
    "gundo-event-hash": base64url(hash),
    "gundo-case-state": post.state ?? "open",
    "gundo-audit-signature": base64url(signAct(signing, act)),
    ...(post.aside === true && { "gundo-aside": "1" }),
    ...(previous.every((byte) => byte === 0) ? { "if-none-match": "*" } : { "if-match": `"${base64url(previous)}"` }),
    ...post.headers,
  });
  if (post.without !== undefined) headers.delete(post.without);
  return { method: "POST", body: new Uint8Array(sealed), headers };
}
