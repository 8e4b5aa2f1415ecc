import { createHash, createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseEventHash, Door, DoorHash } from "../../src/base/brand.ts";
import { base64url, concat, hex, readU32be, u32be, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import type { UnixDay } from "../../src/base/clock.ts";
import { Secret } from "../../src/base/secret.ts";
import { caseKinds, mostTextBytes, type CaseAct, type Outcome } from "../../src/envelope/case-act.ts";
import {
  decodeCaseEvent,
  isSignedBy,
  noEventBefore,
  signCaseEvent,
  withoutHistory,
  type CaseEventPlace,
  type CaseOf,
} from "../../src/envelope/case-event.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { publicKeyOf } from "../../src/envelope/sign.ts";

const key = new Secret<Uint8Array>(new Uint8Array(32).fill(7));
const of: CaseOf = { instance: "test-line", doorHash: new Uint8Array(32).fill(1) as DoorHash };
const place: CaseEventPlace = {
  author: "r1",
  previous: noEventBefore,
  day: 20_780 as UnixDay,
  nonce: new Uint8Array(16).fill(2),
};
const refused = expect.objectContaining({ code: "case.malformed" });
const filled = (length: number, byte: number) => new Uint8Array(length).fill(byte);

const acts: { readonly [Kind in CaseAct["kind"]]: Extract<CaseAct, { kind: Kind }> } = {
  take: { kind: "take" },
  handOver: { kind: "handOver", to: "r2" },
  aside: { kind: "aside" },
  note: { kind: "note", text: 'Vu "là-bas" 🔒' },
  label: {
    kind: "label",
    label: { category: "DRG", place: "ML0703", unit: "u1", plausible: true, taxonomy: "2026-1", geography: "2026-1" },
  },
  assess: { kind: "assess", exposure: { knowers: "few", named: true } },
  link: { kind: "link", doors: [filled(32, 3) as DoorHash] },
  question: { kind: "question", text: "Quand ?" },
  answer: { kind: "answer", text: "Merci." },
  acknowledge: { kind: "acknowledge" },
  propose: { kind: "propose", language: "fr", text: "Merci.", signature: filled(64, 4) },
  approve: { kind: "approve", proposal: filled(32, 5) as CaseEventHash, signature: filled(64, 6) },
  close: { kind: "close", outcome: "passedOn" },
  reopen: { kind: "reopen", text: "Elle écrit encore." },
  history: {
    kind: "history",
    history: { serial: 1, skip: 0, events: [signCaseEvent({ kind: "take" }, place, of, key)], more: false },
  },
};

const bodyOf = (act: CaseAct): Uint8Array => signCaseEvent(act, place, of, key);
const headIn = (body: Uint8Array): Uint8Array => body.subarray(4, 4 + readU32be(body, 0));

describe("a case event", () => {
  it.each(caseKinds)("%s comes back whole, and is signed for its case", (kind) => {
    const body = bodyOf(acts[kind]);
    const event = decodeCaseEvent(body);
    expect(event).toMatchObject({ ...place, act: acts[kind] });
    expect(isSignedBy(publicKeyOf(key), event, of)).toBe(true);
    expect(isSignedBy(publicKeyOf(key), event, { ...of, instance: "other-line" })).toBe(false);
    expect(isSignedBy(publicKeyOf(key), event, { ...of, doorHash: filled(32, 9) as DoorHash })).toBe(false);
    expect(isSignedBy(publicKeyOf(new Secret<Uint8Array>(filled(32, 8))), event, of)).toBe(false);
  });

  // The bytes of the contract, written out by hand; Node's own Ed25519 and SHA-256 are the oracle.
  it("is spelled as README.md says, byte for byte", () => {
    const data = concat(u32be(11), utf8('{"text":12}'), utf8("Appelé 12 h"));
    expect(bodyOf({ kind: "note", text: "Appelé 12 h" })).toSatisfy((body: Uint8Array) => {
      const digest = createHash("sha256").update(data).digest("base64url");
      const zeros = Buffer.alloc(32).toString("base64url");
      const nonce = Buffer.alloc(16, 2).toString("base64url");
      const lines = [
        "gundo/case-event/v1",
        "test-line",
        Buffer.alloc(32, 1).toString("base64url"),
        "r1",
        zeros,
        "note",
      ];
      const message = Buffer.from(`${[...lines, "2026-11-23", nonce, digest].join("\n")}\n`);
      const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), Buffer.alloc(32, 7)]);
      const privateKey = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
      const signature = sign(null, message, privateKey);
      const head = `{"v":1,"author":"r1","previous":"${zeros}","kind":"note","day":20780,"nonce":"${nonce}","digest":"${digest}","signature":"${signature.toString("base64url")}"}`;
      expect(Buffer.from(body).toString("hex")).toBe(
        Buffer.from(concat(u32be(head.length), utf8(head), data)).toString("hex"),
      );
      const event = decodeCaseEvent(body);
      expect(hex(event.hash)).toBe(createHash("sha256").update(head).digest("hex"));
      return verify(null, message, createPublicKey(privateKey), event.signature);
    });
  });

  it("4 000 bytes of any text fit the smallest class, in every kind that has one", () => {
    const text = fc.string({
      unit: fc.constantFrom('"', "\\", "\n", "é", "🔒", "x"),
      minLength: 3900,
      maxLength: 4000,
    });
    fc.assert(
      fc.property(text, fc.constantFrom("note", "question", "answer", "reopen"), (words, kind) => {
        const cut = Buffer.from(words).subarray(0, mostTextBytes).toString().replaceAll("�", "");
        const body = bodyOf({ kind, text: cut });
        expect(encodeFrame({ kind: "caseEvent", body })).toHaveLength(8192);
        expect(decodeCaseEvent(body).act).toEqual({ kind, text: cut });
      }),
      { numRuns: 30 },
    );
  });

  it("what would not be read is not written", () => {
    const bad: readonly CaseAct[] = [
      { kind: "note", text: "" },
      { kind: "note", text: "x".repeat(4001) },
      { kind: "handOver", to: "Not A Name" },
      { kind: "link", doors: [] },
      { kind: "link", doors: [filled(31, 1) as DoorHash] },
      { kind: "link", doors: Array.from({ length: 65 }, () => filled(32, 1) as DoorHash) },
      { kind: "propose", language: "", text: "x", signature: filled(64, 1) },
      { kind: "propose", language: "fr", text: "x", signature: filled(63, 1) },
      { kind: "approve", proposal: filled(31, 1) as CaseEventHash, signature: filled(64, 1) },
      { kind: "label", label: { ...acts.label.label, category: "x\n" } },
      { kind: "label", label: { ...acts.label.label, place: "" } },
      { kind: "history", history: { serial: 1, skip: 0, events: [], more: false } },
      { kind: "close", outcome: "lost" as Outcome },
    ];
    for (const act of bad) expect(() => bodyOf(act)).toThrow(refused);
    for (const bent of [
      { author: "R1" },
      { day: -1 as UnixDay },
      { nonce: filled(15, 1) },
      { previous: filled(31, 1) as CaseEventHash },
    ])
      expect(() => signCaseEvent({ kind: "take" }, { ...place, ...bent }, of, key)).toThrow(refused);
  });
});

