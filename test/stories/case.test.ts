import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { base64url } from "../../src/base/bytes.ts";
import { decodeFrame } from "../../src/envelope/frame.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import type { Sealed } from "../../src/base/brand.ts";
import { decryptKeys } from "../../src/roster/identity.ts";
import { canary } from "../support/canary.ts";
import {
  as,
  databaseOf,
  forget,
  newWriter,
  repliesTo,
  replaceReviewer,
  reportNamed,
  told,
  write,
} from "../support/desk.ts";
import { listen } from "../../workers/web.ts";
import { startInstance, type Instance } from "../support/instance.ts";
import { until } from "../support/store.ts";

const number = "+22370007342" as E164;
const name = "Fatoumata Sangaré-Keïta";
const place = "Bourem-Inaly";
const report = `${name} vend des armes au marché de ${place}, appelez le ${number}.`;
const followUp = `Ils sont revenus à ${place} cette nuit avec deux camions bleus.`;
const noted = `Le gardien de ${place} confirme : deux camions bleus, vus avant l'aube.`;
const handed = `${name} serait à Gao depuis hier d'après une parente.`;

interface Told {
  readonly state: string;
  readonly lead: string | null;
  readonly events: readonly {
    readonly seq: number;
    readonly author: string;
    readonly kind: string;
    readonly text?: string;
  }[];
  readonly messages: readonly { readonly id: string; readonly text?: string; readonly kind?: string }[];
  readonly problems: readonly unknown[];
  readonly links: readonly string[];
}

let instance: Instance;
let database: pg.Client;
beforeAll(async () => {
  instance = await startInstance();
  database = await databaseOf(instance);
});
afterAll(() => instance.kill("SIGINT"));

async function rows(query: string, ...values: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
  return (await database.query(query, [...values])).rows as Record<string, unknown>[];
}

const person = (index: number) => instance.demo.reviewers[index]!;
const gundo = (who: { readonly identityFile: string }, ...words: readonly string[]) => as(instance, who, ...words);
const act = (who: { readonly identityFile: string }, command: string, id: string, ...words: readonly string[]) =>
  told<Told>(gundo(who, "case", command, "--report", id, "--json", ...words));
const refused = async (
  who: { readonly identityFile: string },
  command: string,
  id: string,
  ...words: readonly string[]
) => (await gundo(who, "case", command, "--report", id, ...words)).err;
const kindsOf = (one: Told) => one.events.map(({ kind }) => kind);
const launcher = join(import.meta.dirname, "../../src/cli/gundo");
const writer = newWriter();
let id: string;

