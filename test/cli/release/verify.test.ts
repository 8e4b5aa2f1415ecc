import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { anchorsText } from "../../../src/roster/text.ts";
import { proofSentence } from "../../../src/trends/verdict-words.ts";
import { testFolder, testQuarters } from "../../support/releases.ts";
import { runGundo, type Said } from "../../support/terminal.ts";

const quarters = testQuarters(8);
const { anchors, files } = testFolder(quarters);
let home = "";
let folder = "";
let anchorsFile = "";
let round = 0;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "gundo-releases-"));
  anchorsFile = join(home, "anchors.json");
  writeFileSync(anchorsFile, anchorsText(anchors));
});
afterAll(() => rmSync(home, { recursive: true }));
beforeEach(() => {
  folder = join(home, `copy-${++round}`);
  for (const [path, bytes] of files) write(path, bytes);
});

function write(path: string, bytes: Uint8Array | string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
}
const verify = (...options: readonly string[]): Promise<Said> =>
  runGundo("release", "verify", folder, "--anchors", anchorsFile, ...options);

describe("gundo release verify", () => {
  test("accepts eight quarters from a folder and anchors alone, and says what that proves", async () => {
    const { code, out, err } = await verify();
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out.split("\n")[0]).toBe("2027-Q1: out on 2027-05-03, signed by officer-a and officer-b; ε 1, in all 1");
    expect(out).toContain("2028-Q4: out on 2029-02-02, signed by officer-a and officer-b; ε 1, in all 8");
    expect(out).toContain(proofSentence.en);
  });

  test("for scripts", async () => {
    const { code, out } = await verify("--json");
    expect(code).toBe(0);
    const verdict = JSON.parse(out) as { ok: boolean; periods: readonly object[] };
    expect(verdict.ok).toBe(true);
    expect(verdict.periods[0]).toEqual({ period: "2027-Q1", claims: 1, released: true });
  });

  test("names the first file that was changed, taken out or put there", async () => {
    write("2027-Q3/t2.csv", "région,chiffre\n");
    const changed = await verify();
    expect(changed.code).toBe(1);
    expect(changed.out).toBe("");
    expect(changed.err).toMatch(/2027-Q3\/t2\.csv: this file is not made from the signed figures.*\(release\.file\)/);
    expect(JSON.parse((await verify("--json")).out)).toEqual({
      ok: false,
      code: "release.file",
      path: "2027-Q3/t2.csv",
    });
    write("2027-Q3/t2.csv", files.get("2027-Q3/t2.csv")!);
    rmSync(join(folder, "2027-Q2"), { recursive: true });
    expect((await verify()).err).toMatch(/2027-Q3\/plan\.note: .*taken out \(release\.gap\)/);
  });

  test.each([
    ["notes.txt", "notes.txt"],
    ["2027-Q2/notes.txt", "2027-Q2/notes.txt"],
    ["2027-Q2/deeper/t1.csv", "2027-Q2/deeper/"],
    ["photos/me.jpg", "photos/"],
  ])("knows no %s", async (path, named) => {
    write(path, "x");
    expect((await verify("--json")).out).toContain(`"code":"release.unknown","path":"${named}"`);
  });

  test("takes no notice of what systems hide in folders", async () => {
    write(".DS_Store", "x");
    write("2027-Q2/.directory", "x");
    expect((await verify()).code).toBe(0);
  });

  test("believes no roster that the board did not sign", async () => {
    renameSync(join(folder, "rosters/1.note"), join(folder, "rosters/2.note"));
    expect((await verify()).err).toContain("rosters/2.note: this roster is not the one its successor names");
    rmSync(join(folder, "rosters"), { recursive: true });
    expect((await verify()).err).toContain("(roster.missing)");
  });

  test("says what is wrong with how it was called", async () => {
    expect((await runGundo("release", "verify", folder)).code).toBe(2);
    expect((await verify("more")).code).toBe(2);
    expect((await runGundo("release", "verify", join(home, "none"), "--anchors", anchorsFile)).err).toContain(
      "cli.file",
    );
    const empty = join(home, `copy-${round}`);
    rmSync(empty, { recursive: true });
    mkdirSync(empty);
    expect((await verify()).code).toBe(1);
    expect((await runGundo("release", "verify", "--help")).out).toContain(proofSentence.en);
  });
});
