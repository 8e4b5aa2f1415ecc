import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { hourOf } from "../../src/base/clock.ts";
import { codeOf, Fault } from "../../src/base/fault.ts";
import { verifyAudit } from "../../src/envelope/audit-verify.ts";
import { auditObject, emptyAudit, signAct, type AuditAct } from "../../src/envelope/audit.ts";
import { isAudited, lastAudit, listAudit } from "../../src/store/audit.ts";
import { appendAudit } from "../../src/triage/audit.ts";
import { systemChance } from "../../src/base/chance.ts";
import { HandClock, testPerson } from "../support/board.ts";
import { withStore, type TestStore } from "../support/store.ts";

const instance = "test-line";
const clock = new HandClock();
const person = testPerson("r1");
let store: TestStore;
const db = () => store.store.db;
beforeAll(async () => {
  store = await withStore();
});
afterAll(() => store.stop());
beforeEach(() => sql`truncate audit`.execute(db()).then(() => undefined));

function newAct(): AuditAct {
  const object = auditObject(systemChance.bytes(32), systemChance.bytes(16));
  const signature = signAct(person.signing, { instance, reviewer: "r1", action: "caseEvent", object });
  return { actor: "r1", action: "caseEvent", object, signature };
}

const append = (act: AuditAct) =>
  db()
    .transaction()
    .execute((trx) => appendAudit(trx, act, clock));
const witness = { instance, keysOf: () => [person.verifier.publicKey], checkpoints: [] };

test("acts at the same time make one chain without a gap, and each is as it was handed in", async () => {
  const acts = Array.from({ length: 24 }, newAct);
  const heads = await Promise.all(acts.map(append));
  expect(heads.map(({ seq }) => seq).toSorted((a, b) => a - b)).toEqual(acts.map((_, index) => index + 1));
  const rows = await listAudit(db(), 0, 100);
  const head = await lastAudit(db());
  expect(verifyAudit(rows, witness)).toEqual({ ok: true, head });
  for (const [index, act] of acts.entries())
    expect(rows[heads[index]!.seq - 1]).toMatchObject({ ...act, hour: hourOf(clock.nowMs()) });
});

test("pages follow each other by number", async () => {
  for (let count = 0; count < 5; count++) await append(newAct());
  const pages = [await listAudit(db(), 0, 2), await listAudit(db(), 2, 2), await listAudit(db(), 4, 2)];
  expect(pages.map((rows) => rows.map(({ seq }) => seq))).toEqual([[1, 2], [3, 4], [5]]);
  expect(await listAudit(db(), 5, 2)).toEqual([]);
});

test("an act that fails after it was appended leaves no row, and the next takes its number", async () => {
  await append(newAct());
  const failing = db()
    .transaction()
    .execute(async (trx) => {
      await appendAudit(trx, newAct(), clock);
      throw new Fault("bug");
    });
  expect(await failing.catch(codeOf)).toBe("bug");
  expect((await append(newAct())).seq).toBe(2);
  expect(verifyAudit(await listAudit(db(), 0, 10), witness)).toMatchObject({ ok: true });
});

test("an object is known again by its action, an audit without rows has no head", async () => {
  expect(await lastAudit(db())).toBeNull();
  const object = auditObject(new Uint8Array(32), emptyAudit.hash);
  await append({ actor: null, action: "daySwept", object, signature: null });
  expect(await isAudited(db(), "daySwept", object)).toBe(true);
  expect(await isAudited(db(), "rosterChanged", object)).toBe(false);
});

test("the table refuses a reviewer without signature and a signature without a reviewer", async () => {
  const act = newAct();
  for (const bent of [{ signature: null }, { actor: null }])
    expect(await append({ ...act, ...bent } as AuditAct).catch(codeOf)).toBe("bug");
  expect(await lastAudit(db())).toBeNull();
});
