import { describe, expect, test } from "vitest";
import type { DeskId } from "../../../src/base/brand.ts";
import { utf8 } from "../../../src/base/bytes.ts";
import { systemChance } from "../../../src/base/chance.ts";
import { addDays, dayOf, isoDay, msPerDay } from "../../../src/base/clock.ts";
import { recipientOf } from "../../../src/envelope/recipient.ts";
import {
  draftBytes,
  firstAnchors,
  firstDraft,
  lastServiceDay,
  nextDraft,
  parseDraft,
  servingShort,
  unfinished,
} from "../../../src/roster/ceremony/draft.ts";
import type { Enrolment } from "../../../src/roster/ceremony/enrolment.ts";
import {
  admit,
  extend,
  remove,
  renewKeys,
  renewServer,
  setDesk,
  type Service,
} from "../../../src/roster/ceremony/people.ts";
import { parseServer, serverText } from "../../../src/roster/ceremony/server.ts";
import { findDesk } from "../../../src/roster/roster.ts";
import { signFile } from "../../../src/roster/sign.ts";
import { HandClock, testBoard, testPerson, testRoster, type TestPerson } from "../../support/board.ts";

const clock = new HandClock();
const made = testBoard(clock);
const today = dayOf(clock.nowMs());
const all = "all" as DeskId;
const server = {
  oprf: systemChance.bytes(32),
  relay: testPerson("relay").verifier,
  checkpoint: testPerson("core").verifier,
};
const enrolled = ({ id, identity, verifier }: TestPerson): Enrolment => ({
  id,
  recipient: recipientOf(identity),
  verifier,
});
const service: Service = {
  name: "Awa D.",
  organisation: "Benkadi",
  organisationShort: "Benkadi",
  places: ["ML09"],
  languages: ["fr"],
  roles: ["review"],
  from: today,
  until: addDays(today, 183),
  desks: [all],
};

describe("the first roster", () => {
  const empty = firstDraft("mali-1", server, [{ id: all, name: "Tout", places: [] }], clock.nowMs());
  const [awa, fanta] = [testPerson("awa"), testPerson("fanta")];

  test("says what it lacks until two read for the desk, and is not signed before", () => {
    const one = admit(empty, enrolled(awa), service);
    const two = admit(one, enrolled(fanta), { ...service, name: "Fanta S." });
    expect([empty, one, two].map(unfinished)).toEqual(["roster.deskTooSmall", "roster.deskTooSmall", null]);
    const [member] = made.board;
    const anchors = { ...made.anchors, instance: "mali-1" };
    const sign = (file: Uint8Array): Uint8Array => signFile(file, anchors, member!.id, member!.signing);
    expect(() => sign(draftBytes(one))).toThrow("roster.deskTooSmall");
    expect(parseDraft(sign(draftBytes(two)))).toEqual(two);
    expect(() => signFile(draftBytes(two), made.anchors, member!.id, member!.signing)).toThrow("roster.instance");
    const respelled = new TextDecoder().decode(draftBytes(two)).replace('{"reviewers"', '{ "reviewers"');
    expect(() => sign(utf8(respelled))).toThrow("roster.malformed");
  });

  test("a desk that no roster can hold is refused at once", () => {
    const desk = { id: all, name: "Tout", places: ["BKO"] };
    expect(() => firstDraft("mali-1", server, [desk], clock.nowMs())).toThrow("roster.details");
    expect(() => firstDraft("Mali 1", server, [], clock.nowMs())).toThrow("roster.details");
  });

  test("anchors are those of distinct members, k of whom exist", () => {
    const members = made.board.map((one) => ({ enrolment: enrolled(one), name: one.id }));
    expect(firstAnchors("test-line", members, 2)).toEqual(made.anchors);
    expect(() => firstAnchors("test-line", members, 4)).toThrow("anchors.malformed");
    expect(() => firstAnchors("test-line", [members[0]!, members[0]!], 1)).toThrow("anchors.malformed");
  });
});

