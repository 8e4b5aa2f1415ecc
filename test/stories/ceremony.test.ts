import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { msPerDay, type UnixMs } from "../../src/base/clock.ts";
import { seedIn } from "../../src/cli/home/oprf-file.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { blind, finalize } from "../../src/mailbox/oprf.ts";
import { newReceipt, type Receipt } from "../../src/mailbox/receipt.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { addSignature, signNote } from "../../src/envelope/note-sign.ts";
import { parseDraft, servingShort } from "../../src/roster/ceremony/draft.ts";
import type { RosterBody } from "../../src/roster/roster.ts";
import { rosterText } from "../../src/roster/text.ts";
import { quicken } from "../support/identity.ts";
import { childEnvironment } from "../support/processes.ts";
import { Production } from "../support/production.ts";
import { ceremonySteps, exampleInstance, shellPrelude } from "../support/runbook.ts";
import { temporaryHome, until } from "../support/store.ts";
import { runGundo } from "../support/terminal.ts";

const origin = "https://gundo.example";
const people = ["board-1", "board-2", "board-3", "board-4", "awa", "boubacar", "chata", "recovery"];
const steps = ceremonySteps();
let directory: string;
let production: Production;

const passphraseOf = (id: string): string => `le mot de passe de ${id}`;
const path = (...names: readonly string[]): string => join(directory, ...names);

