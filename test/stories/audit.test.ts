import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { base64url, fromBase64url } from "../../src/base/bytes.ts";
import { rowAfter } from "../../src/envelope/audit.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { addSignature } from "../../src/envelope/note-sign.ts";
import { readNote } from "../../src/envelope/note-text.ts";
import { auditFileBytes, parseAuditFile } from "../../src/roster/audit-file.ts";
import { decryptKeys } from "../../src/roster/identity.ts";
import { parseRosterText } from "../../src/roster/parse.ts";
import { signRoster } from "../../src/roster/sign.ts";
import { signSignIn } from "../../src/roster/signin.ts";
import { databaseOf } from "../support/desk.ts";
import { gundo, startInstance, type Instance, type Ran } from "../support/instance.ts";
import { until } from "../support/store.ts";

let instance: Instance;
let file: string;
let anchors: string;
beforeAll(async () => {
  instance = await startInstance();
  [file, anchors] = [join(instance.home, "audit.jsonl"), join(instance.home, "anchors.json")];
  copyFileSync(join(instance.home, "demo/keys/anchors.json"), anchors);
  // The first sweep writes a row for each of the seven days before today; from then on only what is done here is written.
  const database = await databaseOf(instance);
  const swept = "select from audit where action = 'daySwept'";
  await until(async () => (await database.query(swept)).rowCount! >= 7);
  await database.end();
});
afterAll(async () => {
  await instance.kill("SIGINT");
  await rm(instance.home, { recursive: true });
});

function fetchAudit(): Promise<Ran> {
  const { identityFile } = instance.demo.reviewers[0]!;
  const passphrase = identityFile.replace(/age$/, "passphrase");
  const who = ["--url", instance.url, "--identity", identityFile, "--passphrase-file", passphrase];
  return gundo("audit", "fetch", ...who, "--anchors", anchors, "--out", file, "--json");
}

const verify = (path: string): Promise<Ran> => gundo("audit", "verify", path, "--anchors", anchors, "--json");
const rowsIn = () => parseAuditFile(readFileSync(file)).rows;

test("a copy is fetched and continued, verifies without the server, and names the row that was edited", async () => {
  expect(await fetchAudit()).toMatchObject({ code: 0, err: "" });
  const first = rowsIn();
  expect(first.map(({ action }) => action)).toContain("rosterChanged");
  expect(first.at(-1)).toMatchObject({ actor: instance.demo.reviewers[0]!.id, action: "signIn" });
  expect(await fetchAudit()).toMatchObject({ code: 0, err: "" });
  expect(rowsIn().slice(0, first.length)).toEqual(first);
  expect(rowsIn().length).toBe(first.length + 1);
  const ran = await verify(file);
  expect([ran.code, JSON.parse(ran.out)]).toMatchObject([0, { ok: true, rows: first.length + 1 }]);
  const lines = readFileSync(file, "utf8").split("\n");
  const at = lines.findIndex((line) => line.includes('"signIn"'));
  const edited = lines.with(
    at,
    lines[at]!.replace(/"hour":(\d+)/, (_, hour) => `"hour":${Number(hour) + 1}`),
  );
  writeFileSync(join(instance.home, "edited"), edited.join("\n"));
  const refused = await verify(join(instance.home, "edited"));
  const row = first.findIndex(({ action }) => action === "signIn") + 1;
  expect([refused.code, JSON.parse(refused.out)]).toEqual([1, { ok: false, seq: row, flaw: "hash" }]);
});

test("a copy cut short contradicts the checkpoint that is remembered beside the anchors", async () => {
  const whole = readFileSync(file, "utf8").split("\n");
  const kept = whole.filter((line) => !line.includes('"checkpoint"') && !line.includes('"signIn"'));
  writeFileSync(join(instance.home, "cut"), kept.join("\n"));
  const ran = await verify(join(instance.home, "cut"));
  expect([ran.code, JSON.parse(ran.out)]).toMatchObject([1, { ok: false, flaw: "truncated" }]);
});