describe("the next roster", () => {
  const roster = testRoster(clock, made);
  const draft = nextDraft(roster, clock.nowMs());

  test("follows the one in force, with a new term and the same people", () => {
    expect(draft).toMatchObject({ serial: 2, previous: roster.noteHash, reviewers: roster.reviewers });
    expect(draft.expiresMs - draft.issuedMs).toBe(183 * msPerDay);
    expect(parseDraft(draftBytes(draft))).toEqual(draft);
    expect("noteHash" in draft).toBe(false);
  });

  test("gives service past its grace unless the board names another day, and tells who serves less", () => {
    expect(isoDay(lastServiceDay(draft))).toBe(isoDay(addDays(dayOf(draft.expiresMs), 30)));
    // Everybody here was admitted under the roster before, whose term ended three days earlier.
    expect(servingShort(draft)).toEqual(draft.reviewers);
    const renewed = extend(draft, [], lastServiceDay(draft));
    expect(servingShort(renewed)).toEqual([]);
    const short = extend(renewed, ["r2"], addDays(lastServiceDay(draft), -1));
    expect(servingShort(short).map(({ id }) => id)).toEqual(["r2"]);
  });

  test("admits somebody last, so that nobody's stanza moves", () => {
    const admitted = admit(draft, enrolled(testPerson("awa")), service);
    expect(admitted.reviewers.map(({ id }) => id)).toEqual([...draft.reviewers.map(({ id }) => id), "awa"]);
    expect(findDesk(admitted, all)!.reviewers).toContain("awa");
    expect(findDesk(admitted, "gao" as DeskId)!.reviewers).not.toContain("awa");
    expect(unfinished(admitted)).toBeNull();
  });

  test("refuses a name or key that is there, a desk that is not, and words that do not fit", () => {
    const awa = enrolled(testPerson("awa"));
    const [r1] = made.people;
    expect(() => admit(draft, enrolled(testPerson("r1")), service)).toThrow("roster.duplicateId");
    expect(() => admit(draft, { ...awa, recipient: recipientOf(r1!.identity) }, service)).toThrow("roster.sharedKey");
    const sameSigner = { ...awa, verifier: { ...r1!.verifier, name: "awa" } };
    expect(() => admit(draft, sameSigner, service)).toThrow("roster.sharedKey");
    expect(() => admit(draft, awa, { ...service, desks: ["none" as DeskId] })).toThrow("desk.unknown");
    for (const wrong of [
      { organisationShort: "seventeen letters" },
      { places: ["Gao"] },
      { languages: ["french"] },
      { name: "" },
    ])
      expect(() => admit(draft, awa, { ...service, ...wrong })).toThrow("roster.details");
  });

  test("removes somebody from every desk, and says when too few remain", () => {
    const removed = remove(draft, "r4");
    expect(removed.reviewers.some(({ id }) => id === "r4")).toBe(false);
    expect(removed.desks.flatMap(({ reviewers }) => reviewers)).not.toContain("r4");
    expect(unfinished(removed)).toBe("roster.deskTooSmall");
    expect(unfinished(remove(draft, "r1"))).toBeNull();
    expect(() => remove(draft, "r9")).toThrow("roster.unknownPerson");
  });

  test("prolongs everybody or somebody", () => {
    const until = addDays(today, 400);
    expect(extend(draft, [], until).reviewers.every((one) => one.until === until)).toBe(true);
    expect(
      extend(draft, ["r2"], until)
        .reviewers.filter((one) => one.until === until)
        .map(({ id }) => id),
    ).toEqual(["r2"]);
    expect(() => extend(draft, ["r9"], until)).toThrow("roster.unknownPerson");
  });

  test("takes a person's new keys in the same place, nobody else's", () => {
    const renewed = { ...enrolled(testPerson("r2")) };
    const after = renewKeys(draft, renewed);
    expect(after.reviewers.map(({ id }) => id)).toEqual(draft.reviewers.map(({ id }) => id));
    expect(after.reviewers[1]).toMatchObject(renewed);
    const [r1] = made.people;
    expect(() => renewKeys(draft, { ...renewed, recipient: recipientOf(r1!.identity) })).toThrow("roster.sharedKey");
    expect(() => renewKeys(draft, enrolled(testPerson("r9")))).toThrow("roster.unknownPerson");
  });

  test("opens a desk, and changes who reads for one", () => {
    const desk = { id: "kayes" as DeskId, name: "Kayes", places: ["ML01"], reviewers: ["r1", "r2"], approvals: 2 };
    expect(setDesk(draft, desk).desks.at(-1)).toEqual(desk);
    const changed = setDesk(draft, { ...desk, id: all });
    expect(changed.desks.map(({ id }) => id)).toEqual(draft.desks.map(({ id }) => id));
    expect(findDesk(changed, all)).toEqual({ ...desk, id: all });
    expect(() => setDesk(draft, { ...desk, reviewers: ["r1", "r9"] })).toThrow("roster.unknownPerson");
    expect(() => setDesk(draft, { ...desk, places: ["Kayes"] })).toThrow("roster.details");
  });

  test("keeps a VOPRF key that changes as the previous one, and no other", () => {
    const rotated = renewServer(draft, server);
    expect(rotated.oprf).toEqual({ current: server.oprf, previous: draft.oprf.current });
    expect(renewServer(rotated, server).oprf).toEqual(rotated.oprf);
  });
});

test("server.json goes over and back, and anything else is refused", () => {
  expect(parseServer(utf8(serverText(server)))).toEqual(server);
  const record = JSON.parse(serverText(server)) as Record<string, unknown>;
  for (const wrong of [{ v: 2 }, { oprf: "AAAA" }, { relay: "relay" }, { more: 1 }])
    expect(() => parseServer(utf8(JSON.stringify({ ...record, ...wrong })))).toThrow("server.malformed");
});
