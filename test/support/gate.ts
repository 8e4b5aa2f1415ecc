import type { Hono } from "hono";
import { systemChance } from "../../src/base/chance.ts";
import type { Event } from "../../src/base/events.ts";
import { Secret } from "../../src/base/secret.ts";
import { base64url, fromBase64url } from "../../src/base/bytes.ts";
import { openGate } from "../../src/gate/app.ts";
import { openIntake } from "../../src/intake/accept.ts";
import { holdNews, type HeldNews } from "../../src/intake/news.ts";
import { newsIn } from "../../src/gate/trends/news.ts";
import { openMailboxes } from "../../src/intake/mailboxes.ts";
import { openParts } from "../../src/intake/parts.ts";
import { phoneSettings } from "../../src/intake/phone-settings.ts";
import { openReadings } from "../../src/intake/readings.ts";
import { openReceipts } from "../../src/intake/receipts.ts";
import { derivedSeenKeys } from "../../src/intake/seen.ts";
import { openSources } from "../../src/intake/sources.ts";
import type { PhoneEdge } from "../../src/intake/ussd.ts";
import type { Wait } from "../../src/intake/steady.ts";
import { openUssdSessions } from "../../src/intake/ussd-sessions.ts";
import { demoInstance } from "../../src/config/instance.ts";
import { dayOf } from "../../src/base/clock.ts";
import { oprfKeyOf, type OprfKey, type OprfKeys } from "../../src/mailbox/oprf-key.ts";
import { deskReviewers, findDesk, type Roster } from "../../src/roster/roster.ts";
import { signSignIn } from "../../src/roster/signin.ts";
import { insertArrival } from "../../src/store/arrival.ts";
import { partStore } from "../../src/store/part.ts";
import { mailboxStore } from "../../src/store/mailbox.ts";
import { storeReady } from "../../src/store/ready.ts";
import { anchorsText } from "../../src/roster/text.ts";
import { trendsOf } from "../../workers/trends.ts";
import { bundlePage } from "../../workers/bundle.ts";
import { bundleConsole } from "../../workers/console-bundle.ts";
import { utf8 } from "../../src/base/bytes.ts";
import { HandClock, signedBy, testBoard, testRoster, type TestBoard, type TestPerson } from "./board.ts";
import { withStore, type TestStore } from "./store.ts";

export const pathSecret = "a-path-secret";
export const origin = "https://gundo.example";

export interface TestGate {
  readonly app: Hono;
  readonly board: TestBoard;
  readonly clock: HandClock;
  readonly events: Event[];
  readonly store: TestStore;
  /** The roster in force; a test may put another in its place. */
  roster: Roster;
  /** What `/keys/roster.note` answers; a test may put another in its place. */
  note: Uint8Array;
  readonly oprfKey: OprfKey;
  /** What phones hear of the latest release, as soon as a test refreshes it. */
  readonly news: HeldNews;
  /** What `/keys/anchors.json` answers; null as long as no test puts any there. */
  anchors: Uint8Array | null;
  /** Former notes by serial. */
  readonly former: Map<number, Uint8Array>;
  /** Where reviewers may sign in. */
  readonly origins: string[];
}

/**
 * `page`: with the informant's page, whose script takes a quarter of a second to bundle. `after`: this gate's board and
 * store once its key of receipts was replaced, the former one still live.
 */
export interface GateOptions {
  readonly page?: boolean;
  readonly after?: TestGate;
  /** With the reviewers' page. */
  readonly console?: boolean;
  readonly clock?: HandClock;
  /** How long a phone's reading takes, when that is not what is told of. */
  readonly wait?: Wait;
}

