import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.ts";
import { msPerDay, systemClock, type UnixMs } from "../../../src/base/clock.ts";
import { addSignature, signNote } from "../../../src/envelope/note-sign.ts";
import { sha256 } from "../../../src/envelope/hash.ts";
import { anchorsChangeText } from "../../../src/roster/anchors.ts";
import { anchorsText } from "../../../src/roster/text.ts";
import type { RosterBody } from "../../../src/roster/roster.ts";
import { signedBy, testBoard } from "../../support/board.ts";
import { runGundo } from "../../support/terminal.ts";

let keys: string;
let made: ReturnType<typeof testBoard>;
let first: Uint8Array;

const read = (...names: readonly string[]): Uint8Array => new Uint8Array(readFileSync(join(keys, ...names)));
const sign = (change: Partial<RosterBody>): Uint8Array => signedBy(made.board.slice(0, 2), { ...made.body, ...change });

async function publish(note: Uint8Array, ...more: readonly string[]) {
  const path = join(mkdtempSync(join(tmpdir(), "gundo-note-")), "note");
  writeFileSync(path, note);
  return runGundo("roster", "publish", "--note", path, "--keys", keys, "--json", ...more);
}

beforeEach(() => {
  keys = mkdtempSync(join(tmpdir(), "gundo-keys-"));
  made = testBoard(systemClock);
  first = sign({});
  writeFileSync(join(keys, "anchors.json"), anchorsText(made.anchors));
});

describe("roster publish", () => {
  test("the first one, then its successor; every note stays to be walked back over; again is no change", async () => {
    expect((await publish(first)).code).toBe(0);
    const second = sign({ serial: 2, previous: sha256(first) });
    const said = await publish(second);
    expect(JSON.parse(said.out)).toMatchObject({ instance: "test-line", serial: 2 });
    expect((await publish(second)).code).toBe(0);
    expect(readdirSync(join(keys, "roster")).toSorted()).toEqual(["1.note", "2.note"]);
    expect([read("roster.note"), read("roster", "1.note"), read("roster", "2.note")]).toEqual([second, first, second]);
    expect((await publish(first)).err).toContain("(roster.serial)");
  });

  test("a roster that was put there by hand is kept as a former note", async () => {
    writeFileSync(join(keys, "roster.note"), first);
    expect((await publish(sign({ serial: 2, previous: sha256(first) }))).code).toBe(0);
    expect(read("roster", "1.note")).toEqual(first);
  });

  test("one that jumps needs the notes between", async () => {
    await publish(first);
    const second = sign({ serial: 2, previous: sha256(first) });
    const third = sign({ serial: 3, previous: sha256(second) });
    expect((await publish(third)).err).toContain("(roster.link)");
    writeFileSync(join(keys, "roster", "2.note"), second);
    expect((await publish(third)).code).toBe(0);
  });

  test("one that has expired is refused at once, without the grace that readers give; nothing is written", async () => {
    const expiresMs = (systemClock.nowMs() - msPerDay) as UnixMs;
    const said = await publish(sign({ issuedMs: (expiresMs - msPerDay) as UnixMs, expiresMs }));
    expect(said).toMatchObject({ code: 1, err: expect.stringContaining("(roster.expired)") as string });
    expect(readdirSync(keys)).toEqual(["anchors.json"]);
  });

  test("a change of board comes into force with its first roster, again after a crash in between, and never alone", async () => {
    await publish(first);
    const { board, anchors } = testBoard(systemClock);
    const next = { ...anchors, serial: 2 };
    const text = anchorsChangeText(made.anchors, next);
    const [a, b] = made.board;
    const [c, d] = board;
    const note = [b!, c!, d!].reduce(
      (signed, { id, signing }) => addSignature(signed, id, signing),
      signNote(text, a!.id, a!.signing),
    );
    const path = join(keys, "..", `${keys.split("/").at(-1)}.anchors.note`);
    writeFileSync(path, note);
    const second = signedBy(board.slice(0, 2), { ...made.body, serial: 2, previous: sha256(first) });
    expect((await publish(second)).err).toMatch(/\((note\.signature|roster\.signers)\)/);
    expect((await publish(sign({ serial: 2, previous: sha256(first) }), "--anchors-note", path)).code).toBe(1);
    expect(read("anchors.json")).toEqual(utf8(anchorsText(made.anchors)));
    // As a crash leaves it: the roster is there, the anchors are not.
    writeFileSync(join(keys, "roster.note"), second);
    expect((await publish(second, "--anchors-note", path)).code).toBe(0);
    expect(read("anchors.json")).toEqual(utf8(anchorsText(next)));
    expect(read("roster.note")).toEqual(second);
  });
});

describe("roster verify", () => {
  test("against what is published: its successor is good, an older one is refused, another directory's too", async () => {
    await publish(first);
    const second = sign({ serial: 2, previous: sha256(first) });
    const verify = (name: string) => runGundo("roster", "verify", "--keys", keys, "--note", join(keys, name));
    writeFileSync(join(keys, "second"), second);
    expect((await verify("second")).code).toBe(0);
    await publish(second);
    mkdirSync(join(keys, "old"));
    writeFileSync(join(keys, "old", "note"), first);
    expect((await verify("old/note")).err).toContain("(roster.serial)");
    writeFileSync(join(keys, "fork"), sign({ serial: 3 }));
    expect((await verify("fork")).err).toContain("(roster.link)");
  });
});
