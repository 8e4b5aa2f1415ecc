import { lastAudit } from "../../src/store/audit.ts";
import fc from "fast-check";
import { sql, type Kysely } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { base64url, hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf, hourOf, type UnixMs } from "../../src/base/clock.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { readNote } from "../../src/envelope/note-text.ts";
import { addSignature } from "../../src/envelope/note-sign.ts";
import { recipientOf } from "../../src/envelope/recipient.ts";
import { seal } from "../../src/envelope/seal.ts";
import { deleteExpired } from "../../src/store/expire.ts";
import { listLabelIds, shuffleLabels } from "../../src/store/label.ts";
import { up as secondSeed } from "../../src/store/migrations/0013-second-seed.ts";
import { tidy } from "../../src/store/tidy.ts";
import { claimText, verifyClaim } from "../../src/trends/claim.ts";
import { commitText } from "../../src/trends/commit.ts";
import { erratumText } from "../../src/trends/erratum.ts";
import { planText } from "../../src/trends/plan.ts";
import { verifySeen } from "../../src/trends/seen.ts";
import type { TestPerson } from "../support/board.ts";
import {
  instance,
  noteBy,
  notesOf,
  planOf,
  quarter,
  someLabels,
  withQuarter,
  type QuarterGate,
} from "../support/quarter.ts";

let at: QuarterGate;
beforeAll(async () => {
  at = await withQuarter();
});
afterAll(() => at.gate.store.stop());
beforeEach(async () => {
  for (const table of ["label", "quarter_key", "release_note", "release_parcel"] as const)
    await at.gate.store.store.db.deleteFrom(table).execute();
});

const age = (sealed: Uint8Array): RequestInit => ({
  method: "POST",
  body: new Uint8Array(sealed),
  headers: { "content-type": "application/age" },
});
const codeOf = async (response: Response): Promise<string> =>
  response.ok ? String(response.status) : ((await response.json()) as { code: string }).code;
const postLabels = (sealed: Uint8Array) => at.ask(at.reviewer, `/api/releases/labels?period=${quarter}`, age(sealed));
const labels = () => listLabelIds(at.gate.store.store.db, quarter);
const read = (name: string) => at.ask(null, `/api/releases/note?period=${quarter}&name=${name}`);
const bytesOf = async (name: string): Promise<Uint8Array> => new Uint8Array(await (await read(name)).arrayBuffer());

/** Plan and commitments in time, three files of labels after the period; the clock is where a claim is due. */
async function upToClaim() {
  const { plan, commits } = notesOf(at.officers, []);
  at.day(-20);
  expect((await at.post(at.officers[0]!, plan)).status).toBe(201);
  at.day(50);
  for (const [index, commit] of commits.entries())
    expect((await at.post(at.officers[index]!, commit)).status).toBe(201);
  at.day(92);
  for (let count = 0; count < 3; count++) expect((await postLabels(someLabels(at.officers))).status).toBe(201);
  at.day(110);
  return notesOf(at.officers, await labels());
}

