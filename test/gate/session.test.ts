import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DeskId, DoorHash } from "../../src/base/brand.ts";
import { base64, base64url } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf } from "../../src/base/clock.ts";
import { parseAuditRow } from "../../src/envelope/audit-text.ts";
import { verifyAudit } from "../../src/envelope/audit-verify.ts";
import type { AuditRow } from "../../src/envelope/audit.ts";
import { moveArrivals } from "../../src/store/arrival.ts";
import { newReportId } from "../../src/triage/mix.ts";
import { sealDraft } from "../../src/intake/edge.ts";
import { openSources } from "../../src/intake/sources.ts";
import { testPerson, testRoster } from "../support/board.ts";
import { sealedNoise } from "../support/reports.ts";
import { answerTo, challengeFor, json, origin, sessionOf, withGate, type TestGate } from "../support/gate.ts";

let gate: TestGate;
beforeAll(async () => {
  gate = await withGate();
});
afterAll(() => gate.store.stop());

const person = (id: string) => gate.board.people.find((one) => one.id === id)!;
const inbox = (desk: string, headers: HeadersInit = {}, rest = "") =>
  gate.app.request(`/api/inbox?desk=${desk}${rest}`, { headers });

describe("sign-in", () => {
  test("a signed challenge opens a session, signing out ends it", async () => {
    const session = await sessionOf(gate.app, person("r1"));
    expect((await inbox("all", session)).status).toBe(200);
    expect((await gate.app.request("/api/session", { method: "DELETE", headers: session })).status).toBe(204);
    expect((await inbox("all", session)).status).toBe(401);
  });

  test("each challenge serves once, for its own reviewer, within two minutes", async () => {
    const given = await challengeFor(gate.app, "r1");
    const post = (body: object) => gate.app.request("/api/session", json(body));
    expect((await post(answerTo(given, person("r2")))).status).toBe(401);
    const fresh = await challengeFor(gate.app, "r1");
    expect((await post(answerTo(fresh, person("r1")))).status).toBe(201);
    expect((await post(answerTo(fresh, person("r1")))).status).toBe(401);
    const late = await challengeFor(gate.app, "r1");
    gate.clock.advanceMs(121_000);
    expect((await post(answerTo(late, person("r1")))).status).toBe(401);
  });

  test("another origin, instance or key is refused", async () => {
    const bends = [{ origin: "https://evil.example" }, { instance: "other-line" }, { signer: testPerson("r1") }];
    for (const bend of bends) {
      const given = await challengeFor(gate.app, "r1");
      expect((await gate.app.request("/api/session", json(answerTo(given, person("r1"), bend)))).status).toBe(401);
    }
    const given = await challengeFor(gate.app, "r1");
    const relayed = { ...answerTo(given, person("r1"), { origin: "https://evil.example" }), origin };
    expect((await gate.app.request("/api/session", json(relayed))).status).toBe(401);
  });

  test("of ten repeats of one answer at once, one opens a session; a relayed audit signature opens none", async () => {
    const answer = answerTo(await challengeFor(gate.app, "r1"), person("r1"));
    const posts = Array.from({ length: 10 }, async () => gate.app.request("/api/session", json(answer)));
    const statuses = (await Promise.all(posts)).map(({ status }) => status);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([201, ...Array.from({ length: 9 }, () => 401)]);
    const given = await challengeFor(gate.app, "r1");
    const { auditSignature } = answer as { auditSignature: string };
    const bent = { ...answerTo(given, person("r1")), auditSignature };
    expect((await gate.app.request("/api/session", json(bent))).status).toBe(401);
    // A refused answer spends nothing: whoever mistypes, or is impersonated, is not locked out.
    expect((await gate.app.request("/api/session", json(answerTo(given, person("r1"))))).status).toBe(201);
  });

  test("a flood of challenges for a reviewer writes nothing, and one asked for before it still serves", async () => {
    const rows = async () => {
      const { db } = gate.store.store;
      const tables = ["spent_nonce", "session", "audit"] as const;
      return Promise.all(tables.map(async (table) => (await db.selectFrom(table).selectAll().execute()).length));
    };
    const before = await rows();
    const given = await challengeFor(gate.app, "r1");
    for (let count = 0; count < 2000; count++) await challengeFor(gate.app, "r1");
    expect(await rows()).toEqual(before);
    const forged = { ...answerTo(given, person("r2")), reviewer: "r1" };
    for (let count = 0; count < 20; count++)
      expect((await gate.app.request("/api/session", json(forged))).status).toBe(401);
    expect(await rows()).toEqual(before);
    expect((await gate.app.request("/api/session", json(answerTo(given, person("r1"))))).status).toBe(201);
    expect(await rows()).toEqual(before.map((count) => count + 1));
  });

  test("before the first day of service and after the last nobody signs in, and a renewed key ends the old one's session", async () => {
    const kept = gate.roster;
    const session = await sessionOf(gate.app, person("r3"));
    const today = dayOf(gate.clock.nowMs());
    const bent = async (change: object) => {
      const { reviewers } = gate.board.body;
      const body = {
        ...gate.board.body,
        reviewers: reviewers.map((one) => (one.id === "r3" ? { ...one, ...change } : one)),
      };
      gate.roster = testRoster(gate.clock, { ...gate.board, body });
      const answer = answerTo(await challengeFor(gate.app, "r3"), person("r3"));
      const statuses = [
        (await gate.app.request("/api/session", json(answer))).status,
        (await inbox("all", session)).status,
      ];
      gate.roster = kept;
      return statuses;
    };
    expect(await bent({})).toEqual([201, 200]);
    expect(await bent({ from: addDays(today, 1) })).toEqual([401, 401]);
    expect(await bent({ from: addDays(today, -9), until: addDays(today, -1) })).toEqual([401, 401]);
    expect(await bent({ verifier: testPerson("r3").verifier })).toEqual([401, 401]);
  });

  test("every sign-in is in the audit, which verifies from its first row on", async () => {
    const session = await sessionOf(gate.app, person("o1"));
    const rows: AuditRow[] = [];
    for (let after: number | null = 0; after !== null;) {
      const response = await gate.app.request(`/api/audit?after=${after}&limit=2`, { headers: session });
      const page = (await response.json()) as { rows: unknown[]; next: number | null };
      rows.push(...page.rows.map((row) => parseAuditRow(row)!));
      after = page.next;
    }
    const keysOf = (id: string) => [person(id).verifier.publicKey];
    const verdict = verifyAudit(rows, { instance: gate.roster.instance, keysOf, checkpoints: [] });
    expect(verdict).toMatchObject({ ok: true, head: { seq: rows.length } });
    expect(rows.at(-1)).toMatchObject({ actor: "o1", action: "signIn" });
    for (const bad of ["after=-1", "limit=0", "limit=1001", "after=x", "more=1"])
      expect((await gate.app.request(`/api/audit?${bad}`, { headers: session })).status).toBe(400);
    expect((await gate.app.request("/api/audit")).status).toBe(401);
    expect((await gate.app.request("/api/audit/checkpoint")).status).toBe(401);
    expect((await gate.app.request("/api/audit/checkpoint", { headers: session })).status).toBe(404);
  });

  test("a stranger gets a challenge like everybody and no session", async () => {
    const stranger = testPerson("r9");
    const given = await challengeFor(gate.app, "r9");
    expect(Object.keys(given)).toEqual(Object.keys(await challengeFor(gate.app, "r1")));
    expect((await gate.app.request("/api/session", json(answerTo(given, stranger)))).status).toBe(401);
  });

  test("malformed bodies are refused with a code and nothing of them comes back", async () => {
    for (const body of ["", "{", "[]", '{"reviewer":1}', '{"reviewer":"r1","more":"planted"}', "x".repeat(9000)]) {
      const response = await gate.app.request("/api/challenge", { method: "POST", body });
      expect(response.status).toBe(400);
      expect(await response.text()).not.toContain("planted");
    }
  });

  test("a session ends by time, and at once when its reviewer leaves the roster", async () => {
    const session = await sessionOf(gate.app, person("r5"));
    const kept = gate.roster;
    const { desks, reviewers } = gate.board.body;
    const body = {
      ...gate.board.body,
      reviewers: reviewers.filter(({ id }) => id !== "r5"),
      desks: [{ ...desks[0]!, reviewers: ["r1", "r2", "r3", "r4"] }],
    };
    gate.roster = testRoster(gate.clock, { ...gate.board, body });
    expect((await inbox("all", session)).status).toBe(401);
    gate.roster = kept;
    expect((await inbox("all", session)).status).toBe(200);
    gate.clock.advanceMs(15 * 60_000);
    expect((await inbox("all", session)).status).toBe(401);
  });
});

