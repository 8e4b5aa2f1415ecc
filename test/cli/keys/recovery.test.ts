import { mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { decryptKeys } from "../../../src/roster/identity.ts";
import { runGundo } from "../../support/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "gundo-kit-"));
const path = (name: string): string => join(folder, name);
const passphrase = "quatre mots et un fleuve";
let fingerprint: string;

beforeAll(async () => {
  writeFileSync(path("pass"), `${passphrase}\n`);
  writeFileSync(path("new"), "cinq mots et deux fleuves\n");
  writeFileSync(path("short"), "court\n");
  const files = ["--passphrase-file", path("pass"), "--out", path("awa.age"), "--request", path("awa.json")];
  fingerprint = (await runGundo("keys", "new", "--id", "awa", ...files)).out;
});

describe("keys recovery-kit and recover", () => {
  test("words on paper bring the identity file back, under a passphrase of its own; nothing secret is printed", async () => {
    const opened = ["--identity", path("awa.age"), "--passphrase-file", path("pass")];
    const written = await runGundo("keys", "recovery-kit", ...opened, "--out", path("awa.kit"));
    expect(written).toMatchObject({ code: 0, err: "" });
    expect(statSync(path("awa.kit")).mode & 0o777).toBe(0o600);
    const paper = readFileSync(path("awa.kit"), "utf8");
    for (const word of paper.match(/\b[a-z]{5}\b/g)!.filter((one) => one !== "gundo"))
      expect(written.out).not.toContain(` ${word} `);
    // As somebody types it from paper.
    writeFileSync(path("typed"), paper.toUpperCase().replaceAll("\n", "\r\n"));
    const back = ["--kit", path("typed"), "--passphrase-file", path("new"), "--out", path("back.age")];
    expect(await runGundo("keys", "recover", ...back)).toEqual({ code: 0, out: fingerprint, err: "" });
    const [before, after] = [
      await decryptKeys(readFileSync(path("awa.age")), passphrase),
      await decryptKeys(readFileSync(path("back.age")), "cinq mots et deux fleuves"),
    ];
    expect(after.identity.reveal()).toEqual(before.identity.reveal());
    expect(after.signing.reveal()).toEqual(before.signing.reveal());
    expect((await runGundo("keys", "recover", ...back)).err).toContain("(cli.file)");
  });

  test("a wrong line is named", async () => {
    const lines = readFileSync(path("awa.kit"), "utf8").split("\n");
    lines[5] = lines[5]!.replace(/[a-z]{5}$/, "babab");
    writeFileSync(path("wrong"), lines.join("\n"));
    const ran = await runGundo(
      "keys",
      "recover",
      "--kit",
      path("wrong"),
      "--passphrase-file",
      path("new"),
      "--out",
      path("no"),
    );
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/look at line 4\n[^]*\(kit\.malformed\)/);
  });
});

const change = (from: string, to: string) =>
  runGundo(
    "keys",
    "change-passphrase",
    "--identity",
    path("awa.age"),
    "--passphrase-file",
    path(from),
    "--new-passphrase-file",
    path(to),
  );

describe("keys change-passphrase", () => {
  test("a wrong or short passphrase changes nothing; a right one the passphrase alone", async () => {
    const before = readFileSync(path("awa.age"));
    expect((await change("new", "new")).err).toContain("(identity.passphrase)");
    expect((await change("pass", "short")).code).toBe(2);
    expect(readFileSync(path("awa.age"))).toEqual(before);
    const keys = await decryptKeys(before, passphrase);
    expect((await change("pass", "new")).code).toBe(0);
    const changed = readFileSync(path("awa.age"));
    await expect(decryptKeys(changed, passphrase)).rejects.toThrow("identity.passphrase");
    expect((await decryptKeys(changed, "cinq mots et deux fleuves")).signing.reveal()).toEqual(keys.signing.reveal());
    expect(statSync(path("awa.age")).mode & 0o777).toBe(0o600);
  });
});