describe("steps", () => {
  test("plan, commitments, labels, claim, release: each once, the same again changes nothing", async () => {
    const { plan, commits, claim, release } = await upToClaim();
    expect(await codeOf(await at.post(at.officers[1]!, plan))).toBe("200");
    expect(await codeOf(await at.post(at.officers[1]!, release))).toBe("release.order");
    expect(await codeOf(await at.post(at.officers[0]!, claim))).toBe("201");
    expect(await codeOf(await at.post(at.officers[0]!, claim))).toBe("200");
    expect(await codeOf(await postLabels(someLabels(at.officers)))).toBe("release.claimed");
    expect(await codeOf(await at.post(at.officers[1]!, release))).toBe("201");
    const shown = (await (await at.ask(null, "/api/releases")).json()) as { notes: { name: string }[] };
    const names = ["claim", "claim.seen", "commit-o1", "commit-o1.seen", "commit-o2", "commit-o2.seen"];
    expect(shown.notes.map(({ name }) => name)).toEqual([...names, "plan", "plan.seen"]);
    expect(await bytesOf("commit-o2")).toEqual(commits[1]);
  });

  test("the core says in which hour it first saw a plan, a commitment and a claim, with its own key", async () => {
    const { plan } = notesOf(at.officers, []);
    at.day(-20);
    const hour = hourOf(at.gate.clock.nowMs());
    await at.post(at.officers[0]!, plan);
    const audit = (await lastAudit(at.gate.store.store.db))!.hash;
    at.day(-18);
    await at.post(at.officers[0]!, plan);
    const seen = verifySeen(await bytesOf("plan.seen"), instance, () => [at.gate.roster.checkpoint]);
    expect(seen).toEqual({ instance, kind: "gundo/release-plan/v1", note: sha256(plan), hour, audit });
  });

  test("nothing is taken before or after its time", async () => {
    const { plan, commits, claim } = notesOf(at.officers, []);
    at.day(0);
    expect(await codeOf(await at.post(at.officers[0]!, plan))).toBe("release.notNow");
    at.day(-1);
    expect(await codeOf(await at.post(at.officers[0]!, commits[0]!))).toBe("release.order");
    expect(await codeOf(await postLabels(someLabels(at.officers)))).toBe("release.notNow");
    expect(await codeOf(await at.post(at.officers[0]!, plan))).toBe("201");
    at.day(89);
    expect(await codeOf(await at.post(at.officers[0]!, commits[0]!))).toBe("201");
    at.day(90);
    expect(await codeOf(await at.post(at.officers[1]!, commits[1]!))).toBe("release.notNow");
    expect(await codeOf(await at.post(at.officers[1]!, claim))).toBe("release.order");
  });

  test("a claim waits for the fifteen days, and names exactly the files that are there", async () => {
    const { claim } = await upToClaim();
    at.day(104);
    expect(await codeOf(await at.post(at.officers[0]!, claim))).toBe("release.notNow");
    at.day(106);
    const some = notesOf(at.officers, (await labels()).slice(1));
    expect(await codeOf(await at.post(at.officers[0]!, some.claim))).toBe("release.order");
    expect(await codeOf(await at.post(at.officers[0]!, claim))).toBe("201");
  });

  test("another plan, commitment or claim in the place of one is refused", async () => {
    const { claim } = await upToClaim();
    const other = notesOf(at.officers, [], planOf({ budget: { numerator: 2, denominator: 2 } }));
    const twice = noteBy(planText(planOf({ previous: sha256(other.plan) })), ...at.officers);
    expect(await codeOf(await at.post(at.officers[0]!, twice))).toBe("release.held");
    expect(await codeOf(await at.post(at.officers[0]!, claim))).toBe("201");
    const again = addSignature(claim, at.officers[1]!.id, at.officers[1]!.signing);
    expect(await codeOf(await at.post(at.officers[1]!, again))).toBe("release.claimed");
  });

  test("a plan by two officers of one organisation, by one alone, or by a reviewer is refused", async () => {
    at.day(-20);
    const [o1, o2] = at.officers;
    const text = planText(planOf());
    expect(await codeOf(await at.post(o1!, noteBy(text, o1!)))).toBe("release.signers");
    expect(await codeOf(await at.post(o1!, noteBy(text, o1!, o2!, at.reviewer)))).toBe("release.signers");
    expect(await codeOf(await at.post(at.reviewer, noteBy(text, o1!, o2!)))).toBe("forbidden");
  });
});

describe("a second draw", () => {
  test("needs new commitments and enough of the board", async () => {
    const { claim, plan, release } = await upToClaim();
    await at.post(at.officers[0]!, claim);
    const second = secondOf(plan, await labels());
    expect(await codeOf(await at.post(at.officers[0]!, second.claim()))).toBe("release.redrawn");
    const [b1, b2] = at.gate.board.board;
    expect(await codeOf(await at.post(at.officers[0]!, second.claim(b1!)))).toBe("release.redrawn");
    expect(await codeOf(await at.post(at.officers[0]!, second.claim(b1!, b2!)))).toBe("release.order");
    for (const commit of second.commits) expect((await at.post(at.officers[0]!, commit)).status).toBe(201);
    expect(await codeOf(await at.post(at.officers[0]!, second.claim(b1!, b2!)))).toBe("201");
    expect(await codeOf(await at.post(at.officers[0]!, release))).toBe("release.order");
  });
});

const parcel = (kind: string, to: string, sealed = small(at.officers[0]!)) =>
  at.ask(at.officers[0]!, `/api/releases/parcel?period=${quarter}&kind=${kind}&officer=${to}`, age(sealed));

