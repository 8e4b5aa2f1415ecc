import { spawn } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { signNote } from "../../../src/envelope/note-sign.ts";
import { readNote } from "../../../src/envelope/note-text.ts";
import { findParcel } from "../../../src/store/release.ts";
import type { TestPerson } from "../../support/board.ts";
import { quarter, serveQuarter, type ServedQuarter } from "../../support/quarter.ts";

let at: ServedQuarter;
let reference: string;
const script = join(import.meta.dirname, "../../support/draw-process.ts");
beforeAll(async () => {
  at = await serveQuarter((made) => [made.lead, made.reviewer, ...made.officers]);
  vi.useFakeTimers({ toFake: ["Date"] });
  passTo(-20);
  await officer(0, "plan");
  await officer(1, "plan", "--period", quarter, "--sign");
  passTo(80);
  for (const index of [0, 1]) await officer(index, "commit");
  passTo(92);
  for (const person of [at.lead, at.reviewer]) await done(at.as(person, "labels", "post"));
  passTo(106);
  await officer(0, "claim");
  for (const index of [0, 1]) await officer(index, "reveal");
  await cp(keepOf(0), `${keepOf(0)}-before`, { recursive: true });
  await officer(0, "draw");
  reference = await textIn(keepOf(0));
});
afterAll(async () => {
  vi.useRealTimers();
  await at.stop();
});

function passTo(after: number): void {
  at.day(after);
  vi.setSystemTime(at.gate.clock.nowMs());
}

async function done(running: ReturnType<ServedQuarter["as"]>): Promise<void> {
  const { code, err } = await running;
  if (code !== 0) throw new Error(err);
}

const keepOf = (index: number): string => join(at.gate.store.home, `keep-${index}`);
const drawIn = (directory: string): string => join(directory, quarter, "draw.note");
const textIn = async (directory: string): Promise<string> =>
  readNote(new Uint8Array(await readFile(drawIn(directory)))).text;
const officer = (index: number, ...words: readonly string[]) =>
  done(at.as(at.officers[index]!, "release", ...words, "--dir", keepOf(index)));

/** Draws in a process of its own and kills it where it stands. */
async function killedAt(boundary: string, directory: string, person: TestPerson): Promise<void> {
  const values = {
    url: at.url,
    identity: at.identityOf(person),
    "passphrase-file": at.identityOf(person).replace(/age$/, "passphrase"),
    dir: directory,
  };
  const args = [script, String(at.gate.clock.nowMs()), boundary, quarter, JSON.stringify(values)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  for await (const piece of child.stdout) {
    said += String(piece);
    if (said.split("\n").includes(boundary)) break;
  }
  expect(said).toContain(boundary);
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

const lies = async (): Promise<boolean> =>
  (await findParcel(at.gate.store.store.db, { period: quarter, kind: "draw", officer: "o2" })) !== null;

describe("killed at each boundary of a draw, and run again", () => {
  for (const [boundary, kept, sent] of [
    ["fetched", false, false],
    ["drawn", false, false],
    ["kept", true, false],
    ["sent", true, true],
  ] as const)
    test(`${boundary}: nobody was shown a draw that is not kept, and the next one is the same`, async () => {
      await at.gate.store.store.db.deleteFrom("release_parcel").where("kind", "=", "draw").execute();
      const directory = `${keepOf(0)}-${boundary}`;
      await cp(`${keepOf(0)}-before`, directory, { recursive: true });
      await killedAt(boundary, directory, at.officers[0]!);
      expect([existsSync(drawIn(directory)), await lies()]).toEqual([kept, sent]);
      await done(at.as(at.officers[0]!, "release", "draw", "--dir", directory, "--period", quarter));
      expect(await textIn(directory)).toBe(reference);
      expect(await lies()).toBe(true);
    });

  test("the other officer signs the draw that was resumed, and refuses one in which a figure was changed", async () => {
    const place = { period: quarter, kind: "draw", officer: "o2" } as const;
    expect(await findParcel(at.gate.store.store.db, place)).not.toBeNull();
    const drawn = `${keepOf(0)}-kept`;
    await done(at.as(at.officers[0]!, "release", "draw", "--dir", drawn, "--period", quarter));
    await changeFigure(drawn);
    await done(at.as(at.officers[0]!, "release", "draw", "--dir", drawn, "--period", quarter));
    const refused = await at.as(at.officers[1]!, "release", "cosign", "--dir", keepOf(1));
    expect([refused.code, /\(([a-zA-Z.]+)\)\n$/.exec(refused.err)?.[1]]).toEqual([1, "release.differs"]);
    await done(at.as(at.officers[0]!, "release", "draw", "--dir", `${keepOf(0)}-sent`, "--period", quarter));
    await officer(1, "cosign");
    await officer(1, "publish");
  });
});

/** As an officer would who likes another number better: the draw is signed anew by its own author. */
async function changeFigure(directory: string): Promise<void> {
  const [o1] = at.officers;
  const changed = reference.replace(/"t1":\[(-?\d+)/, (_, figure) => `"t1":[${Number(figure) + 1}`);
  expect(changed).not.toBe(reference);
  await writeFile(drawIn(directory), signNote(changed, o1!.id, o1!.signing));
}
