import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Decrypter } from "age-encryption";
import { beforeAll, describe, expect, test } from "vitest";
import { base64url, hex } from "../../../src/base/bytes.ts";
import { systemChance } from "../../../src/base/chance.ts";
import { formatIdentity } from "../../../src/envelope/recipient.ts";
import { deriveMailbox } from "../../../src/mailbox/mailbox.ts";
import { oprfKeyOf } from "../../../src/mailbox/oprf-key.ts";
import { evaluate } from "../../../src/mailbox/oprf.ts";
import { newReceipt } from "../../../src/mailbox/receipt.ts";
import { decryptKeys } from "../../../src/roster/identity.ts";
import { quicken } from "../../support/identity.ts";
import { runGundo, type Said } from "../../support/terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "gundo-share-"));
const path = (...names: readonly string[]): string => join(folder, ...names);
const passphrase = "quatre mots et un fleuve";
const seed = systemChance.bytes(32);
const keyOf = (id: string): readonly string[] => ["--identity", path(`${id}.age`), "--passphrase-file", path("pass")];
let fingerprint: string;

async function newPerson(id: string): Promise<string> {
  const files = ["--passphrase-file", path("pass"), "--out", path(`${id}.age`), "--request", path(`${id}.json`)];
  const { out } = await runGundo("keys", "new", "--id", id, ...files);
  await quicken({ identityFile: path(`${id}.age`), passphrase });
  return out.replace(/^.*: /, "").trim();
}

function share(out: string, secret = "OPRF_KEY", anchors = "keys/anchors.json"): Promise<Said> {
  return runGundo("keys", "share", "--secret", path(secret), "--anchors", path(anchors), "--out", path(out));
}

function handOver(member: string, from: string, out: string, digits = fingerprint): Promise<Said> {
  const files = ["--share", path(from, `${member}.share.age`), "--request", path("recovery.json"), "--out", path(out)];
  return runGundo("keys", "open-share", ...files, ...keyOf(member), "--fingerprint", digits);
}

function combine(out: string, ...shares: readonly string[]): Promise<Said> {
  return runGundo("keys", "combine", ...shares.map((one) => path(one)), ...keyOf("recovery"), "--out", path(out));
}

async function begin(instance: string, keys: string): Promise<void> {
  const server = { v: 1, oprf: base64url(oprfKeyOf(seed).publicKey), relay: verifierText, checkpoint: verifierText };
  writeFileSync(path("server.json"), JSON.stringify(server));
  const members = ["board-1", "board-2", "board-3"].flatMap((id) => ["--member", `${path(`${id}.json`)}=${id}`]);
  const where = ["--keys", path(keys), "--draft", path(`${keys}.draft`), "--server", path("server.json")];
  const said = await runGundo("roster", "init", "--instance", instance, ...members, ...where, "--desk", "all=Tout");
  expect(said).toMatchObject({ code: 0, err: "" });
}

let verifierText: string;
beforeAll(async () => {
  writeFileSync(path("pass"), `${passphrase}\n`);
  writeFileSync(path("OPRF_KEY"), `${base64url(seed)}\n`);
  for (const id of ["board-1", "board-2", "board-3"]) await newPerson(id);
  fingerprint = await newPerson("recovery");
  ({ verifier: verifierText } = JSON.parse(readFileSync(path("recovery.json"), "utf8")) as { verifier: string });
  await begin("mali-1", "keys");
  await begin("mali-2", "other-keys");
});

