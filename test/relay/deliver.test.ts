import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DeskId, E164, OrderId, Sealed } from "../../src/base/brand.ts";
import { systemChance } from "../../src/base/chance.ts";
import { addDays, dayOf, msPerDay } from "../../src/base/clock.ts";
import type { Event } from "../../src/base/events.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { messageHashOf } from "../../src/envelope/order.ts";
import { seal } from "../../src/envelope/seal.ts";
import type { Outbound, OutboundSms, SendOutcome } from "../../src/gateway/outbound.ts";
import { openDayKeys, type DayKeyFiles } from "../../src/relay/day-keys.ts";
import { deliverOrder, type Relay } from "../../src/relay/deliver.ts";
import { relayWork } from "../../src/relay/ticks.ts";
import { deleteExpired } from "../../src/store/expire.ts";
import {
  beginSending,
  endLeftSending,
  findOrder,
  insertOrder,
  reportDelivery,
  waitingOrders,
} from "../../src/store/outbox.ts";
import { readRelayNote, writeRelayNote } from "../../src/store/relay-note.ts";
import { HandClock, testBoard, testRoster, type TestBoard } from "../support/board.ts";
import { filesInMemory, newOrderId, testOrders, type TestOrders } from "../support/relay.ts";
import { withStore, type TestStore } from "../support/store.ts";

let store: TestStore;
beforeAll(async () => {
  store = await withStore();
});
afterAll(() => store.stop());

let clock: HandClock;
let files: DayKeyFiles;
let relay: Relay;
let orders: TestOrders;
let sent: OutboundSms[];
let outcome: SendOutcome | (() => Promise<SendOutcome>);
let board: TestBoard;
const db = () => store.store.db;

beforeEach(async () => {
  for (const table of ["outbox", "relay_note"] as const) await db().deleteFrom(table).execute();
  clock = new HandClock();
  files = filesInMemory();
  sent = [];
  outcome = { kind: "accepted", providerId: "ATPid_1" };
  board = testBoard(clock);
  const roster = testRoster(clock, board);
  const dayKeys = openDayKeys(files, systemChance);
  const outbound: Outbound = {
    gateway: "simulator",
    send: (sms) => {
      sent.push(sms);
      return typeof outcome === "function" ? outcome() : Promise.resolve(outcome);
    },
  };
  const onceKey = systemChance.bytes(32);
  relay = { store: store.store, dayKeys, outbound, roster: () => roster, clock, onceKey };
  const recipient = () => dayKeys.turn(dayOf(clock.nowMs()))[0]!.recipient;
  orders = testOrders(board, clock, recipient);
});

async function post(sealed: Sealed): Promise<OrderId> {
  const id = newOrderId();
  await insertOrder(db(), { id, day: dayOf(clock.nowMs()), sealed });
  return id;
}

const approved = (text = "Merci"): Sealed => orders.sealed(orders.order(orders.capsule(), text));
const stateOf = async (id: OrderId) => (await findOrder(db(), id))?.state;

/** What the row still holds of the order. */
async function wiped(id: OrderId): Promise<boolean> {
  return (await findOrder(db(), id))?.sealed === null;
}