const reshaped = (body: Uint8Array, change: (head: string) => string): Uint8Array => {
  const head = utf8(change(Buffer.from(headIn(body)).toString()));
  return concat(u32be(head.length), head, body.subarray(4 + readU32be(body, 0)));
};

const withJson = (json: string, rest = ""): Uint8Array => concat(u32be(utf8(json).length), utf8(json), utf8(rest));

const redone = (data: Uint8Array, kind: string): Uint8Array => {
  const digest = base64url(createHash("sha256").update(data).digest());
  const body = bodyOf({ kind: "take" });
  const named = reshaped(body, (head) =>
    head.replace(/"kind":"take"/, `"kind":"${kind}"`).replace(/"digest":"[^"]+"/, `"digest":"${digest}"`),
  );
  return concat(named.subarray(0, 4 + readU32be(named, 0)), data);
};

describe("decoding refuses", () => {
  it("a byte less, a byte more, and any byte changed that its digest or form covers", () => {
    for (const act of Object.values(acts)) {
      const body = bodyOf(act);
      expect(() => decodeCaseEvent(body.subarray(0, -1))).toThrow(refused);
      expect(() => decodeCaseEvent(concat(body, Uint8Array.of(0)))).toThrow(refused);
      for (let at = 4 + readU32be(body, 0); at < body.length; at++) {
        const bent = body.slice();
        bent[at]! ^= 1;
        expect(() => decodeCaseEvent(bent)).toThrow(refused);
      }
    }
    expect(() => decodeCaseEvent(new Uint8Array(0))).toThrow(refused);
    expect(() => decodeCaseEvent(u32be(0xffff_ffff))).toThrow(refused);
  });

  it.each<[string, (head: string) => string]>([
    ["a second spelling", (head) => head.replace('{"v":1', '{ "v":1')],
    ["another order", (head) => head.replace('"v":1,"author":"r1"', '"author":"r1","v":1')],
    ["another version", (head) => head.replace('"v":1', '"v":2')],
    ["a field more", (head) => head.replace('"v":1', '"v":1,"number":"+22370000000"')],
    ["a doubled field", (head) => head.replace('"v":1', '"v":1,"v":1')],
    ["an unknown kind", (head) => head.replace('"take"', '"leak"')],
    ["a day that is none", (head) => head.replace("20780", "20780.5")],
    ["an author that is none", (head) => head.replace('"r1"', '"r 1"')],
    ["a kind whose data are others", (head) => head.replace('"take"', '"note"')],
  ])("%s in the head", (_what, change) => {
    expect(() => decodeCaseEvent(reshaped(bodyOf({ kind: "take" }), change))).toThrow(refused);
  });

  it.each<[string, string, Uint8Array]>([
    ["a field more", "take", withJson('{"a":1}')],
    ["bytes behind", "take", withJson("{}", "x")],
    ["spaces", "take", withJson("{ }")],
    ["no JSON", "take", withJson("x")],
    ["a list", "take", withJson("[]")],
    ["a text that is shorter", "note", withJson('{"text":3}', "ab")],
    ["a text that is longer", "note", withJson('{"text":1}', "ab")],
    ["a text inside", "note", withJson('{"text":"ab"}')],
    ["no data where only a history may have none", "note", new Uint8Array(0)],
    ["half a length", "note", Uint8Array.of(0, 0)],
    ["an outcome of its own", "close", withJson('{"outcome":"won"}')],
    ["bytes behind an outcome", "close", withJson('{"outcome":"answered"}', "x")],
    [
      "a label without a place",
      "label",
      withJson('{"category":"DRG","plausible":true,"taxonomy":"1","geography":"1"}'),
    ],
    [
      "a label that is perhaps plausible",
      "label",
      withJson('{"category":"DRG","place":"ML07","plausible":"yes","taxonomy":"1","geography":"1"}'),
    ],
    ["lengths that leave a byte", "history", withJson('{"serial":1,"skip":0,"events":[1],"more":false}', "ab")],
    ["lengths over the end", "history", withJson('{"serial":1,"skip":0,"events":[1,2],"more":false}', "ab")],
    [
      "a part that begins before the first",
      "history",
      withJson('{"serial":1,"skip":-1,"events":[2],"more":false}', "ab"),
    ],
    ["no serial of a roster", "history", withJson('{"serial":0,"skip":0,"events":[2],"more":false}', "ab")],
    ["no word whether more follows", "history", withJson('{"serial":1,"skip":0,"events":[2]}', "ab")],
    ["bytes behind a link", "link", withJson(`{"doors":["${base64url(filled(32, 1))}"]}`, "x")],
    ["bytes behind a name", "handOver", withJson('{"to":"r2"}', "x")],
    [
      "bytes behind an approval",
      "approve",
      withJson(`{"proposal":"${base64url(filled(32, 1))}","signature":"${base64url(filled(64, 1))}"}`, "x"),
    ],
  ])("data with %s", (_what, kind, data) => {
    expect(() => decodeCaseEvent(redone(data, kind))).toThrow(refused);
  });

  it("text that is not UTF-8", () => {
    expect(() => decodeCaseEvent(redone(concat(withJson('{"text":1}'), Uint8Array.of(0xff)), "note"))).toThrow(refused);
  });
});

