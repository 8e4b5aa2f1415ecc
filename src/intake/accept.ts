import type { DeskId, DoorHash, Sealed, SeenHash } from "../base/brand.ts";
import { addDays, dayOf, type Clock, type UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { shapeOf, type Shape } from "../envelope/shape.ts";
import type { Acceptance, Core } from "./core.ts";

/** A row for the table `arrival`, and for `seen` in the same transaction. */
interface Arrival {
  readonly desk: DeskId;
  readonly sealed: Sealed;
  readonly doorHash: DoorHash;
  readonly receivedDay: UnixDay;
  readonly sizeClass: Shape["sizeClass"];
  readonly seen?: { readonly hashes: readonly SeenHash[]; readonly expiresDay: UnixDay };
}

/** Commits durably before it resolves; the store implements it. */
export interface ArrivalStore {
  insertArrival(arrival: Arrival): Promise<Acceptance>;
}

/** The stanza counts a desk's files may have: today's roster, and those of the last 15 days; empty for no such desk. */
export type StanzaCounts = (desk: DeskId) => readonly number[];

// Three days always hold 48 hours, whatever the hour of arrival.
const seenDays = 3;

/**
 * The one way in (triage.md): the shape of the age file, checked without any key, then a durable insert. SMS, USSD,
 * browser posts, follow-ups and decoys all come through here and cannot be told apart.
 */
export function openIntake(store: ArrivalStore, stanzaCounts: StanzaCounts, clock: Clock): Core {
  return {
    accept: async ({ desk, sealed, doorHash, seen }) => {
      const { sizeClass } = checkedShape(sealed, stanzaCounts(desk));
      const receivedDay = dayOf(clock.nowMs());
      const arrival = { desk, sealed, doorHash, receivedDay, sizeClass };
      return store.insertArrival(
        seen === undefined
          ? arrival
          : { ...arrival, seen: { hashes: seen, expiresDay: addDays(receivedDay, seenDays) } },
      );
    },
  };
}

function checkedShape(sealed: Sealed, counts: readonly number[]): Shape {
  if (counts.length === 0) throw new Fault("desk.unknown");
  const shape = shapeOf(sealed);
  if (shape === null || !counts.includes(shape.stanzas)) throw new Fault("envelope.shape");
  return shape;
}
