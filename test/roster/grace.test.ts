import { expect, test } from "vitest";
import type { DeskId } from "../../src/base/brand.ts";
import { utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf, msPerDay } from "../../src/base/clock.ts";
import type { Event } from "../../src/base/events.ts";
import { decodeFrame, encodeFrame } from "../../src/envelope/frame.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import { seal } from "../../src/envelope/seal.ts";
import { firstDraft, lastServiceDay, nextDraft } from "../../src/roster/ceremony/draft.ts";
import { admit, extend } from "../../src/roster/ceremony/people.ts";
import { holdRoster, type HeldRoster } from "../../src/roster/held.ts";
import { rosterMemoryIn } from "../../src/roster/memory.ts";
import { deskRecipients } from "../../src/roster/readers.ts";
import type { RosterBody } from "../../src/roster/roster.ts";
import { verifyRoster } from "../../src/roster/verify.ts";
import { HandClock, signedBy, testBoard, testPerson } from "../support/board.ts";

const all = "all" as DeskId;
const clock = new HandClock();
const { board, anchors } = testBoard(clock);
const readers = ["awa", "boubacar"].map(testPerson);
const server = { oprf: systemChance.bytes(32), relay: readers[0]!.verifier, checkpoint: readers[0]!.verifier };

/** The first roster as the ceremony makes it, nobody naming a day. */
function drafted(): RosterBody {
  const empty = firstDraft(anchors.instance, server, [{ id: all, name: "Tout", places: [] }], clock.nowMs());
  return readers.reduce((draft, { id, identity, verifier }) => {
    const service = { name: id, organisation: "Benkadi", organisationShort: "Benkadi", places: [], languages: ["fr"] };
    const days = { from: dayOf(clock.nowMs()), until: lastServiceDay(draft) };
    const enrolment = { id, recipient: recipientOf(identity), verifier };
    return admit(draft, enrolment, { ...service, ...days, roles: ["review"], desks: [all] });
  }, empty);
}

/** Seals to the roster that is held, today, and says for how many of its readers the file opens. */
function sealedFor(roster: HeldRoster): number {
  const current = roster.current();
  const recipients = deskRecipients(current, current.desks[0]!, [], dayOf(clock.nowMs()), systemChance);
  const sealed = seal(recipients, encodeFrame({ kind: "report", body: utf8("Kouroufing") }), systemChance);
  const opened = readers.map(({ identity }, at) => decodeFrame(open(sealed, identity, nodeDecapsulator, at)).body);
  return opened.filter((body) => Buffer.from(body).toString() === "Kouroufing").length;
}

function hold(body: RosterBody): { roster: HeldRoster; events: Event[] } {
  const events: Event[] = [];
  let kept: Uint8Array | null = null;
  const memory = rosterMemoryIn({ read: () => kept, write: (bytes) => void (kept = bytes) });
  const roster = holdRoster(anchors, memory, clock, (event) => void events.push(event));
  roster.offer(signedBy(board.slice(0, 2), body));
  return { roster, events };
}

test.each(["admitted", "renewed"])(
  "%s by default, readers outlast the roster: sealed with a warning through its grace, refused after it",
  (how) => {
    let draft = drafted();
    if (how === "renewed") {
      const first = verifyRoster(anchors, signedBy(board.slice(0, 2), draft), null, clock.nowMs()).roster;
      clock.advanceMs(150 * msPerDay);
      const next = nextDraft(first, clock.nowMs());
      draft = extend(next, [], lastServiceDay(next));
    }
    const { roster, events } = hold(draft);
    expect([sealedFor(roster), events]).toEqual([2, []]);
    clock.advanceMs(draft.expiresMs - clock.nowMs() + 29 * msPerDay);
    expect(sealedFor(roster)).toBe(2);
    expect(events).toEqual([{ event: "roster.expiring" }]);
    clock.advanceMs(msPerDay - 1);
    expect(sealedFor(roster)).toBe(2);
    clock.advanceMs(1);
    expect(() => sealedFor(roster)).toThrow("roster.expired");
  },
);