describe("inbox", () => {
  test("each reviewer sees the desks they are of, byte for byte; nobody else sees anything", async () => {
    const edge = {
      core: { accept: async () => "stored" as const },
      roster: () => gate.roster,
      clock: gate.clock,
      chance: systemChance,
      sources: openSources(gate.clock, systemChance),
      seenKeys: { live: () => [] },
    };
    const draft = { channel: "web" as const, language: "fr", text: "ici", answers: {}, exclude: [], attachments: [] };
    const posted = sealDraft(edge, "gao" as DeskId, draft);
    const key = base64url(systemChance.bytes(16));
    const post = (sealed: Uint8Array, doorHash: DoorHash, desk: string) =>
      gate.app.request(`/reports/${desk}`, {
        method: "POST",
        body: new Uint8Array(sealed),
        headers: { "content-type": "application/age", "gundo-door-hash": base64url(doorHash), "idempotency-key": key },
      });
    expect((await post(posted.sealed, posted.doorHash, "gao")).status).toBe(201);
    // The same again: known by the key that its sender drew.
    const again = await Promise.all([1, 2, 3].map(async () => post(posted.sealed, posted.doorHash, "gao")));
    expect(again.map(({ status }) => status)).toEqual([200, 200, 200]);
    // Other bytes under it, which open like the first: refused, and nothing of them is kept.
    const others = sealDraft(edge, "gao" as DeskId, draft);
    const reused = await post(others.sealed, others.doorHash, "gao");
    expect([reused.status, await reused.json()]).toMatchObject([422, { code: "request.keyReused" }]);
    expect((await post(posted.sealed, posted.doorHash, "all")).status).toBe(422);
    expect((await post(posted.sealed, posted.doorHash, "none")).status).toBe(404);
    expect((await post(posted.sealed.subarray(1), posted.doorHash, "gao")).status).toBe(422);
    expect((await post(posted.sealed, new Uint8Array(31) as DoorHash, "gao")).status).toBe(400);
    await moveArrivals(gate.store.store.db, { shuffle: (rows) => rows, newId: () => newReportId(systemChance) });

    const seen = async (id: string): Promise<unknown> => {
      const response = await inbox("gao", await sessionOf(gate.app, person(id)));
      return response.ok ? ((await response.json()) as { reports: { sealed: string }[] }).reports : response.status;
    };
    for (const id of ["r4", "r5"]) expect(await seen(id)).toMatchObject([{ sealed: base64(posted.sealed) }]);
    for (const id of ["r1", "r2", "r3", "o1"]) expect(await seen(id)).toBe(403);
    expect((await inbox("gao")).status).toBe(401);
  });

  test("pages follow each other by cursor without a gap or a repeat", async () => {
    const { db } = gate.store.store;
    const ids = Array.from({ length: 23 }, () => newReportId(systemChance));
    const today = Math.floor(gate.clock.nowMs() / 86_400_000);
    await db
      .insertInto("report")
      .values(
        ids.map((id, index) => ({
          id: Buffer.from(id, "hex"),
          desk: "all",
          received_day: today - (index % 3),
          size_class: 8192 as const,
          door_hash: systemChance.bytes(32),
          sealed: sealedNoise(),
        })),
      )
      .execute();
    const session = await sessionOf(gate.app, person("r1"));
    const found: string[] = [];
    let after: string | null = "";
    while (after !== null) {
      const response = await inbox("all", session, `&limit=5${after === "" ? "" : `&after=${after}`}`);
      const page = (await response.json()) as { reports: { id: string }[]; next: string | null };
      found.push(...page.reports.map(({ id }) => id));
      after = page.next;
    }
    expect(found.toSorted()).toEqual(ids.toSorted());
  });

  test("a query that is not one is refused", async () => {
    const session = await sessionOf(gate.app, person("r1"));
    for (const rest of ["&limit=0", "&limit=1000", "&after=x", "&more=1", "&after=2026-11-23.zz"])
      expect((await inbox("all", session, rest)).status).toBe(400);
    expect((await inbox("ALL", session)).status).toBe(400);
  });
});