describe("what lies there for officers", () => {
  test("a seed is replaced until it is promised, and then by nothing but itself; each attempt has its own", async () => {
    const { claim } = await upToClaim();
    const seed = small(at.officers[0]!);
    for (const sealed of [seed, seed]) expect(await codeOf(await parcel("seed", "o1", sealed))).toBe("201");
    expect(await codeOf(await parcel("seed", "o1"))).toBe("release.held");
    for (let again = 0; again < 2; again++) expect(await codeOf(await parcel("seed-2", "o1"))).toBe("201");
    await at.post(at.officers[0]!, claim);
    const second = secondOf(notesOf(at.officers, []).plan, await labels());
    expect((await at.post(at.officers[0]!, second.commits[0]!)).status).toBe(201);
    expect(await codeOf(await parcel("seed-2", "o1"))).toBe("release.held");
    const kept = await at.ask(at.officers[0]!, `/api/releases/parcel?period=${quarter}&kind=seed`);
    expect(new Uint8Array(await kept.arrayBuffer())).toEqual(seed);
  });

  test("a seed is for oneself, everything else for the other, and nothing comes back after the release", async () => {
    const { claim, release } = await upToClaim();
    for (const [kind, to] of [
      ["seed", "o2"],
      ["seed-2", "o2"],
      ["reveal", "o1"],
    ] as const)
      expect([kind, await codeOf(await parcel(kind, to))]).toEqual([kind, "request.malformed"]);
    await at.post(at.officers[0]!, claim);
    expect(await codeOf(await parcel("reveal", "o2"))).toBe("201");
    await at.post(at.officers[0]!, release);
    for (const [kind, to] of [
      ["seed", "o1"],
      ["draw", "o2"],
    ] as const)
      expect([kind, await codeOf(await parcel(kind, to))]).toEqual([kind, "release.order"]);
    expect(await counts()).toEqual([0, 0]);
  });

  test("rows of before a second attempt had a name of its own are kept by the migration", async () => {
    const { db } = at.gate.store.store;
    const kinds = async () =>
      (await db.selectFrom("release_parcel").select("kind").orderBy("kind").execute()).map(({ kind }) => kind);
    await sql`alter table release_parcel drop constraint release_parcel_kind_check,
      add constraint release_parcel_kind_check check (kind in ('plan', 'seed', 'reveal', 'draw'))`.execute(db);
    const row = { period: quarter, officer: "o1", sealed: small(at.officers[0]!) };
    await db
      .insertInto("release_parcel")
      .values({ ...row, kind: "seed" })
      .execute();
    const second = db.insertInto("release_parcel").values({ ...row, kind: "seed-2" });
    await expect(second.execute()).rejects.toThrow("bug");
    await secondSeed(db as Kysely<unknown>);
    await second.execute();
    expect(await kinds()).toEqual(["seed", "seed-2"]);
    const other = db.insertInto("release_parcel").values({ ...row, kind: "seed-3" });
    await expect(other.execute()).rejects.toThrow("bug");
  });
});

