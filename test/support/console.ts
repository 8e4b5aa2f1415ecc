import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import type { DeskId, Door, Sealed } from "../../src/base/brand.ts";
import { utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf, hourOf, msPerHour, type UnixDay, type UnixMs } from "../../src/base/clock.ts";
import { emptyAudit } from "../../src/envelope/audit.ts";
import { signCheckpoint } from "../../src/envelope/audit-checkpoint.ts";
import { hashDoor, newDoor } from "../../src/envelope/door.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { encodeReport, type Report } from "../../src/envelope/report.ts";
import { seal } from "../../src/envelope/seal.ts";
import { deskRecipients } from "../../src/roster/readers.ts";
import { findDesk, type RosterBody } from "../../src/roster/roster.ts";
import { anchorsText } from "../../src/roster/text.ts";
import { verifyRoster } from "../../src/roster/verify.ts";
import { lastAudit } from "../../src/store/audit.ts";
import { listen } from "../../workers/web.ts";
import { HandClock, signedBy } from "./board.ts";
import { withGate, type TestGate } from "./gate.ts";
import { quickIdentity } from "./identity.ts";
import type { Wire } from "./page.ts";

/** The reviewers' page on a loopback port, with one reviewer's files, and everything that was sent to it. */
export interface ConsoleServer {
  readonly gate: TestGate;
  readonly url: string;
  readonly wire: Wire[];
  /** Of r1, quick to open. */
  readonly identityFile: string;
  readonly passphrase: string;
  readonly anchorsFile: string;
  /** Answers instead of the gate when it gives something: what a server may lie about. */
  instead: (request: Request) => Response | null;
  stop(): Promise<void>;
}

export async function serveConsole(clock = new HandClock(new Date().toISOString())): Promise<ConsoleServer> {
  const gate = await withGate({ console: true, clock });
  const anchors = utf8(anchorsText(gate.board.anchors));
  gate.anchors = anchors;
  const passphrase = "cinq mots que personne ne dirait";
  const identityFile = join(gate.store.home, "r1.age");
  const anchorsFile = join(gate.store.home, "anchors.json");
  await writeFile(identityFile, await quickIdentity(gate.board.people[0]!, passphrase));
  await writeFile(anchorsFile, anchors);
  const wire: Wire[] = [];
  const server = { instead: (_request: Request): Response | null => null };
  const answer = async (request: Request): Promise<Response> => {
    const body = new Uint8Array(await request.arrayBuffer());
    const { pathname, search } = new URL(request.url);
    wire.push({ method: request.method, path: pathname + search, headers: JSON.stringify([...request.headers]), body });
    const { method, headers, signal } = request;
    const again = { method, headers, signal, ...(body.length > 0 && { body }) };
    return server.instead(request) ?? gate.app.fetch(new Request(request.url, again));
  };
  const web = await listen(answer, "127.0.0.1", 0);
  const url = `http://127.0.0.1:${web.port}`;
  gate.origins.push(url);
  const stop = async (): Promise<void> => {
    await web[Symbol.asyncDispose]();
    await gate.store.stop();
  };
  return Object.assign(server, { gate, url, wire, identityFile, passphrase, anchorsFile, stop });
}

/** A report of the desk "all" as the mix leaves it, sealed to whoever may read it. */
export async function plantSealed(gate: TestGate, part: Partial<Report>, day?: UnixDay): Promise<Door> {
  const { door, row } = sealedRow(gate, part, day ?? dayOf(gate.clock.nowMs()));
  await gate.store.store.db.insertInto("report").values(row).execute();
  return door;
}

export function sealedRow(gate: TestGate, part: Partial<Report>, day: UnixDay) {
  const door = newDoor(systemChance);
  const report: Report = {
    channel: "ussd",
    language: "fr",
    text: "Rien à signaler",
    answers: {},
    receivedHour: hourOf((day * 24 * msPerHour) as UnixMs),
    exclude: [],
    attachments: [],
    door,
    ...part,
  };
  const desk = findDesk(gate.roster, "all" as DeskId)!;
  const recipients = deskRecipients(gate.roster, desk, report.exclude, dayOf(gate.clock.nowMs()), systemChance);
  const sealed: Sealed = seal(recipients, encodeFrame({ kind: "report", body: encodeReport(report) }), systemChance);
  const row = {
    id: systemChance.bytes(16),
    desk: desk.id,
    received_day: day,
    size_class: 8192 as const,
    door_hash: hashDoor(door),
    sealed,
  };
  return { door, row };
}

/** Puts a roster in force, signed by two of the board; the one before is still served as a former one. */
export function publish(gate: TestGate, change: Partial<RosterBody>): void {
  const { anchors, board } = gate.board;
  gate.former.set(gate.roster.serial, gate.note);
  const { noteHash, ...body } = gate.roster;
  const next = { ...body, serial: body.serial + 1, previous: noteHash, ...change };
  gate.note = signedBy(board.slice(0, 2), next);
  gate.roster = verifyRoster(anchors, gate.note, null, gate.clock.nowMs()).roster;
}

/** A checkpoint of the audit as it stands, or of a head that never was; as the core signs it. */
export async function checkpointOf(gate: TestGate, head?: { seq: number; hash: Uint8Array }): Promise<Uint8Array> {
  const { server, body } = gate.board;
  const now = head ?? (await lastAudit(gate.store.store.db)) ?? emptyAudit;
  const checkpoint = { instance: body.instance, seq: now.seq, hash: now.hash, hour: hourOf(gate.clock.nowMs()) };
  return signCheckpoint(checkpoint, server.id, server.signing);
}

export interface UnlockWith {
  readonly passphrase?: string;
  readonly anchors?: boolean;
}

/** Fills the form as a reviewer does, and presses the button. */
export async function unlock(page: Page, server: ConsoleServer, unlocking: UnlockWith = {}): Promise<void> {
  await page.locator("#identity").setInputFiles(server.identityFile);
  if (unlocking.anchors ?? true) await page.locator("#anchors").setInputFiles(server.anchorsFile);
  await page.locator("#passphrase").fill(unlocking.passphrase ?? server.passphrase);
  await page.locator("form button[type=submit]").click();
}