test("a server whose audit does not continue the copy is named; the copy stays, the answer is kept as evidence", async () => {
  const whole = parseAuditFile(readFileSync(file));
  const before = whole.rows.slice(0, -1);
  const act = { actor: null, action: "daySwept", object: new Uint8Array(32), signature: null } as const;
  const other = rowAfter(before.at(-1)!, act, before.at(-1)!.hour);
  // As if the copy were the older truth and nobody had kept a checkpoint since.
  const held = auditFileBytes({ ...whole, rows: [...before, other], checkpoints: [] });
  const copies = [file, `${anchors}.audit`].map((path) => [path, readFileSync(path)] as const);
  writeFileSync(file, held);
  await rm(`${anchors}.audit`);
  const ran = await fetchAudit();
  expect([ran.code, JSON.parse(ran.out)]).toEqual([1, { ok: false, seq: other.seq, flaw: "checkpoint" }]);
  expect(new Uint8Array(readFileSync(file))).toEqual(held);
  expect(existsSync(`${file}.refused`)).toBe(true);
  expect(existsSync(`${anchors}.audit`)).toBe(false);
  for (const [path, bytes] of copies) writeFileSync(path, bytes);
});

test("on a running instance a published roster ends a session, and the audit says so", async () => {
  const leaving = instance.demo.reviewers[2]!;
  const session = await signIn(leaving);
  const inbox = () => fetch(`${instance.url}/api/inbox?desk=all`, { headers: session });
  expect((await inbox()).status).toBe(200);
  await publishWithout(leaving.id);
  // How soon is asked of the clock, not of a machine that may be busy: a quarter of a second (gate/roster.test.ts).
  await until(async () => (await inbox()).status === 401);
  await until(async () => {
    expect((await fetchAudit()).code).toBe(0);
    return rowsIn().some(({ action }) => action === "sessionsEnded");
  });
  expect(rowsIn().filter(({ action }) => action === "rosterChanged")).toHaveLength(2);
});

async function signIn({ id, identityFile, passphrase }: Instance["demo"]["officers"][number]) {
  const keys = await decryptKeys(readFileSync(identityFile), passphrase);
  const post = async (path: string, body: object): Promise<Record<string, string>> => {
    const init = { method: "POST", body: JSON.stringify(body) };
    return (await (await fetch(instance.url + path, init)).json()) as Record<string, string>;
  };
  const given = await post("/api/challenge", { reviewer: id });
  const what = {
    instance: given["instance"]!,
    origin: instance.url,
    reviewer: id,
    nonce: fromBase64url(given["nonce"]!)!,
  };
  const { signature, auditSignature } = signSignIn(what, keys.signing);
  const signed = { signature: base64url(signature), auditSignature: base64url(auditSignature) };
  const { token } = await post("/api/session", {
    reviewer: id,
    origin: instance.url,
    nonce: given["nonce"],
    ...signed,
  });
  return { authorization: `Bearer ${token!}` };
}

/** The board signs and publishes a roster that this reviewer is not in. */
async function publishWithout(id: string): Promise<void> {
  const keys = join(instance.home, "demo/keys");
  const note = new Uint8Array(readFileSync(join(keys, "roster.note")));
  const body = parseRosterText(readNote(note).text);
  const next = {
    ...body,
    serial: body.serial + 1,
    previous: sha256(note),
    reviewers: body.reviewers.filter((one) => one.id !== id),
    desks: body.desks.map((desk) => ({ ...desk, reviewers: desk.reviewers.filter((one) => one !== id) })),
  };
  const members = instance.demo.board.slice(0, 2);
  const [first, second] = await Promise.all(
    members.map(({ identityFile, passphrase }) => decryptKeys(readFileSync(identityFile), passphrase)),
  );
  const signed = addSignature(signRoster(next, first!.id, first!.signing), second!.id, second!.signing);
  mkdirSync(join(keys, "roster"), { recursive: true });
  writeFileSync(join(keys, "roster", `${body.serial}.note`), note);
  writeFileSync(join(keys, "roster.note"), signed);
}
