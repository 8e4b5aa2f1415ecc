import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parsePartId, type DeskId, type PartId, type Sealed } from "../../src/base/brand.ts";
import { base64url, utf8 } from "../../src/base/bytes.ts";
import { isoDay } from "../../src/base/clock.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, hourOf } from "../../src/base/clock.ts";
import { decodeCapsule } from "../../src/envelope/capsule.ts";
import { signNote } from "../../src/envelope/note-sign.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { messageHashOf } from "../../src/envelope/order.ts";
import { newIdentity, recipientOf, type Identity } from "../../src/envelope/recipient.ts";
import { relayNoteText } from "../../src/roster/relay-note.ts";
import { hashDoor, newDoor } from "../../src/envelope/door.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { sealToNobody } from "../../src/envelope/nobody.ts";
import { encodeReport } from "../../src/envelope/report.ts";
import { seal } from "../../src/envelope/seal.ts";
import { shapeOf } from "../../src/envelope/shape.ts";
import { askWithWork } from "../../src/envelope/work.ts";
import { answerBytes, filesIn } from "../../src/intake/mailboxes.ts";
import { deriveMailbox } from "../../src/mailbox/mailbox.ts";
import { evaluate } from "../../src/mailbox/oprf.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { newReceipt, parseReceipt } from "../../src/mailbox/receipt.ts";
import { findPart } from "../../src/store/part.ts";
import { deskRecipients } from "../../src/roster/readers.ts";
import { findDesk } from "../../src/roster/roster.ts";
import { dayOf } from "../../src/base/clock.ts";
import {
  edgeSecret,
  emptyArrivals,
  emptyCore,
  pathSecret,
  reportBy,
  sealedIn,
  withCore,
  type TestCore,
} from "../support/core.ts";
import { postWorked, writeBody } from "../support/mailboxes.ts";
import { partOf } from "../support/parts.ts";
import type { TestEdge } from "../support/edge.ts";

const firstDesk = "all" as DeskId;
const everyone = [0, 1, 2, 3, 4];
const form = "application/x-www-form-urlencoded";

function callback(kind: string, fields: Readonly<Record<string, string>>): [string, RequestInit] {
  const body = new URLSearchParams(fields).toString();
  return [`/gateway/africastalking/${pathSecret}/${kind}`, { method: "POST", body, headers: { "content-type": form } }];
}

export function sms(id: string, text: string, from = "+22370000001"): [string, RequestInit] {
  return callback("sms", { id, text, from, to: "36033", date: "2026-11-23 10:30:00" });
}

export function turn(sessionId: string, text: string): [string, RequestInit] {
  return callback("ussd", { sessionId, text, phoneNumber: "+22370000002", serviceCode: "*384#", networkCode: "61001" });
}

function end(sessionId: string, input: string): [string, RequestInit] {
  const fields = { sessionId, input, phoneNumber: "+22370000002", status: "Incomplete", serviceCode: "*384#" };
  return callback("events", { ...fields, networkCode: "61001", durationInMillis: "9000", hopsCount: "3", cost: "0" });
}

/** A report as a browser seals and posts it. */
export function webPost(core: TestCore, text: string): [string, RequestInit] {
  const roster = core.roster();
  const desk = findDesk(roster, "all" as DeskId)!;
  const door = newDoor(systemChance);
  const report = { channel: "web", language: "fr", text, answers: {}, exclude: [], attachments: [], door } as const;
  const body = encodeReport({ ...report, receivedHour: hourOf(core.clock.nowMs()) });
  const recipients = deskRecipients(roster, desk, [], dayOf(core.clock.nowMs()), systemChance);
  const sealed = new Uint8Array(seal(recipients, encodeFrame({ kind: "report", body }), systemChance));
  const headers = { "content-type": "application/age", "gundo-door-hash": base64url(hashDoor(door)) };
  return ["/reports/all", { method: "POST", body: sealed, headers }];
}

/** The core's relay signs a note of today's and tomorrow's keys; the test holds the key. */
function offerRelay(core: TestCore): Identity {
  const identity = newIdentity(systemChance);
  const today = dayOf(core.clock.nowMs());
  const days = [0, 1].map((ahead) => ({ day: addDays(today, ahead), recipient: recipientOf(identity) }));
  const text = relayNoteText({ instance: core.board.body.instance, issuedMs: core.clock.nowMs(), days });
  core.relay.offer(signNote(text, "relay", core.board.relay.signing));
  return identity;
}

