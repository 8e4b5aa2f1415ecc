import type { Sealed } from "../../src/base/brand.ts";
import { equal, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import type { Emit, Event } from "../../src/base/events.ts";
import { Fault } from "../../src/base/fault.ts";
import { Secret } from "../../src/base/secret.ts";
import { demoInstance } from "../../src/config/instance.ts";
import { dayOf } from "../../src/base/clock.ts";
import { decodeFrame, type FrameKind } from "../../src/envelope/frame.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { decodeReport, type Report } from "../../src/envelope/report.ts";
import { openCoreGate } from "../../src/gate/app.ts";
import type { PublicKeys } from "../../src/gate/keys.ts";
import { openIntake } from "../../src/intake/accept.ts";
import { openMailboxes } from "../../src/intake/mailboxes.ts";
import { openParts } from "../../src/intake/parts.ts";
import type { Core, Mailboxes, Parts } from "../../src/intake/core.ts";
import { oprfKeyOf } from "../../src/mailbox/oprf-key.ts";
import { sha256 } from "../../src/envelope/hash.ts";
import { rosterMemoryIn } from "../../src/roster/memory.ts";
import { holdRelay, type HeldRelay } from "../../src/roster/relay-note.ts";
import type { Roster } from "../../src/roster/roster.ts";
import { followRoster, type RosterSource } from "../../src/roster/source.ts";
import { anchorsText } from "../../src/roster/text.ts";
import { insertArrival } from "../../src/store/arrival.ts";
import { mailboxStore } from "../../src/store/mailbox.ts";
import { partStore } from "../../src/store/part.ts";
import { plainBytes } from "../../src/store/bytes.ts";
import { storeReady } from "../../src/store/ready.ts";
import { answerReleases, releaseRule } from "../../src/triage/mailbox.ts";
import { listen } from "../../workers/web.ts";
import { HandClock, signedBy, testBoard, type TestBoard } from "./board.ts";
import { withStore, type TestStore } from "./store.ts";

export const edgeSecret = new Secret("an-edge-secret-of-thirty-two-characters");
export const pathSecret = "a-path-secret-of-thirty-two-characters";

/** What came to the core, as far as its headers go. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** A core of its own: a real store, a real gate that only edges may post to, a board whose keys the test holds. */
export interface TestCore {
  readonly url: string;
  readonly board: TestBoard;
  readonly clock: HandClock;
  readonly store: TestStore;
  readonly events: Event[];
  /** What an edge is started with. */
  readonly keys: PublicKeys & { instance(): Uint8Array };
  readonly oprfSeed: Uint8Array;
  readonly intake: Core;
  readonly mailboxes: Mailboxes;
  readonly parts: Parts;
  /** Every request since the start. */
  readonly heard: Heard[];
  /** While true the store refuses, as a full disk makes it. */
  full: boolean;
  /** While true whatever stands before the core says that there is none. */
  shut: boolean;
  /** Puts another note where the board's lies: the core serves it from now on, and has it in force if it takes it. */
  publish(note: Uint8Array): void;
  /** What the core's relay signed: nothing until a test offers something. */
  readonly relay: HeldRelay;
  /** The hour of the mailboxes strikes. */
  release(): Promise<void>;
  roster(): Roster;
  stop(): Promise<void>;
}

/** The core's clock stands at this moment, so that a Worker, which has the machine's, agrees with it. */
export async function withCore(): Promise<TestCore> {
  const clock = new HandClock(new Date().toISOString());
  const made = testBoard(clock);
  const oprfSeed = systemChance.bytes(32);
  const board = { ...made, body: { ...made.body, oprf: { current: oprfKeyOf(oprfSeed).publicKey, previous: null } } };
  const store = await withStore();
  const events: Event[] = [];
  const emit = (event: Event): void => void events.push(event);
  const served = serving(board, clock, emit);
  const { roster } = served;
  const relay = holdRelay(roster);
  const keys = { ...keysOf(board, served, clock), relay: () => relay.note() };
  const held = { full: false, shut: false };
  const intake = openIntake(
    {
      insertArrival: async (arrival) => {
        if (held.full) throw new Fault("store.unavailable");
        return insertArrival(store.store.db, arrival);
      },
    },
    served.stanzaCounts,
    clock,
  );
  const mailboxes = openMailboxes(mailboxStore(store.store.db), clock, systemChance);
  const table = partStore(store.store.db);
  const parts = openParts(
    {
      keep: async (part) => {
        if (held.full) throw new Fault("store.unavailable");
        return table.keep(part);
      },
    },
    clock,
    systemChance,
  );
  const app = openCoreGate({
    store: store.store,
    keys,
    clock,
    chance: systemChance,
    challengeKey: new Secret(systemChance.bytes(32)),
    anchors: () => board.anchors,
    checkpointKey: board.server.signing,
    origins: () => [url],
    roster,
    reports: { open: null, edges: { core: intake, secret: edgeSecret } },
    mailboxes,
    parts,
    ready: () => storeReady(store.store.db),
    emit,
  });
  const heard: Heard[] = [];
  const answer = (request: Request): Response | Promise<Response> => {
    heard.push({ method: request.method, path: new URL(request.url).pathname, headers: new Map(request.headers) });
    return held.shut ? new Response("", { status: 502 }) : app.fetch(request);
  };
  const web = await listen(answer, "127.0.0.1", 0);
  const release = answerReleases({ store: store.store, rule: releaseRule, clock, chance: systemChance });
  const stop = async (): Promise<void> => {
    await web[Symbol.asyncDispose]();
    await store.stop();
  };
  const url = `http://127.0.0.1:${web.port}`;
  const { publish } = served;
  const rest = {
    url,
    board,
    clock,
    store,
    events,
    keys,
    oprfSeed,
    intake,
    mailboxes,
    parts,
    heard,
    publish,
    release,
    roster,
    relay,
    stop,
  };
  return Object.assign(held, rest);
}

interface Serving extends Pick<TestCore, "publish" | "roster"> {
  readonly note: () => Uint8Array;
  readonly former: (serial: number) => Uint8Array | null;
  readonly stanzaCounts: RosterSource["stanzaCounts"];
}

/** The notes of a core, which follows them as in production: what it refuses it serves all the same, as off a disk. */
function serving(board: TestBoard, clock: HandClock, emit: Emit): Serving {
  const first = signedBy(board.board.slice(0, 2), board.body);
  const accepted = new Map([[1, first]]);
  const shown = { note: first, version: 1 };
  let kept: Uint8Array | null = null;
  const note = (): Uint8Array => shown.note;
  const former = (serial: number): Uint8Array | null => accepted.get(serial) ?? null;
  const memory = rosterMemoryIn({ read: () => kept, write: (bytes) => void (kept = bytes) });
  const disk = { version: () => String(shown.version), note, former };
  const source = followRoster(board.anchors, disk, memory, clock, emit);
  const roster = (): Roster => source.current();
  const publish = (next: Uint8Array): void => {
    Object.assign(shown, { note: next, version: shown.version + 1 });
    // As long as a core may go without looking.
    clock.advanceMs(500);
    const { serial, noteHash } = roster();
    if (equal(noteHash, sha256(next))) accepted.set(serial, next);
  };
  return { note, former, publish, roster, stanzaCounts: (desk) => source.stanzaCounts(desk) };
}

function keysOf(board: TestBoard, { note, former }: Serving, clock: HandClock): TestCore["keys"] {
  const texts = demoInstance(dayOf(clock.nowMs()));
  const instance = utf8(JSON.stringify({ ...texts, firstBulletin: "2027-03-31" }));
  const anchors = utf8(anchorsText(board.anchors));
  return {
    anchors: () => anchors,
    instance: () => instance,
    note,
    former,
  };
}

/** What lies in the core, oldest first is not known and not asked. */
export async function sealedIn({ store }: TestCore): Promise<readonly Sealed[]> {
  const rows = await store.store.db.selectFrom("arrival").select("sealed").execute();
  return rows.map(({ sealed }) => plainBytes(sealed) as Sealed);
}

export async function emptyArrivals({ store }: TestCore): Promise<void> {
  await store.store.db.deleteFrom("arrival").execute();
}

/** A core that holds nothing and refuses nothing, whatever the test before left, also one that failed half way. */
export async function emptyCore(core: TestCore): Promise<void> {
  core.full = false;
  core.shut = false;
  for (const table of ["arrival", "mailbox_held", "mailbox_message", "part"] as const)
    await core.store.store.db.deleteFrom(table).execute();
}

export interface Opened {
  readonly kind: FrameKind;
  readonly body: Uint8Array;
}

/** What this person of the board reads in a file, or null when it does not open for them. */
export function openedBy(core: TestCore, person: number, sealed: Sealed): Opened | null {
  try {
    return decodeFrame(open(sealed, core.board.people[person]!.identity, nodeDecapsulator, person));
  } catch (error) {
    if (error instanceof Error && error.message === "envelope.unopenable") return null;
    throw error;
  }
}

export function reportBy(core: TestCore, person: number, sealed: Sealed): Report | null {
  const opened = openedBy(core, person, sealed);
  return opened?.kind === "report" ? decodeReport(opened.body) : null;
}
