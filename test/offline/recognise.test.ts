import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import type { Plain } from "../../src/base/brand.ts";
import { seal } from "../../src/envelope/seal.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { recognise } from "../../src/offline/recognise.ts";
import { anchorsChangeText } from "../../src/roster/anchors.ts";
import { enrolmentRequest } from "../../src/roster/ceremony/enrolment.ts";
import { serverText } from "../../src/roster/ceremony/server.ts";
import { encryptKeys, newKeys } from "../../src/roster/identity.ts";
import { anchorsText, rosterText } from "../../src/roster/text.ts";
import { HandClock, signedBy, testBoard } from "../support/board.ts";

const board = testBoard(new HandClock());
const keys = newKeys("awa", systemChance);
let files: Readonly<Record<string, Uint8Array>>;

beforeAll(async () => {
  const { oprf, relay, checkpoint } = board.body;
  files = {
    identity: await encryptKeys(keys, "quatre mots et un fleuve", systemChance),
    enrolment: utf8(enrolmentRequest(keys)),
    anchors: utf8(anchorsText(board.anchors)),
    server: utf8(serverText({ oprf: oprf.current, relay, checkpoint })),
    draft: utf8(rosterText(board.body)),
    note: signedBy(board.board.slice(0, 2), board.body),
    board: utf8(anchorsChangeText(board.anchors, { ...board.anchors, threshold: 3 })),
  };
});

describe("a file laid on the table", () => {
  test("is known by what is in it", () => {
    for (const [kind, bytes] of Object.entries(files)) expect(recognise(bytes).kind).toBe(kind);
    expect(recognise(files["note"]!)).toMatchObject({ signers: ["board-1", "board-2"] });
    expect(recognise(files["board"]!)).toMatchObject({ signers: [] });
  });

  test("a request whose keys were exchanged, a report, a cut or garbled file is refused by its code", () => {
    const request = Buffer.from(files["enrolment"]!).toString();
    const exchanged = request.replace(/age1pq1[a-z0-9]+/, recipientOf(newIdentity(systemChance)));
    expect(recognise(utf8(exchanged))).toEqual({ kind: "refused", code: "enrolment.proof" });
    const report = seal([recipientOf(keys.identity)], utf8("sealed") as Uint8Array as Plain, systemChance);
    expect(recognise(report)).toEqual({ kind: "refused", code: "identity.malformed" });
    const cut = (kind: string, code: string): void =>
      expect([kind, recognise(files[kind]!.slice(0, 60))]).toEqual([kind, { kind: "refused", code }]);
    cut("identity", "identity.malformed");
    cut("draft", "roster.malformed");
    cut("note", "roster.malformed");
    cut("board", "anchors.malformed");
    const broken = JSON.stringify({
      ...(JSON.parse(Buffer.from(files["anchors"]!).toString()) as object),
      threshold: 9,
    });
    expect(recognise(utf8(broken))).toEqual({ kind: "refused", code: "anchors.malformed" });
  });

  test("whatever else it is, it is unknown and nothing breaks", () => {
    for (const bytes of [new Uint8Array(0), utf8("{}"), utf8("null"), utf8("[1]"), Uint8Array.of(0xff, 0xfe)])
      expect(recognise(bytes)).toEqual({ kind: "unknown" });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(...Object.keys(files)), (noise, kind) => {
        expect(["unknown", "refused"]).toContain(recognise(noise).kind);
        const garbled = files[kind]!.slice();
        for (const [at, byte] of noise.entries()) garbled[(at * 7 + byte) % garbled.length] = byte;
        expect(typeof recognise(garbled).kind).toBe("string");
      }),
      { numRuns: 50 },
    );
  });
});
