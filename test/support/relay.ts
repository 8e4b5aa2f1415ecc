import type { DeskId, E164, OrderId, Sealed } from "../../src/base/brand.ts";
import { hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { dayOf, type Clock } from "../../src/base/clock.ts";
import { sealCapsule, type Capsule } from "../../src/envelope/capsule.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { encodeOrder, type RelayOrder } from "../../src/envelope/order.ts";
import type { Recipient } from "../../src/envelope/recipient.ts";
import { seal } from "../../src/envelope/seal.ts";
import { capsuleHashOf, signAnswer } from "../../src/roster/answer.ts";
import type { DayKeyFiles } from "../../src/relay/day-keys.ts";
import type { TestBoard } from "./board.ts";

/** A vault that lies in memory. */
export function filesInMemory(): DayKeyFiles {
  const files = new Map<string, Uint8Array>();
  return {
    read: (name) => files.get(name)?.slice() ?? null,
    write: (name, bytes) => void files.set(name, bytes.slice()),
    names: () => [...files.keys()],
    destroy: (name) => void files.delete(name),
  };
}

/** What reviewers of a test's board send to the relay. */
export interface TestOrders {
  capsule(asked?: Partial<Pick<Capsule, "gateway" | "number">>): Sealed;
  /** An order that these people of the board approved. */
  order(capsule: Sealed, text: string, people?: readonly number[], rest?: Partial<RelayOrder>): RelayOrder;
  sealed(order: RelayOrder): Sealed;
}

export function testOrders(board: TestBoard, clock: Clock, recipient: () => Recipient): TestOrders {
  return {
    capsule: (asked) =>
      sealCapsule(
        { gateway: "simulator", number: "+22370000001" as E164, ...asked },
        dayOf(clock.nowMs()),
        recipient(),
        systemChance,
      ),
    order: (capsule, text, people = [0, 1], rest = {}) => {
      const desk = "all" as DeskId;
      const answer = { desk, capsuleHash: capsuleHashOf(capsule), text };
      const signatures = people.map((person) => {
        const { id, signing } = board.people[person]!;
        return signAnswer(board.body.instance, answer, id, signing);
      });
      return { desk, language: "fr", text, signatures, capsule, ...rest };
    },
    sealed: (order) => seal([recipient()], encodeFrame({ kind: "relayOrder", body: encodeOrder(order) }), systemChance),
  };
}

export const newOrderId = (): OrderId => hex(systemChance.bytes(16)) as OrderId;
