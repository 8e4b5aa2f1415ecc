import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { DeskId, Door, Sealed } from "../../src/base/brand.ts";
import { base64url } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf, hourOf, systemClock } from "../../src/base/clock.ts";
import { hashDoor, newDoor } from "../../src/envelope/door.ts";
import { encodeForget } from "../../src/envelope/forget.ts";
import { encodeFrame, type Frame } from "../../src/envelope/frame.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { newIdentity, recipientOf, type Identity } from "../../src/envelope/recipient.ts";
import { encodeReport, type Exclusion } from "../../src/envelope/report.ts";
import { seal } from "../../src/envelope/seal.ts";
import { askWithWork } from "../../src/envelope/work.ts";
import type { MailboxIdentity } from "../../src/mailbox/mailbox.ts";
import { openReply } from "../../src/mailbox/open.ts";
import { parseAnchors } from "../../src/roster/parse.ts";
import { deskRecipients } from "../../src/roster/readers.ts";
import { findDesk, type Roster } from "../../src/roster/roster.ts";
import { verifyRoster } from "../../src/roster/verify.ts";
import { quicken } from "./identity.ts";
import type { Instance } from "./instance.ts";
import { runGundo, type Said } from "./terminal.ts";
import { until } from "./store.ts";

/** Somebody who writes in a browser, as far as the core can tell. */
export interface Writer {
  readonly mailbox: { readonly id: Uint8Array; readonly read: Uint8Array<ArrayBuffer>; readonly identity: Identity };
}

export function newWriter(): Writer {
  const read = systemChance.bytes(16);
  return { mailbox: { id: sha256(read).slice(0, 16), read, identity: newIdentity(systemChance) } };
}

/** What lies in somebody's mailbox, by kind. */
export async function repliesTo(instance: Instance, { mailbox }: Writer): Promise<readonly string[]> {
  const response = await fetch(`${instance.url}/mailbox/read`, { method: "POST", body: mailbox.read });
  const files = new Uint8Array(await response.arrayBuffer());
  return [0, 1, 2, 3].flatMap((index) => {
    const file = files.subarray((index * files.length) / 4, ((index + 1) * files.length) / 4);
    const reply = openReply(file as Sealed, mailbox.identity as MailboxIdentity);
    return reply === null ? [] : [reply.text === "" ? "acknowledgement" : reply.text];
  });
}

/** The instance's own database, for a test to look into and to let time pass. */
export async function databaseOf({ home }: Instance): Promise<pg.Client> {
  const pid = await readFile(join(home, "postgres", "postmaster.pid"), "utf8");
  const [, , , port, host] = pid.split("\n");
  const password = await readFile(join(home, "secrets", "postgres-password"), "utf8");
  const client = new pg.Client({ host, port: Number(port), user: "gundo", password, database: "postgres" });
  await client.connect();
  await client.query("set search_path = gundo");
  return client;
}

async function bytesAt(instance: Instance, path: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(instance.url + path)).arrayBuffer());
}

export async function rosterOf(instance: Instance): Promise<Roster> {
  const anchors = parseAnchors(await bytesAt(instance, "/keys/anchors.json"));
  return verifyRoster(anchors, await bytesAt(instance, "/keys/roster.note"), null, systemClock.nowMs()).roster;
}

export interface Written {
  readonly text: string;
  readonly exclude?: readonly Exclusion[];
  /** The conversation it follows. */
  readonly thread?: Uint8Array;
}

/** Posts a report as the page does, and returns its door. */
export async function write(instance: Instance, { mailbox }: Writer, written: Written): Promise<Door> {
  const door = newDoor(systemChance);
  const { text, exclude = [], thread } = written;
  const body = encodeReport({
    channel: "web",
    language: "fr",
    text,
    answers: {},
    receivedHour: hourOf(systemClock.nowMs()),
    exclude,
    door,
    mailbox: { id: mailbox.id, recipient: recipientOf(mailbox.identity) },
    attachments: [],
    ...(thread && { thread }),
  });
  await post(instance, door, exclude, { kind: "report", body });
  return door;
}