describe("a case among two who work at once", () => {
  test("both take it: one leads, the other is told; the informant is acknowledged", async () => {
    await write(instance, writer, { text: report });
    id = await reportNamed(instance, person(0), report);
    const both = await Promise.all(
      [0, 1].map((index) => gundo(person(index), "case", "take", "--report", id, "--json")),
    );
    const winners = both.filter(({ code }) => code === 0);
    expect(winners).toHaveLength(1);
    expect(both.find(({ code }) => code !== 0)!.err).toMatch(/\((case\.conflict|case\.led)\)/);
    const taken = JSON.parse(winners[0]!.out) as Told;
    expect(taken).toMatchObject({ state: "open", problems: [], events: [{ kind: "take" }] });
    const lead = both.indexOf(winners[0]!);
    expect(taken.lead).toBe(person(lead).id);
    // As if it had been interrupted before the informant was told.
    expect(kindsOf(await act(person(lead), "take", id))).toEqual(["take"]);
    if (lead === 1) await act(person(1), "hand-over", id, "--to", person(0).id);
    await until(async () => (await repliesTo(instance, writer)).length > 0);
    expect(new Set(await repliesTo(instance, writer))).toEqual(new Set(["acknowledgement"]));
  });

  test("notes, a label and a hand-over are read by the others, and only the leader hands over", async () => {
    await act(person(0), "note", id, "--text", noted);
    await act(person(1), "label", id, "--category", "ARM", "--place", "ML07", "--plausible");
    expect(await refused(person(1), "hand-over", id, "--to", person(1).id)).toContain("(case.order)");
    expect(await refused(person(0), "hand-over", id, "--to", "nobody")).toContain("(case.order)");
    expect(await refused(person(0), "label", id, "--category", "ARM", "--place", place)).toContain("(cli.usage)");
    await act(person(0), "hand-over", id, "--to", person(1).id);
    const shown = await act(person(2), "show", id);
    expect(shown).toMatchObject({ state: "open", lead: person(1).id, problems: [] });
    expect(shown.events.find(({ kind }) => kind === "note")!.text).toBe(noted);
    const { out } = await gundo(person(2), "case", "show", "--report", id);
    expect(out).toContain(noted);
    expect(await refused(person(2), "take", id)).toContain("(case.led)");
  });

  test("who steps aside is told of no case from then on, and reads nothing of what comes after", async () => {
    expect((await act(person(2), "step-aside", id)).events.at(-1)).toMatchObject({ kind: "aside" });
    expect(await refused(person(2), "note", id, "--text", "encore")).toMatch(/\((case\.unknown)\)/);
    expect(await act(person(2), "show", id)).toMatchObject({ state: "waiting", lead: null, events: [] });
    await act(person(1), "note", id, "--text", handed);
    expect((await act(person(0), "show", id)).events.at(-1)!.text).toBe(handed);
  });

  test("a question and an answer stand in the case and in the mailbox; who stepped aside writes neither", async () => {
    const question = "Combien étaient-ils, sans rien demander à personne ?";
    const answer = (who: number, ...words: readonly string[]) => gundo(person(who), "answer", "--report", id, ...words);
    expect((await answer(1, "--text", question, "--question")).code).toBe(0);
    expect(await act(person(0), "show", id)).toMatchObject({ state: "open" });
    expect((await answer(0, "--text", "Merci, c'est transmis.")).code).toBe(0);
    const shown = await act(person(1), "show", id);
    expect(kindsOf(shown).slice(-2)).toEqual(["question", "answer"]);
    expect(shown.state).toBe("answered");
    expect((await answer(2, "--text", "encore moi")).err).toContain("(case.unknown)");
    const wrote = new Set(["acknowledgement", question, "Merci, c'est transmis."]);
    await until(async () => new Set(await repliesTo(instance, writer)).size === wrote.size);
    expect(new Set(await repliesTo(instance, writer))).toEqual(wrote);
  });

  test("an answer that was interrupted goes on where it ended: one event, and one answer to read", async () => {
    const late = "La suite prendra des semaines.";
    const answer = (...words: readonly string[]) =>
      gundo(person(1), "answer", "--report", id, "--text", late, ...words);
    await database.query("alter table mailbox_held rename to held_aside");
    try {
      expect((await answer()).code).toBe(1);
      expect(kindsOf(await act(person(1), "show", id)).at(-1)).toBe("answer");
    } finally {
      await database.query("alter table held_aside rename to mailbox_held");
    }
    const before = kindsOf(await act(person(1), "show", id));
    for (let times = 0; times < 2; times++)
      expect(await told<{ again: boolean }>(answer("--json"))).toMatchObject({ done: "answered", again: true });
    expect(kindsOf(await act(person(0), "show", id))).toEqual(before);
    await until(async () => (await repliesTo(instance, writer)).includes(late));
    // Somebody else's same words, or the same after other ones, are said anew.
    expect(await told(gundo(person(0), "answer", "--report", id, "--text", late, "--json"))).toMatchObject({
      again: false,
    });
    expect(await told(answer("--json"))).toMatchObject({ again: false });
    expect(kindsOf(await act(person(0), "show", id)).slice(before.length)).toEqual(["answer", "answer"]);
  });

  test("a server that takes back what a reader saw is named to them, and to nobody who saw less", async () => {
    const whole = await act(person(1), "show", id);
    const [newest] = await rows("select * from case_event where seq = $1", whole.events.length);
    const set = (head: unknown, seq: number) =>
      rows('update "case" set head = $1, seq = $2 where door_hash = $3', head, seq, newest!["door_hash"]);
    const [before] = await rows(
      "select hash from case_event where door_hash = $1 and seq = $2",
      newest!["door_hash"],
      whole.events.length - 1,
    );
    await rows("delete from case_event where door_hash = $1 and seq = $2", newest!["door_hash"], newest!["seq"]);
    await set(before!["hash"], whole.events.length - 1);
    const shown = await gundo(person(1), "case", "show", "--report", id, "--json");
    expect([shown.code, (JSON.parse(shown.out) as Told).problems]).toEqual([
      1,
      [{ seq: whole.events.length, problem: "rolledBack" }],
    ]);
    expect(await act(person(3), "show", id)).toMatchObject({ problems: [] });
    const columns = ["door_hash", "seq", "hash", "sealed"];
    const values = columns.map((column) => newest![column]);
    await rows(`insert into case_event (${columns.join()}) values ($1, $2, $3, $4)`, ...values);
    await set(newest!["hash"], whole.events.length);
    expect(await act(person(1), "show", id)).toEqual(whole);
    const memory = await readFile(`${person(1).identityFile}.cases`, "utf8");
    for (const bytes of [newest!["door_hash"], newest!["hash"]] as Uint8Array[])
      for (const text of [base64url(bytes), Buffer.from(bytes).toString("hex")]) expect(memory).not.toContain(text);
  });

  test("closed, and opened again by a follow-up with whatever is written next; one conversation for the reader", async () => {
    expect(await refused(person(1), "close", id, "--outcome", "won")).toContain("(cli.usage)");
    expect(await act(person(1), "close", id, "--outcome", "answered")).toMatchObject({ state: "closed" });
    expect(await refused(person(1), "hand-over", id, "--to", person(0).id)).toContain("(case.order)");
    expect(await act(person(1), "note", id, "--text", "classé")).toMatchObject({ state: "closed" });
    await write(instance, writer, { text: followUp, thread: writer.mailbox.id });
    const second = await reportNamed(instance, person(0), followUp);
    const shown = await act(person(0), "show", second);
    expect(shown.messages.map(({ text }) => text)).toEqual([report, followUp]);
    expect(shown.state).toBe("closed");
    const after = await act(person(0), "note", second, "--text", "vu la suite");
    expect(after).toMatchObject({ state: "open", problems: [] });
    expect(kindsOf(after).slice(-3)).toEqual(["reopen", "link", "note"]);
    expect(await refused(person(1), "close", id, "--outcome", "passedOn")).toContain("(case.order)");
    expect(await act(person(0), "assess", id, "--knowers", "many")).toMatchObject({ state: "open", problems: [] });
    expect(await act(person(1), "close", id, "--outcome", "passedOn")).toMatchObject({ state: "closed" });
    expect(await act(person(1), "reopen", id, "--text", "erreur")).toMatchObject({ state: "open" });
    await forget(instance, writer);
    await until(async () => (await act(person(0), "show", id)).messages.some(({ kind }) => kind === "forget"));
    const listed = (await gundo(person(0), "case", "list")).out.split("\n").filter((line) => line.includes(id));
    expect(listed).toHaveLength(1);
    expect(listed[0]).toContain("ASKS TO BE FORGOTTEN");
  });

  test("a report that somebody may not read is not linked where they would learn of it, nor joined as a follow-up", async () => {
    const exclude = [{ rule: "place", value: "ML04" }] as const;
    const hidden = "Cette suite n'est pas pour tout le monde du bureau, dit-elle.";
    await write(instance, newWriter(), { text: hidden, exclude, thread: writer.mailbox.id });
    const other = await reportNamed(instance, person(0), hidden);
    expect(await refused(person(0), "link", id, "--with", other)).toContain("(case.readers)");
    expect((await act(person(0), "show", id)).messages.map(({ text }) => text)).not.toContain(hidden);
    expect((await act(person(0), "show", other)).messages.map(({ text }) => text)).toEqual([hidden]);
    const linked = await act(person(0), "link", other, "--with", id);
    expect(linked.links).toHaveLength(1);
    expect(await refused(person(1), "show", other)).toContain("(report.unknown)");
    expect(await refused(person(0), "show", "0".repeat(32))).toContain("(report.unknown)");
  });
});

