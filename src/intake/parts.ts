import type { PartId, Sealed } from "../base/brand.ts";
import { base64url } from "../base/bytes.ts";
import type { Chance } from "../base/chance.ts";
import { dayOf, type Clock, type UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { partClasses } from "../envelope/attachment.ts";
import { shapeOf } from "../envelope/shape.ts";
import type { Parts } from "./core.ts";

/** The table `part`; the store implements it. Commits durably before it resolves. */
export interface PartStore {
  keep(part: { readonly id: PartId; readonly day: UnixDay; readonly sealed: Sealed }): Promise<void>;
}

/** Throws `envelope.shape` unless it is one age file of one stanza and one of the two classes of a part. */
export function checkPart(sealed: Sealed): void {
  const shape = shapeOf(sealed);
  if (shape?.stanzas !== 1 || !partClasses.some((size) => size === shape.sizeClass)) throw new Fault("envelope.shape");
}

/** The parts of this process's own store. The id is drawn here: no sender can choose one that is taken, or test for one. */
export function openParts(store: PartStore, clock: Clock, chance: Chance): Parts {
  return {
    put: async (sealed) => {
      checkPart(sealed);
      const id = base64url(chance.bytes(16)) as PartId;
      await store.keep({ id, day: dayOf(clock.nowMs()), sealed });
      return id;
    },
  };
}
