import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { hex, utf8 } from "../../src/base/bytes.ts";
import type { KeysDirectory } from "../../src/config/keys.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { formatVerifierKey } from "../../src/envelope/note.ts";
import { anchorsText } from "../../src/roster/text.ts";
import { bundleEdge, pinsIn, type EdgeBundle, type EdgePins } from "../../workers/edge-bundle.ts";
import { HandClock, signedBy, testBoard } from "../support/board.ts";

const clock = new HandClock();
const board = testBoard(clock);
const note = signedBy(board.board.slice(0, 2), board.body);
const texts = { helpNumber: "70 00 00 00", cost: { fr: "x", en: "x" }, answerDays: 14, firstBulletin: "2027-03-31" };
const keys: KeysDirectory = {
  version: () => "1",
  anchors: () => utf8(anchorsText(board.anchors)),
  note: () => note,
  former: () => null,
  instance: () => utf8(JSON.stringify(texts)),
};

let pins: EdgePins;
let bundle: EdgeBundle;
beforeAll(async () => {
  pins = pinsIn(keys, clock);
  bundle = await bundleEdge(pins);
});

const scriptOf = ({ outputFiles }: EdgeBundle) => outputFiles.find(({ path }) => path.endsWith("edge.js"))!;

test("it holds the edge's own rooms, seals with noble, opens mailboxes only, and leaves only its wasm outside", () => {
  const ours = Object.keys(bundle.metafile.inputs).filter((path) => /^(src|workers)\//.test(path));
  for (const path of ["workers/edge.ts", "src/gate/edge.ts", "src/intake/remote.ts", "src/envelope/kem-noble.ts"])
    expect(ours).toContain(path);
  expect(ours).not.toContain("src/roster/sign.ts");
  // Answers are opened for whoever typed the digits; nothing else of the edge may open (house.md, Doors).
  const opens = Object.entries(bundle.metafile.inputs).filter(([, { imports }]) =>
    imports.some(({ path }) => path === "src/envelope/open.ts"),
  );
  expect(opens.map(([path]) => path)).toEqual(["src/mailbox/open.ts"]);
  expect(
    ours.filter((path) => path.endsWith("-node.ts") || /^src\/(store|queue|triage|relay|cli)\//.test(path)),
  ).toEqual([]);
  const packages = Object.keys(bundle.metafile.inputs).flatMap(
    (path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
  );
  const noble = ["@noble/ciphers", "@noble/curves", "@noble/hashes", "@noble/post-quantum", "@scure/base"];
  expect([...new Set(packages)].toSorted()).toEqual([...noble, "argon2id", "hono", "zod"]);
  const outside = Object.values(bundle.metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  expect([...new Set(outside)].toSorted()).toEqual(["build/no-simd.wasm", "build/simd.wasm"]);
});

test("it weighs 200 kB at most, gzip: a Worker starts cold in front of somebody who waits", () => {
  expect(gzipSync(scriptOf(bundle).contents).length).toBeLessThan(200 * 1024);
});

test("it carries the anchors, the instance's words, and the roster it was built with as the oldest it takes", () => {
  const script = scriptOf(bundle).text;
  expect(pins).toMatchObject({ serial: 1, noteHash: hex(sha256(note)) });
  for (const { verifier } of board.anchors.board)
    expect(script).toContain(formatVerifierKey(verifier.name, verifier.publicKey));
  for (const pinned of [pins.noteHash, texts.helpNumber]) expect(script).toContain(pinned);
});

test("the same pins make the same bytes", async () => {
  const again = await bundleEdge(pins);
  expect(again.outputFiles.map(({ hash }) => hash)).toEqual(bundle.outputFiles.map(({ hash }) => hash));
});

test("it is not built for a demo's anchors, a note the board did not sign, or without the instance's words", () => {
  const demo = utf8(anchorsText({ ...board.anchors, instance: "demo-x" }));
  expect(() => pinsIn({ ...keys, anchors: () => demo }, clock)).toThrow("anchors.demo");
  expect(() => pinsIn({ ...keys, anchors: () => null }, clock)).toThrow("anchors.missing");
  const unsigned = signedBy(board.people.slice(0, 2), board.body);
  expect(() => pinsIn({ ...keys, note: () => unsigned }, clock)).toThrow("roster.signers");
  expect(() => pinsIn({ ...keys, instance: () => null }, clock)).toThrow("instance.missing");
  expect(() => pinsIn({ ...keys, instance: () => utf8("{}") }, clock)).toThrow("instance.malformed");
});
