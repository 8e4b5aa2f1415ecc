import { beforeEach, expect, test } from "vitest";
import type { E164, Sealed } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf } from "../../src/base/clock.ts";
import { decodeCapsule } from "../../src/envelope/capsule.ts";
import { decodeFrame } from "../../src/envelope/frame.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { decodeReport, type Report } from "../../src/envelope/report.ts";
import { shapeOf } from "../../src/envelope/shape.ts";
import type { Edge } from "../../src/intake/edge.ts";
import { derivedSeenKeys } from "../../src/intake/seen.ts";
import { takeSms } from "../../src/intake/sms.ts";
import { openSources } from "../../src/intake/sources.ts";
import { HandClock, testBoard, testRoster } from "../support/board.ts";

const clock = new HandClock();
const board = testBoard(clock);
const roster = testRoster(clock, board);
const relay = newIdentity(systemChance);
const from = "+22370000001" as E164;
const today = dayOf(clock.nowMs());
const keys = { issuedMs: clock.nowMs(), recipientFor: () => recipientOf(relay) };

let posted: Sealed[];
let edge: Edge;
beforeEach(() => {
  posted = [];
  edge = {
    core: {
      accept: async ({ sealed }) => {
        posted.push(sealed);
        return "stored";
      },
    },
    roster: () => roster,
    clock,
    chance: systemChance,
    sources: openSources(clock, systemChance),
    seenKeys: derivedSeenKeys(systemChance.bytes(32), clock),
  };
});

async function sent(text: string, asked: Partial<Edge> = {}): Promise<Report> {
  const sms = { kind: "sms", gateway: "africastalking", providerId: "1", from, text } as const;
  expect(await takeSms({ ...edge, ...asked }, sms)).toBe("stored");
  const plain = open(posted.at(-1)!, board.people[0]!.identity, nodeDecapsulator, 0);
  return decodeReport(decodeFrame(plain).body);
}

test("R first puts the number into a capsule of the day and leaves the text without its mark", async () => {
  const report = await sent("R Où aller ?", { relayKeys: () => keys });
  expect(report.text).toBe("Où aller ?");
  const capsule = decodeCapsule(open(report.capsule as Sealed, relay, nodeDecapsulator));
  expect(capsule).toEqual({ gateway: "africastalking", number: from, expires: addDays(today, 14) });
});

test.each<[string, Partial<Edge>]>([
  ["nothing is answered by SMS", {}],
  ["no note of the relay has come", { relayKeys: () => null }],
  ["the note names no key of today", { relayKeys: () => ({ ...keys, recipientFor: () => null }) }],
])("where %s the report goes without a capsule, its wish still readable", async (_why, asked) => {
  const report = await sent("R Où aller ?", asked);
  expect([report.text, report.capsule]).toEqual(["R Où aller ?", undefined]);
});

test("who does not ask gets none, whatever keys there are; what the core stores does not tell", async () => {
  for (const text of ["Où aller ?", "r Où aller ?", "R.Où aller ?"])
    expect((await sent(text, { relayKeys: () => keys })).capsule).toBeUndefined();
  await sent("R Où aller ?", { relayKeys: () => keys });
  expect(new Set(posted.map((sealed) => JSON.stringify(shapeOf(sealed)))).size).toBe(1);
});
