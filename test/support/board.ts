import type { DeskId } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf, msPerDay, type Clock, type UnixMs } from "../../src/base/clock.ts";
import { Secret } from "../../src/base/secret.ts";
import { addSignature, verifierOf, type SigningKey } from "../../src/envelope/note-sign.ts";
import { formatVerifierKey, parseVerifierKey, type NoteVerifier } from "../../src/envelope/note.ts";
import { newIdentity, recipientOf, type Identity } from "../../src/envelope/recipient.ts";
import type { Anchors, Reviewer, Roster, RosterBody } from "../../src/roster/roster.ts";
import { signRoster } from "../../src/roster/sign.ts";
import { graceDays, verifyRoster } from "../../src/roster/verify.ts";

/** A clock that a test sets by hand. */
export class HandClock implements Clock {
  #ms: number;

  constructor(iso = "2026-11-23T10:30:00Z") {
    this.#ms = Date.parse(iso);
  }

  nowMs(): UnixMs {
    return this.#ms as UnixMs;
  }

  advanceMs(ms: number): void {
    this.#ms += ms;
  }
}

/**
 * The same, running on by itself from where it was set: what is paced by a clock that stands waits longer every time, and a
 * story reads dozens of times.
 */
export class RunningClock extends HandClock {
  readonly #sinceMs = performance.now();

  override nowMs(): UnixMs {
    return (super.nowMs() + Math.floor(performance.now() - this.#sinceMs)) as UnixMs;
  }
}

/** Keys of one person, made by the test. */
export interface TestPerson {
  readonly id: string;
  readonly identity: Identity;
  readonly signing: SigningKey;
  readonly verifier: NoteVerifier;
}

export function testPerson(id: string): TestPerson {
  const signing = new Secret<Uint8Array>(systemChance.bytes(32));
  return { id, identity: newIdentity(systemChance), signing, verifier: verifierIn(id, signing) };
}

export function verifierIn(name: string, signing: SigningKey): NoteVerifier {
  return parseVerifierKey(formatVerifierKey(name, verifierOf(signing)))!;
}

/** A board of three with a threshold of two, five reviewers in desk `all`, two of them in `gao`, one officer. */
export function testBoard(clock: Clock) {
  const board = ["board-1", "board-2", "board-3"].map(testPerson);
  const people = ["r1", "r2", "r3", "r4", "r5", "o1"].map(testPerson);
  const anchors: Anchors = {
    instance: "test-line",
    board: board.map(({ id, verifier, identity }) => ({ id, name: id, verifier, recipient: recipientOf(identity) })),
    threshold: 2,
    serial: 1,
  };
  const today = dayOf(clock.nowMs());
  const organisations = ["Benkadi", "Jigi", "Hakili", "Benkadi", "Jigi", "Yeelen"];
  const places = [["ML09"], ["ML04"], ["ML06"], ["ML07"], ["ML0703"], []];
  const reviewers = people.map(({ id, identity, verifier }, index): Reviewer => ({
    id,
    name: `Person ${id}`,
    organisation: organisations[index]!,
    organisationShort: organisations[index]!,
    places: places[index]!,
    languages: ["fr"],
    recipient: recipientOf(identity),
    verifier,
    roles: id === "o1" ? ["release"] : ["review"],
    from: addDays(today, -1),
    until: addDays(today, 180 + graceDays),
  }));
  const server = testPerson("server");
  const relay = testPerson("relay");
  const body: RosterBody = {
    instance: "test-line",
    serial: 1,
    previous: new Uint8Array(32),
    issuedMs: clock.nowMs(),
    expiresMs: (clock.nowMs() + 180 * msPerDay) as UnixMs,
    reviewers,
    desks: [
      { id: "all" as DeskId, name: "Tout", places: [], reviewers: ["r1", "r2", "r3", "r4", "r5"], approvals: 2 },
      { id: "gao" as DeskId, name: "Gao", places: ["ML07"], reviewers: ["r4", "r5"], approvals: 2 },
    ],
    oprf: { current: systemChance.bytes(32), previous: null },
    relay: relay.verifier,
    checkpoint: server.verifier,
  };
  return { board, people, anchors, body, relay, server };
}

export type TestBoard = ReturnType<typeof testBoard>;

/** The body signed by these members of the board. */
export function signedBy(board: readonly TestPerson[], body: RosterBody): Uint8Array {
  const [first, ...others] = board;
  const note = signRoster(body, first!.id, first!.signing);
  return others.reduce((signed, { id, signing }) => addSignature(signed, id, signing), note);
}

/** A verified roster, as every room past the check sees it. */
export function testRoster(clock: Clock, test: TestBoard = testBoard(clock)): Roster {
  const note = signedBy(test.board.slice(0, 2), test.body);
  return verifyRoster(test.anchors, note, null, clock.nowMs()).roster;
}