const passedOn = (request: Request): Promise<Response> =>
  fetch(instance.url + new URL(request.url).pathname, new Request(request.url, request));

describe("a reviewer removed and another admitted", () => {
  test("re-sealed: the new one opens report, follow-up and history, the removed one nothing new; twice does nothing", async () => {
    const removed = person(3);
    const before = await act(person(0), "show", id);
    const admitted = await replaceReviewer(instance, removed.id, "mariam");
    expect(await refused(admitted, "show", id)).toContain("(report.unknown)");
    const sealedBefore = new Set(
      (await rows("select sealed from report")).map(({ sealed }) => base64url(sealed as Uint8Array)),
    );
    const asked: string[] = [];
    await using edge = await listen(
      (request) => {
        const { pathname } = new URL(request.url);
        asked.push(`${request.method} ${pathname} ${request.headers.has("authorization")}`);
        return passedOn(request);
      },
      "127.0.0.1",
      0,
    );
    const said = await gundo(person(0), "reseal", "--desk", "all", "--edge", `http://127.0.0.1:${edge.port}`, "--json");
    expect(said.err).toBe("");
    // Where reports are posted, they and nothing else were; nobody signs in there.
    expect(new Set(asked)).toEqual(new Set(["POST /reports/all false"]));
    const outcomes = said.out
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as { outcome: string }).outcome);
    expect(outcomes.length).toBeGreaterThanOrEqual(2);
    expect(new Set(outcomes)).toEqual(new Set(["resealed"]));
    const copy = await reportNamed(instance, admitted, report);
    await until(async () => (await act(admitted, "show", copy)).messages.length === 3);
    const shown = await act(admitted, "show", copy);
    expect(shown.problems).toEqual([]);
    expect(new Set(shown.messages.map(({ text }) => text))).toEqual(new Set([report, followUp, undefined]));
    expect(shown.events.slice(0, before.events.length)).toEqual(before.events);
    expect(shown).toMatchObject({ state: before.state, lead: before.lead });
    const worked = await act(admitted, "note", copy, "--text", "bien reçu");
    expect((await act(person(1), "show", id)).events).toEqual(worked.events);
    const again = await gundo(person(0), "reseal", "--desk", "all", "--json");
    expect(
      new Set(
        again.out
          .trim()
          .split("\n")
          .map((line) => (JSON.parse(line) as { outcome: string }).outcome),
      ),
    ).toEqual(new Set(["already"]));
    // Of the removed one's keys nothing opens that was sealed since.
    const fresh = (
      await rows(
        "select sealed from report union all select sealed from case_event where seq > $1",
        before.events.length,
      )
    )
      .map(({ sealed }) => new Uint8Array(sealed as Uint8Array))
      .filter((sealed) => !sealedBefore.has(base64url(sealed)));
    expect(fresh.length).toBeGreaterThanOrEqual(4);
    const { identity } = await decryptKeys(await readFile(removed.identityFile), removed.passphrase);
    for (const sealed of fresh)
      expect(() => decodeFrame(open(sealed as Uint8Array as Sealed, identity, nodeDecapsulator))).toThrow(
        "envelope.unopenable",
      );
    expect((await gundo(removed, "case", "list")).err).toMatch(/\(session\.refused\)/);
  });

  test("killed between report and history: run again, each report is posted once more and the history is whole", async () => {
    const text = `Autre affaire à ${place} : on a vu ${name} passer la frontière.`;
    await write(instance, newWriter(), { text });
    const other = await reportNamed(instance, person(0), text);
    await act(person(0), "take", other);
    const admitted = await replaceReviewer(instance, person(4).id, "nana");
    const count = "select (select count(*) from report) + (select count(*) from arrival) as copies";
    const copies = async (): Promise<number> => Number((await rows(count))[0]!["copies"]);
    const start = await copies();
    const { identityFile } = person(0);
    const memory = `${identityFile}.reseal`;
    const remembered = async (): Promise<number> => {
      const done = existsSync(memory) ? (JSON.parse(await readFile(memory, "utf8")) as { serial: number }[]) : [];
      return done.filter(({ serial }) => serial === 3).length;
    };
    const words = [
      "--url",
      instance.url,
      "--identity",
      identityFile,
      "--passphrase-file",
      identityFile.replace(/age$/, "passphrase"),
    ];
    // Once it remembers a report its next post gets no answer: there it is killed.
    const held = Promise.withResolvers<void>();
    await using edge = await listen(
      async (request) => {
        if ((await remembered()) === 0) return passedOn(request);
        held.resolve();
        return new Promise<Response>(() => undefined);
      },
      "127.0.0.1",
      0,
    );
    const child = spawn(launcher, ["reseal", "--desk", "all", "--edge", `http://127.0.0.1:${edge.port}`, ...words]);
    await held.promise;
    child.kill("SIGKILL");
    await once(child, "close");
    const posted = await remembered();
    const resumed = await gundo(person(0), "reseal", "--desk", "all", "--json");
    expect([resumed.code, resumed.err]).toEqual([0, ""]);
    const whole = await remembered();
    expect(whole).toBeGreaterThan(posted);
    // One may have been posted that the kill kept from being remembered.
    expect((await copies()) - start - whole).toBeOneOf([0, 1]);
    const copy = await reportNamed(instance, admitted, text);
    expect(await act(admitted, "show", copy)).toMatchObject({ state: "open", lead: person(0).id, problems: [] });
  });

  test("a case past 180 days lives on with its newest copy", async () => {
    await database.query("update report set received_day = received_day - 170");
    const warned = (await gundo(person(0), "case", "list")).out;
    expect(warned).toContain("RESEAL IT");
    const path = `${person(0).identityFile}.reseal`;
    const done = JSON.parse(await readFile(path, "utf8")) as { day: number }[];
    await writeFile(path, JSON.stringify(done.map((one) => ({ ...one, day: one.day - 170 }))));
    expect((await gundo(person(0), "reseal", "--desk", "all", "--json")).code).toBe(0);
    await until(async () => (await rows("select id from arrival")).length === 0);
    await database.query("delete from report where received_day < (select max(received_day) from report) - 100");
    const copy = await reportNamed(instance, person(0), report);
    const shown = await act(person(0), "show", copy);
    expect(shown.problems).toEqual([]);
    expect(await act(person(0), "note", copy, "--text", "toujours ouvert")).toMatchObject({ state: "open" });
  });
});

test("the canary: nothing of report, notes, label, number, name or place outside the seals", async () => {
  const scan = canary({ numbers: [number], names: [name], places: [place], texts: [report, followUp, noted, handed] });
  const haystack = {
    directories: [instance.home],
    contents: [{ where: "printed", content: instance.printed() }],
    processes: await instance.processes(),
  };
  expect(await scan.scan(haystack)).toEqual([]);
  await database.end();
  await instance.kill("SIGINT");
  expect(await scan.scan({ directories: [instance.home] })).toEqual([]);
});