describe("the key lost, and put together again by two of three members", () => {
  test("receipts given out before open the same mailbox; nothing secret is printed or readable", async () => {
    const receipt = newReceipt(systemChance);
    const before = await deriveMailbox(receipt, evaluate(oprfKeyOf(seed), receipt));
    const shared = await share("shares");
    expect(shared).toMatchObject({ code: 0, err: "" });
    expect(readdirSync(path("shares"))).toEqual(["board-1.share.age", "board-2.share.age", "board-3.share.age"]);
    const handed = [await handOver("board-1", "shares", "one"), await handOver("board-3", "shares", "three")];
    expect(handed.map(({ code }) => code)).toEqual([0, 0]);
    expect(handed[0]!.out).toMatch(/^mali-1: the share of board-1, key [\w-]{43}, is sealed to recovery\.\n$/);
    const whole = await combine("back", "one", "three");
    expect(whole).toMatchObject({ code: 0, err: "" });
    expect(readFileSync(path("back"))).toEqual(readFileSync(path("OPRF_KEY")));
    expect(statSync(path("back")).mode & 0o777).toBe(0o600);
    const again = oprfKeyOf(Buffer.from(readFileSync(path("back"), "utf8").trim(), "base64url"));
    const after = await deriveMailbox(receipt, evaluate(again, receipt));
    expect([hex(after.id), after.recipient]).toEqual([hex(before.id), before.recipient]);
    for (const { out } of [shared, ...handed, whole]) expect(out).not.toContain(base64url(seed));
  });

  test("stock age opens a member's share", async () => {
    const { identity } = await decryptKeys(readFileSync(path("board-2.age")), passphrase);
    const decrypter = new Decrypter();
    decrypter.addIdentity(formatIdentity(identity));
    const text = await decrypter.decrypt(readFileSync(path("shares/board-2.share.age")), "text");
    expect(text.split("\n").slice(0, 2)).toEqual(["gundo/share/v1", "mali-1"]);
  });

  test("a share is handed to nobody whose fingerprint was not read out, and opens for nobody else", async () => {
    const refused = await handOver("board-1", "shares", "stolen", "1234 1234 1234 1234 1234 1234");
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("(enrolment.fingerprint)")]);
    const unasked = ["--share", path("shares/board-1.share.age"), "--request", path("recovery.json")];
    const without = await runGundo("keys", "open-share", ...unasked, ...keyOf("board-1"), "--out", path("stolen"));
    expect(without.code).toBe(2);
    const others = ["--share", path("shares/board-1.share.age"), "--request", path("recovery.json")];
    const wrong = ["--fingerprint", fingerprint, "--out", path("stolen")];
    const other = await runGundo("keys", "open-share", ...others, ...keyOf("board-2"), ...wrong);
    expect(other.err).toContain("(share.unopenable)");
    expect(readdirSync(folder)).not.toContain("stolen");
  });
});

describe("what does not fit is refused, each with its own sentence, and writes nothing", () => {
  test("too few, one twice, damaged, of another instance, key or sharing, and not over what is there", async () => {
    await share("elsewhere", "OPRF_KEY", "other-keys/anchors.json");
    writeFileSync(path("OTHER_KEY"), `${base64url(systemChance.bytes(32))}\n`);
    await share("another", "OTHER_KEY");
    await share("later");
    for (const name of ["elsewhere", "another", "later"]) await handOver("board-3", name, `three-${name}`);
    const damaged = readFileSync(path("three"));
    damaged[damaged.length - 1]! ^= 1;
    writeFileSync(path("damaged"), damaged);
    const cases = {
      "share.few": ["one"],
      "share.twice": ["one", "one"],
      "share.unopenable": ["one", "damaged"],
      "share.instance": ["one", "three-elsewhere"],
      "share.secret": ["one", "three-another"],
      "share.sharing": ["one", "three-later"],
    };
    const sentences = new Set<string>();
    for (const [code, shares] of Object.entries(cases)) {
      const said = await combine("wrong", ...shares);
      expect([code, said.code, said.err]).toEqual([code, 1, expect.stringContaining(`(${code})`)]);
      expect(said.err).not.toContain("refused (");
      sentences.add(said.err.replace(/^gundo: look at .*\n/, ""));
    }
    expect(sentences.size).toBe(Object.keys(cases).length);
    expect((await combine("wrong", "one", "damaged")).err).toContain(`look at ${path("damaged")}`);
    expect(readdirSync(folder)).not.toContain("wrong");
    expect((await combine("back", "one", "three")).err).toContain("(cli.file)");
    expect((await combine("wrong")).code).toBe(2);
  });

  test("shares of two sharings never lie in one directory; what is no key is not shared", async () => {
    expect((await share("shares")).err).toContain("(cli.file)");
    writeFileSync(path("short"), "AAAA\n");
    expect((await share("none", "short")).err).toContain("(secret.malformed)");
  });
});
