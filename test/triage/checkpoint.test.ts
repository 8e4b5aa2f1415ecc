import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import { hourOf } from "../../src/base/clock.ts";
import { codeOf } from "../../src/base/fault.ts";
import { verifyCheckpoint } from "../../src/envelope/audit-checkpoint.ts";
import { auditObject } from "../../src/envelope/audit.ts";
import type { Roster } from "../../src/roster/roster.ts";
import { lastAudit, listAudit } from "../../src/store/audit.ts";
import { readCheckpoint } from "../../src/store/checkpoint.ts";
import { findSession, insertSession } from "../../src/store/session.ts";
import { appendAudit } from "../../src/triage/audit.ts";
import { checkpointTicks, type CheckpointRule } from "../../src/triage/checkpoint.ts";
import { rosterWatch } from "../../src/triage/roster-watch.ts";
import { HandClock, testBoard, testPerson, testRoster } from "../support/board.ts";
import { numbered } from "../support/reports.ts";
import { withStore, type TestStore } from "../support/store.ts";

const clock = new HandClock();
const core = testPerson("core");
const made = testBoard(clock);
const board = { ...made, body: { ...made.body, checkpoint: core.verifier } };
const roster = testRoster(clock, board);
let store: TestStore;
const db = () => store.store.db;
beforeAll(async () => {
  store = await withStore();
});
afterAll(() => store.stop());
beforeEach(() => sql`truncate audit, audit_checkpoint, session`.execute(db()).then(() => undefined));

const ticks = (rule: CheckpointRule, key = core.signing) =>
  checkpointTicks({ store: store.store, roster: () => roster, key, rule, clock });
const act = () =>
  db()
    .transaction()
    .execute((trx) => {
      const object = auditObject(systemChance.bytes(32), new Uint8Array(0));
      return appendAudit(trx, { actor: null, action: "daySwept", object, signature: null }, clock);
    });
const actions = async () => (await listAudit(db(), 0, 50)).map(({ action }) => action);
const signed = async () => verifyCheckpoint((await readCheckpoint(db()))!.note, roster.instance, [core.verifier]);

test("hourly: the first at once, then one an hour over whatever was appended by then", async () => {
  await act();
  const tick = ticks("hourly");
  await tick();
  expect(await signed()).toEqual({
    instance: roster.instance,
    ...(await lastAudit(db())),
    hour: hourOf(clock.nowMs()),
  });
  await act();
  await tick();
  expect((await signed()).seq).toBe(1);
  clock.advanceMs(3_600_000);
  await tick();
  expect(await signed()).toMatchObject({ seq: 2, hour: hourOf(clock.nowMs()) });
});

test("at once: whenever something was appended; an audit without rows has a checkpoint too", async () => {
  const tick = ticks("atOnce");
  await tick();
  expect(await signed()).toMatchObject({ seq: 0, hash: new Uint8Array(32) });
  await act();
  await Promise.all([tick(), ticks("atOnce")()]);
  expect(await signed()).toMatchObject({ seq: 1 });
});

test("a key that the roster does not name signs nothing", async () => {
  expect(await ticks("hourly", testPerson("core").signing)().catch(codeOf)).toBe("roster.checkpoint");
  expect(await readCheckpoint(db())).toBeNull();
});

test("a new roster is audited once by any number of cores, and ends whom it no longer lets in", async () => {
  const held: { roster: Roster } = { roster };
  const expires = (clock.nowMs() + 60_000) as typeof clock extends { nowMs(): infer T } ? T : never;
  const people = board.people.slice(0, 3);
  for (const [index, { id, verifier }] of people.entries())
    await insertSession(db(), { tokenHash: numbered(index), reviewer: id, verifier: verifier.publicKey, expires });
  const watches = [1, 2].map(() => rosterWatch({ store: store.store, roster: () => held.roster, clock }));
  const all = () => Promise.all(watches.map((watch) => watch()));
  const open = async () => {
    const found = await Promise.all(people.map((_, index) => findSession(db(), numbered(index), clock.nowMs())));
    return found.map((session) => session?.reviewer ?? null);
  };
  await all();
  expect([await open(), await actions()]).toEqual([["r1", "r2", "r3"], ["rosterChanged"]]);
  // r1 leaves, r2 has a new key.
  const reviewers = board.body.reviewers
    .filter(({ id }) => id !== "r1")
    .map((one) => (one.id === "r2" ? { ...one, verifier: testPerson("r2").verifier } : one));
  const desks = [{ ...board.body.desks[0]!, reviewers: ["r2", "r3", "r4", "r5"] }, board.body.desks[1]!];
  held.roster = testRoster(clock, { ...board, body: { ...board.body, serial: 2, reviewers, desks } });
  await all();
  await all();
  expect(await open()).toEqual([null, null, "r3"]);
  expect((await actions()).toSorted()).toEqual(["rosterChanged", "rosterChanged", "sessionsEnded", "sessionsEnded"]);
});