describe("labels", () => {
  test("one class and two stanzas, nothing else", async () => {
    await upToClaim();
    const [o1] = at.officers;
    expect(await codeOf(await postLabels(someLabels([o1!])))).toBe("envelope.shape");
    expect(await codeOf(await postLabels(someLabels(at.officers, 32_768)))).toBe("envelope.shape");
    expect(await codeOf(await postLabels(new Uint8Array(500_000)))).toBe("request.tooLarge");
  });

  test("an officer fetches them by name, byte for byte; a row holds period and bytes, and no order of arrival", async () => {
    const { claim } = await upToClaim();
    const board = { verifiers: [], threshold: 2 };
    const named = verifyClaim(claim, instance, { officers: at.officers.map(({ verifier }) => verifier), board }).labels;
    for (const id of named) {
      const path = `/api/releases/labels/sealed?period=${quarter}&id=${base64url(id)}`;
      const sealed = new Uint8Array(await (await at.ask(at.officers[1]!, path)).arrayBuffer());
      expect(sha256(sealed)).toEqual(id);
    }
    const rows = await at.gate.store.store.db.selectFrom("label").selectAll().execute();
    expect(rows.map((row) => Object.keys(row).toSorted())).toEqual(rows.map(() => ["id", "period", "sealed"]));
  });

  test("each night the files are written anew, byte for byte, in the order given; one that was dropped changes nothing", async () => {
    await upToClaim();
    const { db } = at.gate.store.store;
    const rows = async () =>
      (
        await sql<{ id: Uint8Array; sealed: Uint8Array; xmin: string }>`
        select id, sealed, xmin::text from label order by ctid`.execute(db)
      ).rows;
    const before = await rows();
    const wanted = before.toReversed();
    await shuffleLabels(db, <Row>(given: readonly Row[]) => inOrderOf(given, wanted));
    await tidy(db, ["label"]);
    const after = await rows();
    expect(after.map(({ id, sealed }) => [hex(id), hex(sha256(sealed))])).toEqual(
      wanted.map(({ id, sealed }) => [hex(id), hex(sha256(sealed))]),
    );
    expect(new Set(after.map(({ xmin }) => xmin)).size).toBe(1);
    expect(new Set(before.map(({ xmin }) => xmin)).size).toBe(3);
    await expect(shuffleLabels(db, (given) => given.slice(1))).rejects.toThrow("bug");
    expect(await rows()).toEqual(after);
  });

  test("labels, the quarter's key and parcels go with the co-signed release, or on the 45th day after the period", async () => {
    const { claim, release } = await upToClaim();
    await at.post(at.officers[0]!, claim);
    const { db } = at.gate.store.store;
    await at.ask(
      at.officers[0]!,
      `/api/releases/parcel?period=${quarter}&kind=reveal&officer=o2`,
      age(small(at.officers[1]!)),
    );
    expect(await counts()).toEqual([3, 1]);
    await deleteExpired(db, dayOf(Date.parse("2027-05-14T00:00:00Z") as UnixMs));
    expect(await counts()).toEqual([3, 1]);
    expect((await at.post(at.officers[0]!, release)).status).toBe(201);
    expect(await counts()).toEqual([0, 0]);
  });

  test("without a release they are gone on the 45th day after the period's end", async () => {
    await upToClaim();
    const { db } = at.gate.store.store;
    await deleteExpired(db, dayOf(Date.parse("2027-05-14T00:00:00Z") as UnixMs));
    expect(await counts()).toEqual([3, 0]);
    await deleteExpired(db, dayOf(Date.parse("2027-05-15T00:00:00Z") as UnixMs));
    expect(await counts()).toEqual([0, 0]);
  });
});

describe("the quarter's key", () => {
  test("only the first lead who serves puts it, one a quarter; each reviewer reads their own", async () => {
    at.day(80);
    const put = (person: typeof at.lead, keyHash: Uint8Array) => {
      const headers = { "content-type": "application/age", "gundo-key-hash": base64url(keyHash) };
      const path = `/api/releases/quarter-key?period=${quarter}&reviewer=r2`;
      return at.ask(person, path, { ...age(small(at.reviewer)), headers });
    };
    const hash = sha256(new Uint8Array(1));
    expect(await codeOf(await put(at.reviewer, hash))).toBe("forbidden");
    expect(await codeOf(await put(at.lead, hash))).toBe("201");
    expect(await codeOf(await put(at.lead, hash))).toBe("201");
    expect(await codeOf(await put(at.lead, sha256(new Uint8Array(2))))).toBe("release.otherKey");
    const own = (person: typeof at.lead) => at.ask(person, `/api/releases/quarter-key?period=${quarter}`);
    expect((await own(at.reviewer)).status).toBe(200);
    expect(await codeOf(await own(at.lead))).toBe("release.absent");
    expect(await codeOf(await own(at.officers[0]!))).toBe("forbidden");
    const holders = await at.ask(at.lead, `/api/releases/quarter-key/holders?period=${quarter}`);
    expect(await holders.json()).toEqual({ keyHash: base64url(hash), reviewers: ["r2"] });
    at.day(140);
    expect(await codeOf(await put(at.lead, hash))).toBe("release.notNow");
  });
});