/** Asks that the conversation be forgotten. */
export async function forget(instance: Instance, { mailbox }: Writer): Promise<void> {
  const door = newDoor(systemChance);
  await post(instance, door, [], { kind: "forget", body: encodeForget({ thread: mailbox.id, door }) });
}

async function post(instance: Instance, door: Door, exclude: readonly Exclusion[], frame: Frame): Promise<void> {
  const roster = await rosterOf(instance);
  const desk = findDesk(roster, "all" as DeskId)!;
  const today = dayOf(systemClock.nowMs());
  const recipients = deskRecipients(roster, desk, exclude, today, systemChance);
  const sealed = new Uint8Array(seal(recipients, encodeFrame(frame), systemChance));
  const headers = { "content-type": "application/age", "gundo-door-hash": base64url(hashDoor(door)) };
  const response = await askWithWork((work) =>
    fetch(`${instance.url}/reports/all`, { method: "POST", body: sealed, headers: { ...headers, ...work } }),
  );
  if (response.status !== 201) throw new Error(`a report was refused: ${response.status}`);
}

interface Signer {
  readonly identityFile: string;
}

/** Runs a command as this person; `said` holds what it printed. */
export function as(instance: Instance, { identityFile }: Signer, ...words: readonly string[]): Promise<Said> {
  const passphraseFile = identityFile.replace(/age$/, "passphrase");
  return runGundo(...words, "--url", instance.url, "--identity", identityFile, "--passphrase-file", passphraseFile);
}

/** The one JSON object that a command printed; throws its refusal. */
export async function told<T>(said: Promise<Said>): Promise<T> {
  const { code, out, err } = await said;
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as T;
}

/** The name of the report with this text in somebody's inbox, once it is there. */
export async function reportNamed(instance: Instance, person: Signer, text: string): Promise<string> {
  let id: string | undefined;
  await until(async () => {
    const { out } = await as(instance, person, "inbox", "--json");
    const lines = out.split("\n").filter((line) => line !== "");
    const opened = lines.map((line) => JSON.parse(line) as { id: string; text?: string });
    id = opened.find((one) => one.text === text)?.id;
    return id !== undefined;
  });
  return id!;
}

/** A new reviewer with keys of their own, admitted in another's place: the board meets, two sign, it is published. */
export async function replaceReviewer(instance: Instance, removed: string, admitted: string): Promise<Signer> {
  const demo = join(instance.home, "demo");
  const file = (name: string): string => join(demo, `${admitted}.${name}`);
  const keys = join(demo, "keys");
  const passphrase = "sept mots pour une seule clef";
  await writeFile(file("passphrase"), `${passphrase}\n`);
  const made = ["--passphrase-file", file("passphrase"), "--out", file("age"), "--request", file("request")];
  await done(runGundo("keys", "new", "--id", admitted, ...made));
  const draft = ["--keys", keys, "--draft", file("draft")];
  const person = [
    "--name",
    admitted,
    "--organisation",
    "Kafo",
    "--short",
    "Kafo",
    "--desk",
    "all",
    "--desk",
    "gao",
    "--place",
    "ML05",
  ];
  await done(runGundo("roster", "admit", "--request", file("request"), ...person, ...draft));
  await done(runGundo("roster", "remove", "--id", removed, ...draft));
  let signed = file("draft");
  for (const [index, { identityFile }] of instance.demo.board.slice(0, 2).entries()) {
    const out = file(`note-${index}`);
    const signer = ["--identity", identityFile, "--passphrase-file", identityFile.replace(/age$/, "passphrase")];
    await done(runGundo("roster", "sign", ...signer, "--keys", keys, "--draft", signed, "--out", out));
    signed = out;
  }
  await done(runGundo("roster", "publish", "--note", signed, "--keys", keys));
  const note = await readFile(signed);
  await until(async () => Buffer.compare(await bytesAt(instance, "/keys/roster.note"), note) === 0);
  await quicken({ identityFile: file("age"), passphrase });
  return { identityFile: file("age") };
}

async function done(said: Promise<Said>): Promise<void> {
  const { code, err } = await said;
  if (code !== 0) throw new Error(err);
}