describe("an order", () => {
  test("that two of the desk approved is sent once, to the number in the capsule, and wiped", async () => {
    const id = await post(approved("Où est-ce ?"));
    expect(await deliverOrder(relay, id)).toBe("sent");
    expect(await deliverOrder(relay, id)).toBe("nothing");
    expect(sent).toEqual([{ to: "+22370000001", text: "Où est-ce ?" }]);
    expect([await stateOf(id), await wiped(id)]).toEqual(["sent", true]);
  });

  test("posted twice, or approved by others too, goes out once; another text to the same capsule goes out", async () => {
    const capsule = orders.capsule();
    const twice = [
      [0, 1],
      [0, 1],
      [1, 2],
    ].map((people) => orders.sealed(orders.order(capsule, "Merci", people)));
    for (const sealed of twice) await deliverOrder(relay, await post(sealed));
    expect(sent).toHaveLength(1);
    await deliverOrder(relay, await post(orders.sealed(orders.order(capsule, "Encore", [0, 1]))));
    expect(sent.map(({ text }) => text)).toEqual(["Merci", "Encore"]);
  });

  test.each<[string, () => Sealed]>([
    ["one approval", () => orders.sealed(orders.order(orders.capsule(), "x", [0]))],
    ["one person's two approvals", () => orders.sealed(orders.order(orders.capsule(), "x", [0, 0]))],
    ["an officer's approval", () => orders.sealed(orders.order(orders.capsule(), "x", [0, 5]))],
    ["approvals of another text", () => orders.sealed({ ...orders.order(orders.capsule(), "x"), text: "y" })],
    ["another capsule", () => orders.sealed({ ...orders.order(orders.capsule(), "x"), capsule: orders.capsule() })],
    ["another desk", () => orders.sealed(orders.order(orders.capsule(), "x", [3, 4], { desk: "gao" as DeskId }))],
    ["a capsule of another gateway", () => orders.sealed(orders.order(orders.capsule({ gateway: "kannel" }), "x"))],
  ])("with %s is refused and wiped, and nothing is sent", async (_what, make) => {
    const id = await post(make());
    expect(await deliverOrder(relay, id)).toBe("refused");
    expect([await stateOf(id), await wiped(id), sent]).toEqual(["refused", true, []]);
  });

  test("that is none leaves no row: another's file, another kind, junk inside", async () => {
    const recipient = relay.dayKeys.turn(dayOf(clock.nowMs()))[0]!.recipient;
    const others = openDayKeys(filesInMemory(), systemChance).turn(dayOf(clock.nowMs()))[0]!.recipient;
    const framed = (kind: "relayOrder" | "report", to = recipient): Sealed =>
      seal([to], encodeFrame({ kind, body: new Uint8Array(10) }), systemChance);
    for (const sealed of [framed("relayOrder"), framed("report"), framed("relayOrder", others)]) {
      const id = await post(sealed);
      expect(await deliverOrder(relay, id)).toBe("nothing");
      expect(await findOrder(db(), id)).toBeNull();
    }
  });

  test("to an expired capsule is refused; the day's key then opens nothing, though yesterday's rows come back", async () => {
    const capsule = orders.capsule();
    const first = await post(orders.sealed(orders.order(capsule, "à temps")));
    const backup = await findOrder(db(), first);
    clock.advanceMs(15 * msPerDay);
    relay.dayKeys.turn(dayOf(clock.nowMs()));
    const late = await post(orders.sealed(orders.order(capsule, "trop tard")));
    expect(await deliverOrder(relay, late)).toBe("refused");
    // The backup holds the order whole, and the key that opened it is destroyed, whatever the clock is set to.
    await db().deleteFrom("outbox").execute();
    await insertOrder(db(), { id: first, day: dayOf(clock.nowMs()), sealed: backup!.sealed! });
    clock.advanceMs(-15 * msPerDay);
    expect(await deliverOrder(relay, first)).toBe("nothing");
    expect(sent).toEqual([]);
  });
});

describe("what the gateway says", () => {
  test("surely not sent: it waits, and the queue tries again", async () => {
    const id = await post(approved());
    outcome = { kind: "notSent" };
    await expect(deliverOrder(relay, id)).rejects.toThrow("gateway.unavailable");
    expect(await stateOf(id)).toBe("waiting");
    outcome = { kind: "accepted", providerId: null };
    expect(await deliverOrder(relay, id)).toBe("sent");
    expect(sent).toHaveLength(2);
  });

  test.each([
    ["held", "waiting", false],
    ["refused", "refused", true],
    ["unknown", "maybe", true],
  ] as const)("%s: the order is %s", async (kind, state, isWiped) => {
    const id = await post(approved());
    outcome = { kind };
    expect(await deliverOrder(relay, id)).toBe(kind);
    expect([await stateOf(id), await wiped(id)]).toEqual([state, isWiped]);
  });

  test("the state is committed before it is asked: whoever finds it so never sends again", async () => {
    const id = await post(approved());
    let seen: unknown;
    outcome = async () => {
      seen = await stateOf(id);
      // A second worker, given the same job because this one hangs.
      expect(await deliverOrder(relay, id)).toBe("unknown");
      return { kind: "accepted", providerId: "late" };
    };
    expect(await deliverOrder(relay, id)).toBe("sent");
    expect([seen, sent.length, await stateOf(id)]).toEqual(["sending", 1, "sent"]);
  });

  test("a relay that died while it sent leaves `maybe` behind, and its restart says so", async () => {
    const id = await post(approved());
    expect(await beginSending(db(), id, systemChance.bytes(32))).toBe("begun");
    expect(await endLeftSending(db())).toBe(1);
    expect([await stateOf(id), await wiped(id), await deliverOrder(relay, id)]).toEqual(["maybe", true, "nothing"]);
    expect(sent).toEqual([]);
  });

  test("a delivery report finds its order by the hash of the provider's id, and no other", async () => {
    const id = await post(approved());
    await deliverOrder(relay, id);
    await reportDelivery(db(), messageHashOf("ATPid_2"), "failed");
    expect(await stateOf(id)).toBe("sent");
    await reportDelivery(db(), messageHashOf("ATPid_1"), "delivered");
    await reportDelivery(db(), messageHashOf("ATPid_1"), "failed");
    expect(await stateOf(id)).toBe("delivered");
  });
});