describe("publication", () => {
  test("before its instant no route of any kind shows a release to anybody; from it on all do, by time alone", async () => {
    const { claim, release } = await upToClaim();
    await at.post(at.officers[0]!, claim);
    await at.post(at.officers[0]!, release);
    const { publishesMs } = planOf();
    const { clock } = at.gate;
    const paths = readable();
    expect(paths.length).toBeGreaterThan(20);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: publishesMs - clock.nowMs() }), async (beforeMs) => {
        clock.advanceMs(publishesMs - beforeMs - clock.nowMs());
        for (const person of [null, at.lead, at.officers[0]!])
          for (const path of paths) expect([path, tells(await told(person, path), release)]).toEqual([path, false]);
        const held = (await (await at.ask(at.officers[0]!, "/api/releases/held")).json()) as {
          notes: { name: string }[];
        };
        expect(held.notes.map(({ name }) => name)).toContain("release");
      }),
      { numRuns: 3, examples: [[1]] },
    );
    clock.advanceMs(publishesMs - clock.nowMs());
    expect(await bytesOf("release")).toEqual(release);
    // Pages are read from the store once a second.
    clock.advanceMs(1_000);
    for (const path of ["/api/releases/note", "/trends", "/trends/ledger", `/trends/${quarter}/t1.csv`]) {
      const answer = await told(
        null,
        paths.find((one) => one.startsWith(`${path}?`))!,
      );
      expect([path, tells(answer, release), answer.slice(0, 3)]).toEqual([path, true, "200"]);
    }
  });

  test("an erratum says words, once the release is out", async () => {
    const { claim, release } = await upToClaim();
    await at.post(at.officers[0]!, claim);
    await at.post(at.officers[0]!, release);
    const words = { fr: "Un groupe manquait.", en: "A group was missing." };
    const erratum = (number: number) =>
      noteBy(erratumText({ instance, period: quarter, number, release: sha256(release), words }), ...at.officers);
    expect(await codeOf(await at.post(at.officers[0]!, erratum(1)))).toBe("release.notNow");
    at.gate.clock.advanceMs(planOf().publishesMs - at.gate.clock.nowMs());
    expect(await codeOf(await at.post(at.officers[0]!, erratum(2)))).toBe("release.order");
    expect(await codeOf(await at.post(at.officers[0]!, erratum(1)))).toBe("201");
    expect((await read("erratum-1")).status).toBe(200);
  });
});

/** Every address that this process answers a GET at, with this quarter and a file of it where one is named. */
function readable(): readonly string[] {
  const query = `?period=${quarter}&name=release`;
  const paths = at.gate.app.routes
    .filter(({ method, path }) => method === "GET" && !path.includes("*") && path !== "/api/roster")
    .map(({ path }) => path.replace(":period", quarter));
  const files = ["release.note", "t1.csv", "t1.json", "card.fr.txt"];
  const named = paths.flatMap((path) =>
    path.includes(":file") ? files.map((file) => path.replace(":file", file)) : [path],
  );
  return [...new Set(named)].map((path) => path + query);
}

/** The rows given, in the order of those wanted. */
function inOrderOf<Row>(given: readonly Row[], wanted: readonly { readonly id: Uint8Array }[]): readonly Row[] {
  const idOf = (row: Row): string => hex((row as { id: Uint8Array }).id);
  return wanted.map(({ id }) => given.find((row) => idOf(row) === hex(id))!);
}

async function told(person: TestPerson | null, path: string): Promise<string> {
  const answer = await at.ask(person, path);
  return `${answer.status} ${await answer.text()}`;
}

/** Whether an answer holds anything that only the release says: a name, a hash of it, its figures, its margins. */
function tells(answer: string, release: Uint8Array): boolean {
  const figures = readNote(release).text.match(/"figures":.*?\]/)![0];
  const hashes = [hex(sha256(release)), base64url(sha256(release))];
  const marks = [...hashes, figures, '"margins"', '"t1.csv"', `${quarter}/t1.csv`, "figure,low,high"];
  return marks.some((text) => answer.includes(text));
}

async function counts(): Promise<readonly number[]> {
  const { db } = at.gate.store.store;
  const tables = ["label", "release_parcel"] as const;
  return Promise.all(tables.map(async (table) => (await db.selectFrom(table).select("period").execute()).length));
}

/** What a second draw takes: commitments of other seeds, a claim by an officer and some of the board. */
function secondOf(plan: Uint8Array, ids: readonly Uint8Array[]) {
  const of = { instance, period: quarter, attempt: 2, plan: sha256(plan) };
  const commits = at.officers.map((one) => noteBy(commitText({ ...of, officer: one.id, seed: sha256(plan) }), one));
  const text = claimText({ ...of, commits: commits.map(sha256), labels: ids });
  return { commits, claim: (...board: readonly TestPerson[]) => noteBy(text, at.officers[0]!, ...board) };
}

/** Anything of the smallest class, to one person. */
function small(person: typeof at.lead): Uint8Array {
  const frame = encodeFrame({ kind: "seed", body: systemChance.bytes(32) });
  return seal([recipientOf(person.identity)], frame, systemChance);
}
