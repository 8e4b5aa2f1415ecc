import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decrypter, Encrypter } from "age-encryption";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { fromBase64url, utf8 } from "../../src/base/bytes.ts";
import type { UnixHour } from "../../src/base/clock.ts";
import { decryptKeys, type Keys } from "../../src/roster/identity.ts";
import { newDoor } from "../../src/envelope/door.ts";
import { encodeForget } from "../../src/envelope/forget.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { parseVerifierKey } from "../../src/envelope/note.ts";
import { parseRecipient, recipientOf } from "../../src/envelope/recipient.ts";
import { encodeReport } from "../../src/envelope/report.ts";
import { seal } from "../../src/envelope/seal.ts";
import { verify } from "../../src/envelope/sign.ts";
import { keyFingerprint } from "../../src/roster/fingerprint.ts";
import { runGundo as run } from "../support/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "gundo-cli-"));
const path = (name: string): string => join(folder, name);
const passphrase = "quatre mots et un fleuve";
let keys: Keys;
let told: { code: number; out: string; err: string };

beforeAll(async () => {
  writeFileSync(path("passphrase"), `${passphrase}\n`);
  writeFileSync(path("wrong"), "quatre mots et un désert\n");
  told = await run(
    "keys",
    "new",
    "--id",
    "mariam",
    "--passphrase-file",
    path("passphrase"),
    "--out",
    path("mariam.age"),
    "--request",
    path("mariam.json"),
  );
  keys = await decryptKeys(readFileSync(path("mariam.age")), passphrase);
});

describe("keys new", () => {
  test("stock age opens the identity file, and takes what is in it as an identity", async () => {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(passphrase);
    const text = await decrypter.decrypt(readFileSync(path("mariam.age")), "text");
    const identity = text.split("\n").find((line) => line.startsWith("AGE-SECRET-KEY-PQ-1"))!;
    const encrypter = new Encrypter();
    encrypter.addRecipient(recipientOf(keys.identity));
    const opener = new Decrypter();
    opener.addIdentity(identity);
    expect(await opener.decrypt(await encrypter.encrypt("pour Mariam"), "text")).toBe("pour Mariam");
  });

  test("the request holds both public keys under a signature, and the fingerprint is theirs", () => {
    const request = JSON.parse(readFileSync(path("mariam.json"), "utf8")) as Record<string, string>;
    const verifier = parseVerifierKey(request["verifier"]!)!;
    const signed = utf8(`gundo/enrol/v1\nmariam\n${request["recipient"]}\n${request["verifier"]}\n`);
    expect(verify(verifier.publicKey, signed, fromBase64url(request["proof"]!)!)).toBe(true);
    expect(told).toMatchObject({ code: 0, err: "" });
    expect(told.out).toBe(
      `Fingerprint of mariam: ${keyFingerprint(parseRecipient(request["recipient"]!)!, verifier.publicKey)}\n`,
    );
  });

  test("nothing secret is printed or in the request, and no file is overwritten", async () => {
    const seed = Buffer.from(keys.signing.reveal()).toString("base64url");
    for (const text of [told.out, readFileSync(path("mariam.json"), "utf8")])
      expect(text).not.toMatch(new RegExp(`AGE-SECRET|${seed}`));
    const before = readFileSync(path("mariam.age"));
    const again = await run(
      "keys",
      "new",
      "--id",
      "mariam",
      "--passphrase-file",
      path("passphrase"),
      "--out",
      path("mariam.age"),
      "--request",
      path("other.json"),
    );
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining("(cli.file)") as string });
    expect(readFileSync(path("mariam.age"))).toEqual(before);
  });

  test("a short passphrase and a bad name are refused before anything is made", async () => {
    writeFileSync(path("short"), "court\n");
    const bad = [
      ["mariam", path("short")],
      ["Mariam!", path("passphrase")],
    ];
    for (const [id, file] of bad)
      expect(
        (
          await run(
            "keys",
            "new",
            "--id",
            id!,
            "--passphrase-file",
            file!,
            "--out",
            path("no.age"),
            "--request",
            path("no.json"),
          )
        ).code,
      ).toBe(2);
  });
});

const open = (file: string, identity = "mariam.age", pass = "passphrase", ...more: string[]) =>
  run("open", path(file), "--identity", path(identity), "--passphrase-file", path(pass), ...more);

