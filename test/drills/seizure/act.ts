import { sql } from "kysely";
import { systemChance } from "../../../src/base/chance.ts";
import { systemClock, type UnixMs } from "../../../src/base/clock.ts";
import { mixRule } from "../../../src/triage/mix.ts";
import { sweeps } from "../../../src/triage/sweep.ts";
import { until } from "../../support/store.ts";
import { dial, send } from "./informants.ts";
import { messageOf, names, sentNow, written, type Sent } from "./planted.ts";
import { answer, answerBySms, leaveLabels, readAll, workOn, type Read } from "./reviewers.ts";
import { atOrigin } from "./processes.ts";
import type { Production } from "./server.ts";

const [sendersAtOnce, batch] = [3, 20];
const msPerHour = 3_600_000;

/** So many reports on every channel, mixed as they come; each was acknowledged. */
export async function report(server: Production, first: number, count: number): Promise<readonly Sent[]> {
  const sent: Sent[] = [];
  const waiting = Array.from({ length: count }, (_, index) => first + index);
  while (waiting.length > 0) {
    const round = waiting.splice(0, batch);
    const sender = async (): Promise<void> => {
      for (let index = round.shift(); index !== undefined; index = round.shift())
        sent.push(await send(server, messageOf(index)));
    };
    await Promise.all(Array.from({ length: sendersAtOnce }, sender));
    await mix(server);
  }
  return sent;
}

/** Of those that only make a batch full. */
const firstFiller = 9_000;

/** What waits is mixed now and offered to its desk; what is too little for a batch gets company first, as in any village. */
export async function mix(server: Production): Promise<void> {
  for (let waiting = await rowsIn(server, "arrival"); waiting > 0; waiting = await rowsIn(server, "arrival")) {
    const next = firstFiller + waiting + (await rowsIn(server, "report"));
    for (let filler = 0; waiting + filler < mixRule.batch; filler++)
      await send(server, { ...messageOf(next + filler), way: "sms" });
    await server.ways().queues.add("mix", null);
    await until(async () => (await rowsIn(server, "arrival")) < mixRule.batch);
  }
  await until(async () => (await rowsIn(server, "report")) === (await rowsIn(server, "offer")));
}

async function rowsIn({ ways }: Production, table: "arrival" | "report" | "offer" | "mailbox_held"): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::integer as count from ${sql.table(table)}`.execute(
    ways().store.db,
  );
  return rows[0]!.count;
}

/** The hour of the mailboxes strikes. */
async function release(server: Production): Promise<void> {
  await server.ways().queues.add("mailbox", null);
  await until(async () => (await rowsIn(server, "mailbox_held")) === 0);
}

/** How much is done with what arrived. */
export interface Work {
  readonly answers: number;
  readonly cases: number;
  readonly bySms: number;
}

/** Reviewers at a terminal open the whole inbox with each command: a few cases stand for many. */
export const workFor = (reports: number): Work => ({
  answers: Math.min(60, Math.ceil(reports / 10)),
  cases: Math.min(6, Math.ceil(reports / 50)),
  bySms: Math.min(6, Math.ceil(reports / 50)),
});

/** Answers, follow-ups by those who read them, cases, answers by SMS, labels. Resolves with the follow-ups. */
export async function converse(server: Production, sent: readonly Sent[], work: Work): Promise<readonly Sent[]> {
  const read = await atOrigin(server, () => readAll(server));
  const missing = sent.filter(({ text }) => !read.has(text));
  if (missing.length > 0) throw new Error(`${missing.length} acknowledged reports are not there`);
  const of = (one: Sent): Read => read.get(one.text)!;
  const byPhone = sent.filter(({ receipt }) => receipt !== null).slice(0, work.answers / 2);
  const byPage = sent.filter((one) => one.receipt === null && of(one).report.mailbox !== undefined);
  const answered = [...byPhone, ...byPage.slice(0, work.answers / 2)];
  for (const [index, one] of answered.entries()) await answer(server, of(one).report, names[index % names.length]!);
  await release(server);
  const followed: Sent[] = [];
  for (const one of byPhone) followed.push(await writeAgain(server, one));
  await mix(server);
  const asked = sent.filter((one) => of(one).report.capsule !== undefined).slice(0, work.bySms);
  await atOrigin(server, async () => {
    for (const one of sent.slice(0, work.cases)) await workOn(server, of(one).id);
    for (const one of asked) await answerBySms(server, of(one).id);
  });
  await server.ways().queues.add("outbox", null);
  await until(() => asked.every(({ number }) => server.provider.messagesOf(number).length === 1));
  await leaveLabels(server);
  return followed;
}

/** Reads the answer by dialling again, and goes on. */
async function writeAgain(server: Production, { index, number, receipt }: Sent): Promise<Sent> {
  const text = `${written.followUp}. Suite ${index}`;
  const answers = ["2", receipt!];
  const screen = await dial(server, { index, number }, answers, `ATUid_read_${index}`);
  if (!screen.includes(written.answer.slice(0, 20))) throw new Error("an answer was not read");
  // The answer may take two screens.
  const on = screen.endsWith("1 Suite") ? ["1"] : [];
  const last = await dial(server, { index, number }, [...answers, ...on, "1", "1", text, "0"], `ATUid_more_${index}`);
  if (!last.startsWith("END Merci")) throw new Error("a follow-up was not thanked for");
  return sentNow({ index, number, way: "ussd", text });
}

/** What the sweep does once this much time has passed. */
export async function sweepAfter({ ways }: Production, hours: number): Promise<void> {
  await sweeps({
    store: ways().store,
    enqueue: async () => undefined,
    sweepEvents: async () => undefined,
    clock: { nowMs: () => (systemClock.nowMs() + hours * msPerHour) as UnixMs },
    chance: systemChance,
    emit: () => undefined,
  })();
}