describe("the relay at work", () => {
  const events: Event[] = [];
  const enqueued: OrderId[] = [];
  function work() {
    events.length = enqueued.length = 0;
    return relayWork({
      ...relay,
      signing: board.relay.signing,
      shelf: { read: () => readRelayNote(db()), write: (note) => writeRelayNote(db(), note) },
      enqueue: async (id) => void enqueued.push(id),
      published: () => undefined,
      emit: (event) => void events.push(event),
    });
  }

  test("a tick publishes the day keys and enqueues whatever waits", async () => {
    const id = await post(approved());
    await work().tick();
    expect(await readRelayNote(db())).not.toBeNull();
    expect([enqueued, events]).toEqual([[id], []]);
  });

  test("while only a person can mend it, nothing is sent for ten minutes, and it is said without data", async () => {
    const { tick, deliver } = work();
    const id = await post(approved());
    outcome = { kind: "held" };
    await deliver(id);
    expect(events).toEqual([{ event: "failed", part: "relay", code: "gateway.held" }]);
    await tick();
    expect(enqueued).toEqual([]);
    clock.advanceMs(600_000);
    await tick();
    expect(enqueued).toEqual([id]);
  });

  test("a doubtful sending is said, without data", async () => {
    outcome = { kind: "unknown" };
    await work().deliver(await post(approved()));
    expect(events).toEqual([{ event: "failed", part: "relay", code: "gateway.unknown" }]);
  });

  test("a relay that does not lead sends nothing, and says why once", async () => {
    const { tick } = work();
    await work().tick();
    events.length = enqueued.length = 0;
    await post(approved());
    const second = relayWork({
      ...relay,
      dayKeys: openDayKeys(filesInMemory(), systemChance),
      signing: board.relay.signing,
      shelf: { read: () => readRelayNote(db()), write: (note) => writeRelayNote(db(), note) },
      enqueue: async (id) => void enqueued.push(id),
      published: () => undefined,
      emit: (event) => void events.push(event),
    });
    await second.tick();
    await second.tick();
    expect([events, enqueued]).toEqual([[{ event: "failed", part: "relay", code: "relay.another" }], []]);
    await tick();
    expect(enqueued).toHaveLength(1);
  });

  test("an order of fifteen days ago is gone, whatever became of it", async () => {
    await post(approved());
    await deleteExpired(db(), addDays(dayOf(clock.nowMs()), 14));
    expect(await waitingOrders(db())).toHaveLength(1);
    await deleteExpired(db(), addDays(dayOf(clock.nowMs()), 15));
    expect(await waitingOrders(db())).toHaveLength(0);
  });

  test("the table holds no number and no text, in no column", async () => {
    const asked = { number: "+22370004217" as E164 };
    const id = await post(orders.sealed(orders.order(orders.capsule(asked), "Rendez-vous au puits")));
    await deliverOrder(relay, id);
    const { rows } = await sql<{ whole: string }>`select outbox::text as whole from outbox`.execute(db());
    expect(rows).toHaveLength(1);
    expect(rows[0]!.whole).not.toMatch(/37000|puits|Rendez/);
    expect(sent).toEqual([{ to: asked.number, text: "Rendez-vous au puits" }]);
  });
});
