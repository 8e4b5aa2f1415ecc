import { join } from "node:path";
import type { DeskId } from "../../../src/base/brand.ts";
import { concat, utf8 } from "../../../src/base/bytes.ts";
import { systemChance } from "../../../src/base/chance.ts";
import { dayOf, systemClock } from "../../../src/base/clock.ts";
import { Client } from "../../../src/cli/client.ts";
import { openFile } from "../../../src/cli/reports.ts";
import { encodeFrame } from "../../../src/envelope/frame.ts";
import { sha256 } from "../../../src/envelope/hash.ts";
import { sodiumDecapsulator } from "../../../src/envelope/opener-sodium.ts";
import { recipientOf } from "../../../src/envelope/recipient.ts";
import type { Report } from "../../../src/envelope/report.ts";
import { seal } from "../../../src/envelope/seal.ts";
import { insertLabels } from "../../../src/store/label.ts";
import { putQuarterKey } from "../../../src/store/quarter-key.ts";
import type { Period } from "../../../src/trends/period.ts";
import { postWorked, writeBody } from "../../support/mailboxes.ts";
import { runGundo } from "../../support/terminal.ts";
import { names, places, written } from "./planted.ts";
import { ask, origin } from "./processes.ts";
import type { Production } from "./server.ts";

/** A report as the first reviewer reads it, and its row's id. */
export interface Read {
  readonly id: string;
  readonly report: Report;
}

/** The same by its text. Only at the origin. */
export async function readAll(server: Production): Promise<ReadonlyMap<string, Read>> {
  return new Map((await readEach(server)).map((read) => [read.report.text, read]));
}

/** Everything of the desk that opens for the first reviewer. Only at the origin (`atOrigin`). */
export async function readEach({ board }: Production): Promise<readonly Read[]> {
  const [reviewer] = board.people;
  const decapsulator = await sodiumDecapsulator();
  const client = new Client(origin);
  await client.signIn(board.body.instance, reviewer!);
  const all: Read[] = [];
  for await (const { id, sealed } of client.inbox("all")) {
    const opened = openFile(sealed, reviewer!.identity, decapsulator, 0);
    if (opened?.kind === "report") all.push({ id, report: opened.report });
  }
  await client.signOut();
  return all;
}

/** An answer to a report's mailbox, which waits for its release. */
export async function answer({ url }: Production, { mailbox }: Report, name: string): Promise<void> {
  const day = dayOf(systemClock.nowMs());
  const text = `${written.answer}, dit ${name}`;
  const body = writeBody(mailbox!, { desk: "all" as DeskId, exclude: [], language: "fr", day, text });
  const response = await postWorked((init) => ask(`${url}/mailbox/write`, init), body);
  if (response.status !== 201) throw new Error(`an answer was told ${response.status}`);
}

/** A command as the first or the second reviewer types it. Only at the origin. */
async function gundo({ people }: Production, id: "r1" | "r2", ...words: readonly string[]): Promise<void> {
  const who = ["--identity", join(people, `${id}.age`), "--passphrase-file", join(people, `${id}.passphrase`)];
  const { code, err } = await runGundo(...words, "--url", origin, ...who);
  if (code !== 0) throw new Error(`gundo ${words.join(" ")}: ${err}`);
}

/** A case from its taking to its label, told with names and places. Only at the origin. */
export async function workOn(server: Production, id: string): Promise<void> {
  const report = ["--report", id];
  await gundo(server, "r1", "case", "take", ...report);
  await gundo(server, "r1", "case", "note", ...report, "--text", `${written.note}: ${names[1]!}, ${places[1]!}`);
  const where = ["--category", "ARM", "--place", "ML07", "--locality", places[2]!, "--incident", written.label];
  await gundo(server, "r2", "case", "label", ...report, ...where, "--plausible");
}

/** An answer by SMS, proposed by one and approved by the other in the case. Only at the origin. */
export async function answerBySms(server: Production, id: string): Promise<void> {
  await gundo(server, "r1", "answer", "--report", id, "--sms", "--text", `${written.sms} (${names[2]!})`);
  await gundo(server, "r2", "case", "approve", "--report", id);
}

/**
 * A quarter's key and a file of labels, as their routes keep them: those open in the days after a quarter alone, so the rows
 * are written by the functions that the routes call.
 */
export async function leaveLabels({ ways, board }: Production): Promise<void> {
  const { store } = ways();
  const period = "2026-Q4" as Period;
  const officer = board.people.find(({ id }) => id === "o1")!;
  const reviewer = board.people[0]!;
  const told = utf8(`${written.label} à ${places[3]!}`);
  const labels = encodeFrame({ kind: "labels", body: concat(told, systemChance.bytes(100_000)) });
  const sealed = seal([recipientOf(officer.identity), recipientOf(officer.identity)], labels, systemChance);
  await store.db.transaction().execute((trx) => insertLabels(trx, { id: sha256(sealed), period, sealed }));
  const key = systemChance.bytes(32);
  const keyFile = seal(
    [recipientOf(reviewer.identity)],
    encodeFrame({ kind: "quarterlyKey", body: key }),
    systemChance,
  );
  await putQuarterKey(store.db, { period, reviewer: reviewer.id, keyHash: sha256(key), sealed: keyFile });
}