/** Runs the commands under a heading of the runbook, as they stand there. */
async function walk(heading: string, given: Readonly<Record<string, string>> = {}): Promise<string> {
  const commands = steps.get(heading);
  if (commands === undefined || commands === "") throw new Error(`the runbook has no commands under: ${heading}`);
  const child = spawn("sh", ["-c", shellPrelude + commands], {
    cwd: directory,
    env: { ...childEnvironment, ...given },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  await once(child, "close");
  if (child.exitCode !== 0) throw new Error(`${heading}: ${said}`);
  return said;
}

beforeAll(async () => {
  directory = await temporaryHome();
  for (const id of people) writeFileSync(path(`${id}.passphrase`), `${passphraseOf(id)}\n`);
  production = await Production.at(directory, "mali-1", origin);
});

afterAll(async () => {
  vi.unstubAllGlobals();
  await production.stop();
});

const first = "Le premier rapport, avant le départ de Boubacar";
const second = "Le second rapport, après son départ";

describe("the ceremony as the runbook has it", { timeout: 300_000 }, () => {
  test("the operator prepares, everybody makes keys, the board admits two, two sign, the roster is published", async () => {
    expect(await walk("The operator prepares the server")).toContain("missing  a roster that names this server's keys");
    expect((await walk("Everybody makes their keys")).match(/Fingerprint of [a-z0-9-]+:( \d{4}){6}\n/g)).toHaveLength(
      6,
    );
    for (const id of people.slice(0, 3).concat("awa", "boubacar"))
      await quicken({ identityFile: path(`${id}.age`), passphrase: passphraseOf(id) });
    const begun = await walk("The board begins");
    expect(begun).toContain("mali-1: 2 of 3 must sign");
    expect(begun).toMatch(/ADMIS·E {2}Boubacar T\. \(boubacar\), Réseau Jigi/);
    expect(await walk("Two members sign")).toContain("Signed by board-1, board-2: 2 of the 2 needed.");
    const published = await walk("The roster is published");
    const digits = /to be read aloud: ((?:\d{4} ?){6})/.exec(published)![1]!.trim();
    expect(readFileSync(path("fingerprint.html"), "utf8").split(digits)).toHaveLength(3);
    expect(servingShort(parseDraft(readFileSync(path("server-keys/roster.note"))))).toEqual([]);
  });

  test("with its keys a production server starts; an SMS is opened by both reviewers", async () => {
    writeFileSync(path("server-keys/instance.json"), exampleInstance());
    const said = await runGundo("init", "--home", path("home"), "--keys", path("server-keys"), "--json");
    expect(JSON.parse(said.out)).toMatchObject({ ready: true });
    await production.start();
    for (const id of ["awa", "boubacar"]) {
      // Each reviewer's own machine: their identity file, and the anchors the board gave them.
      cpSync(path("keys/anchors.json"), path(id, "anchors.json"));
      cpSync(path(`${id}.age`), path(id, `${id}.age`));
    }
    await production.report(first, "awa");
    expect(await production.inbox("awa")).toEqual([first]);
    expect(await production.inbox("boubacar")).toEqual([first]);
  });

  test("after one leaves, a report opens for who stays and who came, and not for who left; the first still does", async () => {
    const before = readFileSync(path("boubacar/anchors.json.memory"));
    const said = await walk("Somebody leaves");
    expect(said).toContain("REMOVED  Boubacar T. (boubacar), Réseau Jigi");
    cpSync(path("keys/anchors.json"), path("chata/anchors.json"));
    cpSync(path("chata.age"), path("chata/chata.age"));
    await until(async () => {
      const served = await fetch(`http://127.0.0.1:${production.port}/keys/roster.note`);
      return parseDraft(new Uint8Array(await served.arrayBuffer())).serial === 2;
    });
    await production.report(second, "chata", true);
    expect(await production.inbox("chata")).toEqual([second]);
    expect(await production.inbox("awa")).toEqual([first, second].toSorted());
    expect(await production.inbox("boubacar")).toContain("(session.refused)");
    expect(readFileSync(path("boubacar/anchors.json.memory"))).not.toEqual(before);
    // Nor would the files themselves help, should somebody pass them on.
    expect(await production.openedBy("boubacar", "awa")).toEqual([first]);
  });

  test("edited, older, forked and expired rosters: the CLI and the server refuse each and say why", async () => {
    await production.stop();
    const good = readFileSync(path("server-keys/roster.note"));
    for (const [name, { note, code }] of Object.entries(await badRosters(good))) {
      writeFileSync(path("bad.note"), note);
      const published = await runGundo("roster", "publish", "--note", path("bad.note"), "--keys", path("server-keys"));
      expect([name, published.code, published.err]).toEqual([name, 1, expect.stringContaining(`(${code})`)]);
      expect(readFileSync(path("server-keys/roster.note"))).toEqual(good);
      writeFileSync(path("server-keys/roster.note"), note);
      const said = await production.refusedStart();
      expect([name, said]).toEqual([name, expect.stringContaining(`(${code})`)]);
      expect([name, said]).not.toEqual([name, expect.stringContaining("see the code")]);
      writeFileSync(path("server-keys/roster.note"), good);
    }
  });

  test("the same rosters, served: the reviewer's inbox refuses each before it signs in", async () => {
    const good = readFileSync(path("server-keys/roster.note"));
    for (const [name, { note, code }] of Object.entries(await badRosters(good))) {
      const led = globalThis.fetch;
      const asked: string[] = [];
      vi.stubGlobal("fetch", (input: string) => {
        asked.push(input);
        return Promise.resolve(new Response(new Uint8Array(note)));
      });
      const refusal = await production.inbox("awa");
      vi.stubGlobal("fetch", led);
      expect([name, refusal]).toEqual([name, expect.stringContaining(`(${code})`)]);
      expect(asked).toEqual([`${origin}/keys/roster.note`]);
    }
  });

  test("the board changes; the server starts under the new one, and a reader follows with both boards' signatures", async () => {
    cpSync(path("keys/anchors.json"), path("anchors.json"));
    const said = await walk("The board changes");
    expect(said).toMatch(/LEAVES THE BOARD {2}board-3[^]*JOINS THE BOARD {2}board-4/);
    expect(servingShort(parseDraft(readFileSync(path("server-keys/roster.note"))))).toEqual([]);
    expect(readFileSync(path("anchors.json"), "utf8")).toBe(readFileSync(path("keys/anchors.json"), "utf8"));
    await production.start();
    expect(await production.inbox("awa")).toContain("(roster.signers)");
    cpSync(path("anchors.json"), path("awa/anchors.json"));
    expect(await production.inbox("awa")).toEqual([first, second].toSorted());
  });

  test("the receipt key is lost, two of the board give it back, and receipts open again", async () => {
    const receipt = newReceipt(systemChance);
    const before = await evaluated(receipt);
    expect(await walk("The receipt key is shared")).toContain("any 2 of these shares give it back");
    await production.stop();
    const lost = readFileSync(path("home/secrets/OPRF_KEY"));
    rmSync(path("home/secrets/OPRF_KEY"));
    expect(await production.refusedStart()).toContain("OPRF_KEY names a file that cannot be read");
    const spoken = /Fingerprint of recovery: ([\d ]+)/.exec(await walk("The receipt key is lost"))![1]!;
    const said = await walk("Two members hand over their shares", { SPOKEN: spoken });
    expect(said).toContain("is whole again, in home/secrets/OPRF_KEY");
    expect(said).not.toContain("missing");
    expect(readFileSync(path("home/secrets/OPRF_KEY"))).toEqual(lost);
    await production.start();
    expect(await evaluated(receipt)).toBe(before);
  });

  test("the receipt key changes: the server goes on with the old one until the board has named the next", async () => {
    const [former, receipt] = [readFileSync(path("home/secrets/OPRF_KEY")), newReceipt(systemChance)];
    const before = await evaluated(receipt);
    const rotate = ["keys", "rotate", "--home", path("home"), "--keys", path("server-keys"), "--json"];
    const stepOf = async (): Promise<unknown> =>
      (JSON.parse((await runGundo(...rotate)).out) as { step: unknown }).step;
    expect(await stepOf()).toBe("begun");
    expect(await stepOf()).toBe("waiting");
    await production.stop();
    await production.start();
    expect(await evaluated(receipt)).toBe(before);
    const said = await walk("The receipt key changes");
    expect(said).toMatch(/SERVER {2}its key changes \(oprf\)[^]*The next key is in force/);
    await production.stop();
    await production.start();
    expect(await evaluated(receipt)).not.toBe(before);
    expect(readFileSync(path("home/secrets/OPRF_KEY_PREVIOUS"))).toEqual(former);
    expect(readFileSync(path("home/gundo.env"), "utf8")).toContain("OPRF_KEY_PREVIOUS_FILE=");
    const { oprf } = parseDraft(readFileSync(path("server-keys/roster.note")));
    const publicOf = (name: string): Uint8Array =>
      oprfKeyOf(seedIn(readFileSync(path("home/secrets", name)))).publicKey;
    expect([oprf.current, oprf.previous]).toEqual([publicOf("OPRF_KEY"), publicOf("OPRF_KEY_PREVIOUS")]);
    expect(await runGundo(...rotate, "--drop-previous")).toMatchObject({ code: 0 });
    expect(readFileSync(path("home/gundo.env"), "utf8")).not.toContain("OPRF_KEY_PREVIOUS_FILE=");
    expect(existsSync(path("home/secrets/OPRF_KEY_PREVIOUS"))).toBe(false);
  });
});

/** y of a receipt as the page gets it, blind, with the proof checked against the roster that is served; in hex. */
async function evaluated(receipt: Receipt): Promise<string> {
  const served = await fetch(`http://127.0.0.1:${production.port}/keys/roster.note`);
  const { oprf } = parseDraft(new Uint8Array(await served.arrayBuffer()));
  const blinding = blind(receipt, systemChance);
  const body = new Uint8Array(blinding.blinded);
  const answer = await fetch(`http://127.0.0.1:${production.port}/oprf`, { method: "POST", body });
  expect(answer.status).toBe(200);
  return hex(finalize(blinding, new Uint8Array(await answer.arrayBuffer()), oprf.current));
}

/** What somebody who holds the server, or two keys of the board, might show. */
async function badRosters(good: Uint8Array): Promise<Record<string, { note: Uint8Array; code: string }>> {
  const body = parseDraft(good);
  const [one, two] = [await production.keysOf("board-1"), await production.keysOf("board-2")];
  const signed = (change: Partial<RosterBody>): Uint8Array => {
    const text = rosterText({ ...body, ...change });
    return addSignature(signNote(text, "board-1", one.signing), "board-2", two.signing);
  };
  const longAgo = (body.issuedMs - 300 * msPerDay) as UnixMs;
  const expired = { issuedMs: longAgo, expiresMs: (longAgo + 183 * msPerDay) as UnixMs };
  const next = { serial: body.serial + 1, previous: sha256(good) };
  return {
    edited: { note: Buffer.from(Buffer.from(good).toString().replace("Awa D.", "Eve D.")), code: "note.signature" },
    older: { note: readFileSync(path("1.note")), code: "roster.serial" },
    forked: { note: signed({ issuedMs: (body.issuedMs + 1000) as UnixMs }), code: "roster.link" },
    "of a fork": { note: signed({ serial: body.serial + 1 }), code: "roster.link" },
    expired: { note: signed({ ...next, ...expired }), code: "roster.expired" },
    "of one member": {
      note: signNote(rosterText({ ...body, ...next }), "board-1", one.signing),
      code: "roster.signers",
    },
  };
}