describe("a history carried on", () => {
  it("has the same hash and signature without its events, and others stay as they are", () => {
    const body = bodyOf(acts.history);
    const bare = withoutHistory(body);
    expect(decodeCaseEvent(bare)).toEqual({ ...decodeCaseEvent(body), act: { kind: "history", history: null } });
    expect(isSignedBy(publicKeyOf(key), decodeCaseEvent(bare), of)).toBe(true);
    expect(withoutHistory(bare)).toEqual(bare);
    const note = bodyOf(acts.note);
    expect(withoutHistory(note)).toEqual(note);
  });
});

// Never called: `tsc` fails when one of these lines compiles.
export function mustNotCompile(door: Door, doorHash: DoorHash, hash: CaseEventHash): void {
  // @ts-expect-error a door gives a right to whoever reads the event: a link has its hash
  bodyOf({ kind: "link", doors: [door] });
  // @ts-expect-error the hash of a door is not one of an event
  signCaseEvent({ kind: "take" }, { ...place, previous: doorHash }, of, key);
  // @ts-expect-error nor the other way round
  isSignedBy(publicKeyOf(key), decodeCaseEvent(bodyOf({ kind: "take" })), { ...of, doorHash: hash });
  // @ts-expect-error the union of kinds is closed
  bodyOf({ kind: "forward", text: "" });
  // @ts-expect-error a kind has its own fields
  bodyOf({ kind: "take", text: "" });
  // @ts-expect-error the key is a secret, not its bytes
  signCaseEvent({ kind: "take" }, place, of, key.reveal());
  // @ts-expect-error bytes anybody made are no hash of an event
  signCaseEvent({ kind: "take" }, { ...place, previous: systemChance.bytes(32) }, of, key);
}