describe("open", () => {
  const text = "Un mot pour Mariam \u202e et rien d'autre\u001b[31m";
  beforeAll(() => {
    const body = encodeReport({
      channel: "web",
      language: "fr",
      text,
      answers: { danger: true },
      receivedHour: 497_000 as UnixHour,
      exclude: [],
      door: newDoor(systemChance),
      attachments: [],
    });
    const sealed = seal([recipientOf(keys.identity)], encodeFrame({ kind: "report", body }), systemChance);
    writeFileSync(path("report"), sealed);
    writeFileSync(path("cut"), sealed.subarray(0, -1));
    const damaged = readFileSync(path("mariam.age"));
    damaged[damaged.length - 1]! ^= 1;
    writeFileSync(path("damaged.age"), damaged);
  });

  test("prints what was written: as JSON exactly, for a person without what steers a terminal", async () => {
    const json = await open("report", "mariam.age", "passphrase", "--json");
    expect(JSON.parse(json.out)).toMatchObject({ channel: "web", text, answers: { danger: true } });
    const lines = await open("report");
    expect(lines.code).toBe(0);
    expect(lines.out).toContain("Un mot pour Mariam � et rien d'autre�[31m");
    expect(lines.out).toContain("DANGER");
  });

  test("the wish to be forgotten is shown to who can open it, and is no decoy", async () => {
    const thread = systemChance.bytes(16);
    const body = encodeForget({ thread, door: newDoor(systemChance) });
    writeFileSync(
      path("forget"),
      seal([recipientOf(keys.identity)], encodeFrame({ kind: "forget", body }), systemChance),
    );
    const json = await open("forget", "mariam.age", "passphrase", "--json");
    expect(JSON.parse(json.out)).toMatchObject({ kind: "forget", thread: Buffer.from(thread).toString("hex") });
    expect((await open("forget")).out).toContain("Asks to be forgotten");
  });

  test("a wrong passphrase, a damaged identity and a damaged report are told apart", async () => {
    expect((await open("report", "mariam.age", "wrong")).err).toContain("(identity.passphrase)");
    expect((await open("report", "damaged.age")).err).toContain("(identity.malformed)");
    expect((await open("report", "report")).err).toContain("(identity.malformed)");
    expect((await open("cut")).err).toContain("(envelope.unopenable)");
    expect((await open("nowhere")).err).toContain("(cli.file)");
  });
});

const keysOf = (): string => join(inject("demoTemplate"), "demo/keys");

describe("roster verify", () => {
  test("shows who reads each desk, and in JSON", async () => {
    const shown = await run("roster", "verify", "--keys", keysOf());
    expect(shown.code).toBe(0);
    expect(shown.out).toMatch(/desk gao \(Région de Gao\) is read by:\n {2}drissa .*\n {2}fanta /);
    expect(shown.out).toMatch(/fingerprint (\d{4} ){5}\d{4}\n/);
    const json = JSON.parse((await run("roster", "verify", "--keys", keysOf(), "--json")).out) as { desks: unknown[] };
    expect(json.desks).toHaveLength(2);
  });

  test("an edited note and a directory without anchors are refused, each with its reason", async () => {
    const note = readFileSync(join(keysOf(), "roster.note"), "utf8").replace("Awa D.", "Eve D.");
    writeFileSync(path("edited.note"), note);
    const edited = await run("roster", "verify", "--keys", keysOf(), "--note", path("edited.note"));
    expect(edited).toMatchObject({ code: 1, err: expect.stringContaining("(note.signature)") as string });
    expect((await run("roster", "verify", "--keys", folder)).err).toContain("(roster.missing)");
    expect((await run("roster", "verify", "--keys", folder, "--note", path("edited.note"))).err).toContain(
      "(anchors.missing)",
    );
  });
});

test("usage: help is 0, an unknown command or option is 2, and the list names every command", async () => {
  expect((await run()).code).toBe(0);
  const listed = [...(await run("--help")).out.matchAll(/^ {2}gundo ((?:[a-z-]+ )+) /gm)].map(([, name]) =>
    name!.trim(),
  );
  for (const name of ["init", "inbox", "open", "keys new", "roster init", "roster publish"])
    expect(listed).toContain(name);
  for (const name of listed) {
    const help = await run(...name.split(" "), "--help");
    expect([name, help.code, help.out]).toEqual([name, 0, expect.stringContaining(`gundo ${name} `)]);
    expect([name, help.out]).toEqual([name, expect.stringContaining("[--json]")]);
  }
  expect((await run("inbox", "--help")).out).toContain("gundo inbox --url URL");
  expect((await run("dance")).code).toBe(2);
  expect(await run("inbox", "--nope")).toMatchObject({
    code: 2,
    err: expect.stringContaining("(cli.usage)") as string,
  });
  expect((await run("inbox")).code).toBe(2);
});