/** The whole gate on a store of its own, with a board, a clock and events in the test's hands. */
export async function withGate(options: GateOptions = {}): Promise<TestGate> {
  const { page = false, after } = options;
  const clock = options.clock ?? after?.clock ?? new HandClock();
  const oprfKey = oprfKeyOf(systemChance.bytes(32));
  const oprfKeys: OprfKeys = { current: oprfKey, previous: after?.oprfKey ?? null };
  const board = boardWith(oprfKeys, after === undefined ? testBoard(clock) : renewed(after));
  const store = after?.store ?? (await withStore());
  const events: Event[] = [];
  const note = signedBy(board.board.slice(0, 2), board.body);
  const held = {
    roster: testRoster(clock, board),
    note,
    anchors: null as Uint8Array | null,
    former: new Map<number, Uint8Array>(),
    origins: [origin],
  };
  const roster = (): Roster => held.roster;
  const { db } = store.store;
  const counts = (desk: Parameters<typeof findDesk>[1]): readonly number[] => {
    const found = findDesk(held.roster, desk);
    return found === null ? [] : [deskReviewers(held.roster, found).length];
  };
  const mailboxes = openMailboxes(mailboxStore(db), clock, systemChance);
  const receipts = openReceipts(oprfKeys, systemChance);
  const texts = demoInstance(dayOf(clock.nowMs()));
  const noteKeys = { note: () => held.note, former: (serial: number) => held.former.get(serial) ?? null };
  const emit = (event: Event): void => void events.push(event);
  const { anchors } = board;
  const trends = trendsOf({
    mode: "production",
    store: store.store,
    clock,
    anchors,
    keys: { ...noteKeys, instance: () => null },
  });
  const news = holdNews({ read: () => newsIn(trends.source), clock, emit });
  const edge: PhoneEdge = {
    core: openIntake({ insertArrival: (arrival) => insertArrival(db, arrival) }, counts, clock),
    mailboxes,
    roster,
    clock,
    chance: systemChance,
    sources: openSources(clock, systemChance),
    seenKeys: derivedSeenKeys(systemChance.bytes(32), clock),
    settings: phoneSettings(roster, texts, clock, news.current),
    sessions: openUssdSessions(clock),
    receipts,
    readings: openReadings({ receipts, mailboxes, clock, ...(options.wait && { wait: options.wait }) }),
  };
  const app = openGate({
    edge,
    store: store.store,
    parts: openParts(partStore(db), clock, systemChance),
    gatewaySecrets: [new Secret("old-secret"), new Secret(pathSecret)],
    keys: { ...noteKeys, anchors: () => held.anchors },
    trends,
    origins: () => held.origins,
    challengeKey: new Secret(systemChance.bytes(32)),
    anchors: () => anchors,
    checkpointKey: board.server.signing,
    ready: () => storeReady(db),
    emit,
    ...(options.console === true && { console: { assets: await bundleConsole() } }),
    ...(page && {
      page: {
        assets: await bundlePage(utf8(anchorsText(board.anchors)), held.roster),
        oprfKeys,
        helpNumber: texts.helpNumber,
      },
    }),
  });
  return Object.assign(held, { app, board, clock, events, store, oprfKey, news });
}

function boardWith({ current, previous }: OprfKeys, test: TestBoard): TestBoard {
  const oprf = { current: current.publicKey, previous: previous && previous.publicKey };
  return { ...test, body: { ...test.body, oprf } };
}

function renewed({ board, roster }: TestGate): TestBoard {
  return { ...board, body: { ...board.body, serial: roster.serial + 1, previous: roster.noteHash } };
}

/** An SMS as Africa's Talking posts it. */
export function smsForm(fields: { readonly id: string; readonly text: string; readonly from?: string }): RequestInit {
  const form = new URLSearchParams({
    date: "2026-11-23 10:30:00",
    to: "36033",
    networkCode: "61001",
    cost: "0",
    from: "+22370000001",
    ...fields,
  });
  return { method: "POST", body: form, headers: { "content-type": "application/x-www-form-urlencoded" } };
}

export const smsPath = `/gateway/africastalking/${pathSecret}/sms`;

export function json(body: unknown, headers: Readonly<Record<string, string>> = {}): RequestInit {
  return { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json", ...headers } };
}

/** What a sign-in may get wrong, for tests of refusal. */
export interface Bend {
  readonly origin?: string;
  readonly instance?: string;
  readonly signer?: TestPerson;
}

export async function challengeFor(app: Hono, reviewer: string): Promise<{ instance: string; nonce: string }> {
  const response = await app.request("/api/challenge", json({ reviewer }));
  return (await response.json()) as { instance: string; nonce: string };
}

/** The body of `POST /api/session` that this person would send. */
export function answerTo(given: { instance: string; nonce: string }, person: TestPerson, bend: Bend = {}): object {
  const signed = { instance: bend.instance ?? given.instance, origin: bend.origin ?? origin, reviewer: person.id };
  const signIn = { ...signed, nonce: fromBase64url(given.nonce)! };
  const { signature, auditSignature } = signSignIn(signIn, (bend.signer ?? person).signing);
  const both = { signature: base64url(signature), auditSignature: base64url(auditSignature) };
  return { reviewer: person.id, origin: signed.origin, nonce: given.nonce, ...both };
}

/** Signs in and returns the header of the session. */
export async function sessionOf(app: Hono, person: TestPerson): Promise<{ authorization: string }> {
  const response = await app.request("/api/session", json(answerTo(await challengeFor(app, person.id), person)));
  const { token } = (await response.json()) as { token: string };
  return { authorization: `Bearer ${token}` };
}
