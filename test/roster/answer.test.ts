import { describe, expect, it } from "vitest";
import type { DeskId, E164, ReportId } from "../../src/base/brand.ts";
import { fromUtf8, hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf } from "../../src/base/clock.ts";
import { sealCapsule } from "../../src/envelope/capsule.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { verify } from "../../src/envelope/sign.ts";
import { answerMessage, approversOf, capsuleHashOf, isApproved, signAnswer } from "../../src/roster/answer.ts";
import { decodeProposal, encodeProposal, type Proposal } from "../../src/roster/proposal.ts";
import { HandClock, testBoard, testRoster } from "../support/board.ts";

const clock = new HandClock();
const board = testBoard(clock);
const roster = testRoster(clock, board);
const today = dayOf(clock.nowMs());
const relay = recipientOf(newIdentity(systemChance));
const asked = { gateway: "africastalking", number: "+22370000001" as E164 } as const;
const capsuleHash = capsuleHashOf(sealCapsule(asked, today, relay, systemChance));
const answer = { desk: "all" as DeskId, capsuleHash, text: "Merci.\nDemain ?" };
const by = (person: number, what = answer, instance = roster.instance) => {
  const { id, signing } = board.people[person]!;
  return signAnswer(instance, what, id, signing);
};
const approvers = (...signatures: readonly ReturnType<typeof by>[]) => approversOf(roster, answer, signatures, today);

describe("the approval of an answer", () => {
  it("is over its kind, the instance, the desk, the capsule's hash and the whole text", () => {
    const message = answerMessage("test-line", answer);
    expect(fromUtf8(message)).toBe(`gundo/answer/v1\ntest-line\nall\n${hex(capsuleHash)}\nMerci.\nDemain ?`);
    expect(verify(board.people[0]!.verifier.publicKey, message, by(0).signature)).toBe(true);
  });

  it("counts distinct reviewers of the desk, and as many as the desk asks for are enough", () => {
    expect(approvers(by(0), by(1))).toEqual(["r1", "r2"]);
    expect(isApproved(roster, answer, [by(0), by(1)], today)).toBe(true);
    expect(approvers(by(0), by(0))).toEqual(["r1"]);
    expect(isApproved(roster, answer, [by(0), by(0)], today)).toBe(false);
    expect(isApproved(roster, answer, [], today)).toBe(false);
    expect(isApproved(roster, { ...answer, desk: "none" as DeskId }, [by(0), by(1)], today)).toBe(false);
  });

  it("does not hold for another text, capsule, desk or instance, from an officer, or under another's name", () => {
    expect(approvers(by(0, { ...answer, text: "Merci.\nDemain !" }))).toEqual([]);
    expect(approvers(by(0, { ...answer, capsuleHash: new Uint8Array(32) }))).toEqual([]);
    expect(approvers(by(3, { ...answer, desk: "gao" as DeskId }))).toEqual([]);
    expect(approvers(by(0, answer, "other-line"))).toEqual([]);
    expect(approvers(by(5))).toEqual([]);
    expect(approvers({ ...by(1), reviewer: "r1" })).toEqual([]);
    expect(approvers({ ...by(1), reviewer: "nobody" })).toEqual([]);
    expect(approversOf(roster, { ...answer, desk: "none" as DeskId }, [by(0)], today)).toEqual([]);
    const elsewhere = { ...answer, desk: "gao" as DeskId };
    expect(approversOf(roster, elsewhere, [by(0, elsewhere), by(3, elsewhere)], today)).toEqual(["r4"]);
  });

  it("ends with the reviewer's service", () => {
    const { until } = roster.reviewers[0]!;
    expect(approversOf(roster, answer, [by(0)], until)).toEqual(["r1"]);
    expect(approversOf(roster, answer, [by(0)], addDays(until, 1))).toEqual([]);
  });
});

describe("a proposal", () => {
  const proposal: Proposal = {
    ...answer,
    report: hex(systemChance.bytes(16)) as ReportId,
    language: "fr",
    signatures: [by(0)],
  };

  it("comes back as it was, and holds no capsule, so that an approver takes the one in the report", () => {
    const bytes = encodeProposal(proposal);
    expect(decodeProposal(bytes)).toEqual(proposal);
    expect(bytes.length).toBeLessThan(600);
  });

  it.each<[string, (json: string) => string]>([
    ["an unknown field", (json) => json.replace("}", ',"x":1}')],
    ["another spelling", (json) => json.replace(":", ": ")],
    ["another version", (json) => json.replace('"v":1', '"v":2')],
    ["a short hash", (json) => json.replace(/"capsule":"../, '"capsule":"')],
    ["no report", (json) => json.replace(/"report":"../, '"report":"XY')],
    ["a text that a phone cannot show", (json) => json.replace("Merci", "\\u0007")],
    ["no desk", (json) => json.replace('"desk":"all"', '"desk":"Z"')],
    ["no text", (json) => json.replace(/"text":"[^"]*"/, '"text":1')],
    ["a language in capitals", (json) => json.replace('"language":"fr"', '"language":"Xfr"')],
    ["a language with more behind it", (json) => json.replace('"language":"fr"', '"language":"frX"')],
    ["no signatures", (json) => json.replace(/"signatures":.*$/, '"signatures":null}')],
    ["nothing", () => ""],
  ])("is refused with %s", (_what, change) => {
    const json = change(fromUtf8(encodeProposal(proposal))!);
    expect(() => decodeProposal(utf8(json))).toThrow("proposal.malformed");
    expect(() => encodeProposal({ ...proposal, language: "X" })).toThrow("proposal.malformed");
  });
});