/** What phones and browsers meet at an edge, wherever it runs (house.md, rule 9). */
export function edgeStories(name: string, start: (core: TestCore) => Promise<TestEdge>): void {
  describe(name, () => {
    let core: TestCore;
    let edge: TestEdge;
    let relay: Identity;
    beforeAll(async () => {
      core = await withCore();
      relay = offerRelay(core);
      edge = await start(core);
    });
    afterAll(async () => {
      await edge?.stop();
      await core?.stop();
    });
    beforeEach(() => emptyCore(core));

    const send = async ([path, init]: [string, RequestInit]): Promise<[number, string]> => {
      const response = await edge.request(path, init);
      return [response.status, await response.text()];
    };
    const screen = async (sessionId: string, text: string): Promise<string> => {
      const [status, body] = await send(turn(sessionId, text));
      expect(status).toBe(200);
      return body;
    };
    const bytes = async (path: string): Promise<Uint8Array> =>
      new Uint8Array(await (await edge.request(path)).arrayBuffer());
    const onlyOne = async () => {
      const stored = await sealedIn(core);
      expect(stored).toHaveLength(1);
      return stored[0]!;
    };
    const textsFor = async (person: number): Promise<readonly (string | null)[]> =>
      (await sealedIn(core)).map((sealed) => reportBy(core, person, sealed)?.text ?? null);

    test("an SMS in any script is sealed to every reviewer of the first desk, kept exactly, its number nowhere", async () => {
      const text = "Ɛ b'a dɔn — à côté du marché, ɲɛɛrɛ ŋ ߒߞߏ 🔒\n".padEnd(1600, "œuvre ");
      expect(await send(sms("exact", text))).toEqual([200, ""]);
      const sealed = await onlyOne();
      expect(shapeOf(sealed)).toEqual({ stanzas: 5, sizeClass: 8192 });
      for (const person of everyone) {
        const report = reportBy(core, person, sealed);
        expect(report).toMatchObject({ channel: "sms", text, exclude: [], joinHint: 1 });
        expect(JSON.stringify(report)).not.toContain("70000001");
      }
      expect(reportBy(core, 5, sealed)).toBeNull();
    });

    test("a message repeated, also many times at once, is stored once", async () => {
      const posts = Array.from({ length: 8 }, () => send(sms("again", "une fois")));
      expect(await Promise.all(posts)).toEqual(Array.from({ length: 8 }, () => [200, ""]));
      expect(await textsFor(0)).toEqual(["une fois"]);
    });

    test("messages of one phone bear one tag and count up, another phone's bear another", async () => {
      for (const id of ["tag-1", "tag-2"]) await send(sms(id, id, "+22370000011"));
      await send(sms("tag-3", "tag-3", "+22370000012"));
      const reports = (await sealedIn(core)).map((sealed) => reportBy(core, 0, sealed)!);
      const byText = new Map(reports.map((report) => [report.text, report]));
      const tags = ["tag-1", "tag-2", "tag-3"].map((text) => base64url(byText.get(text)!.sourceTag!));
      expect(tags[0]).toBe(tags[1]);
      expect(tags[0]).not.toBe(tags[2]);
      expect(["tag-1", "tag-2", "tag-3"].map((text) => byText.get(text)!.joinHint)).toEqual([1, 2, 1]);
    });

    test("a USSD session of five requests: a report, two numbers of eight digits, and the same screen for a repeat", async () => {
      expect(await screen("talk", "")).toMatch(/^CON 1 Signaler\n/);
      expect(await screen("talk", "1")).toContain("Qui ne doit PAS lire?");
      expect(await screen("talk", "1*1")).toContain("Ecrivez");
      expect(await screen("talk", "1*1*Camion blanc*au puits")).toContain("0 Envoyer");
      const thanks = await screen("talk", "1*1*Camion blanc*au puits*0");
      expect(thanks).toMatch(/^END [^]*\b\d{8}\b[^]*\b\d{8}\b/);
      expect(await screen("talk", "1*1*Camion blanc*au puits*0")).toBe(thanks);
      const report = reportBy(core, 2, await onlyOne());
      expect(report).toMatchObject({ channel: "ussd", language: "fr", text: "Camion blanc*au puits", exclude: [] });
      expect(report?.mailbox?.id).toHaveLength(16);
    });

    test("a session cut after some words is sent with its exclusions, once, and one cut before them is not", async () => {
      const organisation = await screen("cut", "1*3");
      const number = /(\d) Benkadi/.exec(organisation)![1]!;
      await screen("cut", `1*3*${number}`);
      await screen("cut", `1*3*${number}*Ils viennent mardi`);
      for (let times = 0; times < 2; times++)
        expect(await send(end("cut", `1*3*${number}*Ils viennent mardi`))).toEqual([200, ""]);
      const sealed = await onlyOne();
      expect(shapeOf(sealed)).toEqual({ stanzas: 5, sizeClass: 8192 });
      // Persons 0 and 3 are of the organisation that was named.
      expect(everyone.map((person) => reportBy(core, person, sealed)?.text ?? null)).toEqual([
        null,
        "Ils viennent mardi",
        "Ils viennent mardi",
        null,
        "Ils viennent mardi",
      ]);
      await screen("short", "1*1");
      expect(await send(end("short", "1*1"))).toEqual([200, ""]);
      await onlyOne();
    });

    test("who writes R first gets a capsule, sealed to the relay's key of the day; who does not, gets none", async () => {
      expect(await send(sms("asked", "R Répondez-moi", "+22370004217"))).toEqual([200, ""]);
      const report = reportBy(core, 0, await onlyOne())!;
      expect(report.text).toBe("Répondez-moi");
      expect(decodeCapsule(open(report.capsule as Sealed, relay, nodeDecapsulator))).toMatchObject({
        gateway: "africastalking",
        number: "+22370004217",
      });
      await emptyCore(core);
      expect(await send(sms("unasked", "Répondez-moi"))).toEqual([200, ""]);
      expect(reportBy(core, 0, await onlyOne())!.capsule).toBeUndefined();
      const screens = ["", "1", "1*1", "1*1*Rien", "1*1*Rien*1", "1*1*Rien*1*1", "1*1*Rien*1*1*1"];
      await emptyCore(core);
      for (const text of screens) await screen("wants", text);
      let text = screens.at(-1)!;
      while (!(await screen("wants", text)).includes("Danger")) text += "*1";
      expect(await screen("wants", `${text}*2`)).toMatch(/SMS/);
      expect(await screen("wants", `${text}*2*1`)).toMatch(/^END /);
      const told = reportBy(core, 0, await onlyOne())!;
      expect(decodeCapsule(open(told.capsule as Sealed, relay, nodeDecapsulator)).number).toBe("+22370000002");
    });

    test("a delivery report is passed on by its hash, and a core that is away makes the provider repeat it", async () => {
      const day = dayOf(core.clock.nowMs());
      const id = systemChance.bytes(16);
      const message_hash = messageHashOf("ATPid_edge");
      await core.store.store.db.insertInto("outbox").values({ id, day, state: "sent", message_hash }).execute();
      const report = callback("delivery", { id: "ATPid_edge", status: "Success", phoneNumber: "+22370000001" });
      expect(await send(report)).toEqual([200, ""]);
      const rows = await core.store.store.db.selectFrom("outbox").select("state").execute();
      expect(rows).toEqual([{ state: "delivered" }]);
      await core.store.store.db.deleteFrom("outbox").execute();
    });

    test("junk gets 200 and is dropped; junk by USSD gets a last screen; a wrong address is 404 like any other", async () => {
      for (const body of ["", "{}", "text=%FF%FE&from=x", "from=ORANGE&id=1&text=Gagnez", "a".repeat(65_540)]) {
        const init = { method: "POST", body, headers: { "content-type": form } };
        expect(await send([`/gateway/africastalking/${pathSecret}/sms`, init])).toEqual([200, ""]);
        const [status, text] = await send([`/gateway/africastalking/${pathSecret}/ussd`, init]);
        expect([status, text.slice(0, 4)]).toEqual([200, "END "]);
      }
      const [, init] = sms("wrong", "x");
      const paths = [`/gateway/africastalking/${pathSecret}x/sms`, `/gateway/nobody/${pathSecret}/sms`, "/x"];
      const answers = await Promise.all(paths.map((path) => send([path, init])));
      expect(new Set(answers.map(String)).size).toBe(1);
      expect(answers[0]![0]).toBe(404);
      expect(await sealedIn(core)).toEqual([]);
    });

    test("a store that refuses: 503 and never a false thanks, and the repeat is then taken", async () => {
      core.full = true;
      const [status, body] = await send(sms("later", "plus tard"));
      expect(status).toBe(503);
      expect(body).not.toContain("plus tard");
      for (const text of ["", "1", "1*1", "1*1*Rien"]) await screen("late", text);
      expect(await screen("late", "1*1*Rien*0")).toMatch(/^END .*pas envoy/i);
      expect((await send(webPost(core, "web")))[0]).toBe(503);
      core.full = false;
      expect(await send(sms("later", "plus tard"))).toEqual([200, ""]);
      expect(await screen("late", "1*1*Rien*0")).toMatch(/\d{8}/);
      expect(new Set(await textsFor(0))).toEqual(new Set(["Rien", "plus tard"]));
      expect(await sealedIn(core)).toHaveLength(2);
    });

    test("a browser's post is taken from anybody, and nothing else is", async () => {
      const [path, init] = webPost(core, "du navigateur");
      expect(await send([path, init])).toEqual([201, ""]);
      expect(await textsFor(1)).toEqual(["du navigateur"]);
      const bent = (headers: Readonly<Record<string, string>>): RequestInit => ({
        ...init,
        headers: { ...(init.headers as Record<string, string>), ...headers },
      });
      const refusals: readonly (readonly [string, RequestInit, number])[] = [
        ["/reports/nowhere", init, 404],
        ["/reports/ALL", init, 404],
        [path, bent({ "content-type": "text/plain" }), 415],
        [path, bent({ "gundo-door-hash": "short" }), 400],
        [path, bent({ "gundo-seen": base64url(new Uint8Array(32)) }), 403],
        [path, bent({ authorization: `Bearer ${edgeSecret.reveal()}` }), 403],
        [path, { ...init, body: new Uint8Array(9000) }, 422],
        [path, { ...init, body: (init.body as Uint8Array<ArrayBuffer>).slice(1) }, 422],
        [path, { ...init, body: new Uint8Array(600_000) }, 413],
        ["/reports/gao", init, 422],
      ];
      for (const [to, sent, status] of refusals) expect([(await send([to, sent]))[0], to]).toEqual([status, to]);
      expect(await sealedIn(core)).toHaveLength(1);
    });

    const today = () => dayOf(core.clock.nowMs());
    const dialled = async (sessionId: string, answers: readonly string[]): Promise<string> => {
      let last = "";
      for (let count = 0; count <= answers.length; count++)
        last = await screen(sessionId, answers.slice(0, count).join("*"));
      return last;
    };
    /** A report by dialling, and an answer written to its mailbox. */
    const answered = async (sessionId: string): Promise<{ readonly digits: string; readonly right: Uint8Array }> => {
      const thanks = await dialled(sessionId, ["1", "1", "Camion blanc", "0"]);
      const digits = [...thanks.matchAll(/\d{8}/g)].join("");
      const mailbox = reportBy(core, 0, await onlyOne())!.mailbox!;
      const body = writeBody(mailbox, {
        desk: firstDesk,
        exclude: [],
        language: "fr",
        day: today(),
        text: "On a vu. Où dort-il ?",
      });
      expect((await post("write", body)).status).toBe(201);
      const receipt = parseReceipt(digits)!;
      const { read } = await deriveMailbox(receipt, evaluate(oprfKeyOf(core.oprfSeed), receipt));
      return { digits, right: read };
    };
    const post = (route: string, body: Uint8Array): Promise<Response> =>
      postWorked((init) => edge.request(`/mailbox/${route}`, init), new Uint8Array(body));
    const noAnswer = "CON Pas encore de reponse.\n1 Ecrire encore\n2 Oublier";

    test("an answer is read by dialling once it is released, written to again, forgotten; then nothing opens", async () => {
      const { digits } = await answered("mailbox-asked");
      expect(await dialled("early", ["2", digits])).toBe(noAnswer);
      await core.release();
      const day = isoDay(today()).slice(5).split("-").toReversed().join("/");
      expect(await dialled("read", ["2", digits])).toBe(`CON Reponse du ${day}:\nOn a vu. Où dort-il ?\n1 Suite`);
      expect(await dialled("read", ["2", digits, "1"])).toBe("CON 1 Ecrire encore\n2 Oublier");
      const thread = reportBy(core, 0, await onlyOne())!.mailbox!.id;
      await emptyArrivals(core);
      expect(await dialled("follow-up", ["2", digits, "1", "1", "Au puits", "0"])).toMatch(/^END Merci/);
      const more = reportBy(core, 1, await onlyOne())!;
      expect([more.text, base64url(more.thread!)]).toEqual(["Au puits", base64url(thread)]);
      expect(await dialled("forget", ["2", digits, "1", "2", "1"])).toMatch(/^END C'est oublie/);
      expect(await dialled("then", ["2", digits])).toBe(noAnswer);
    });

    test("a wrong code and an empty box are one screen, and a mistyped one is caught before anything is read", async () => {
      const { digits } = await answered("mailbox-other");
      await core.release();
      const wrong = newReceipt(systemChance);
      expect(await dialled("wrong", ["2", wrong])).toBe(noAnswer);
      const mistyped = `${(Number(digits[0]) + 1) % 10}${digits.slice(1)}`;
      expect(await dialled("mistyped", ["2", mistyped])).toMatch(/^CON Chiffres mal tapes/);
    });

    test("over HTTP a reading is four files of one size for whoever has the right, and forgetting is 204", async () => {
      const { right } = await answered("mailbox-web");
      await core.release();
      for (const someone of [right, systemChance.bytes(16)]) {
        const answer = await post("read", someone);
        expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/octet-stream"]);
        const files = filesIn(new Uint8Array(await answer.arrayBuffer()));
        expect(files.map(shapeOf)).toEqual(Array.from({ length: 4 }, () => ({ stanzas: 1, sizeClass: 8192 })));
        expect((await post("forget", someone)).status).toBe(204);
      }
      for (const route of ["write", "read", "forget"])
        expect([route, (await post(route, new Uint8Array(15))).status]).toEqual([route, 400]);
      expect((await post("write", new Uint8Array(16 + answerBytes))).status).toBe(422);
    });

    test("a part of an attachment is taken for work from anybody, under a random id, and nothing else is", async () => {
      const sealed = new Uint8Array(partOf(utf8("a sound")));
      const age = { "content-type": "application/age" };
      const putPart = async (body: Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>> = age) =>
        askWithWork((work) => edge.request("/parts", { method: "POST", body, headers: { ...headers, ...work } }));
      expect((await edge.request("/parts", { method: "POST" })).status).toBe(429);
      const answers = [await putPart(sealed), await putPart(sealed)];
      const ids = await Promise.all(answers.map((answer) => answer.text()));
      expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      expect(ids.map(parsePartId)).toEqual(ids);
      expect(new Set(ids).size).toBe(2);
      const found = await findPart(core.store.store.db, ids[0] as PartId);
      expect(found).toEqual(sealed);
      const [, init] = webPost(core, "a report is no part");
      const refusals: readonly (readonly [Uint8Array<ArrayBuffer>, number])[] = [
        [sealed.slice(1), 422],
        [new Uint8Array(0), 422],
        [init.body as Uint8Array<ArrayBuffer>, 422],
        [new Uint8Array(sealToNobody(1, systemChance)), 422],
        [new Uint8Array(270_000), 413],
      ];
      for (const [body, status] of refusals) expect((await putPart(body)).status).toBe(status);
      expect((await putPart(sealed, { "content-type": "text/plain" })).status).toBe(415);
      core.full = true;
      expect((await putPart(sealed)).status).toBe(503);
      core.full = false;
      expect(await core.store.store.db.selectFrom("part").select("day").execute()).toEqual(
        ids.map(() => ({ day: dayOf(core.clock.nowMs()) })),
      );
    });

    test("the public keys are the board's own bytes, and only theirs", async () => {
      expect(await bytes("/keys/anchors.json")).toEqual(core.keys.anchors());
      expect(await bytes("/keys/roster.note")).toEqual(core.keys.note());
      expect(await bytes("/keys/roster/1.note")).toEqual(core.keys.note());
      expect(await bytes("/keys/relay.note")).toEqual(core.relay.note());
      for (const path of ["/keys/roster/2.note", "/keys/roster/0.note", "/keys/roster/x", "/keys/secrets"])
        expect((await edge.request(path)).status).toBe(404);
    });

    test("it lives, it is ready, and its answers are not to be kept or framed", async () => {
      expect((await edge.request("/healthz")).status).toBe(200);
      const ready = await edge.request("/readyz");
      expect(ready.status).toBe(200);
      expect(ready.headers.get("cache-control")).toBe("no-store");
      expect(ready.headers.get("content-security-policy")).toContain("default-src 'none'");
    });
  });
}
