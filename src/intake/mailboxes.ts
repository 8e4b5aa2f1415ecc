import type { Sealed } from "../base/brand.ts";
import { shuffled, type Chance } from "../base/chance.ts";
import { dayOf, type Clock, type UnixDay } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { sealToNobody } from "../envelope/nobody.ts";
import { sealedLength, shapeOf } from "../envelope/shape.ts";
import { mailboxIdOf, type MailboxId } from "../mailbox/mailbox.ts";
import type { FourSealed, Mailboxes } from "./core.ts";

/** The tables `mailbox_held` and `mailbox_message`; the store implements it. */
export interface MailboxStore {
  /** Commits durably before it resolves. */
  hold(answer: { readonly id: MailboxId; readonly day: UnixDay; readonly sealed: Sealed }): Promise<void>;
  /** At most `limit` released files of a mailbox, newest day first. */
  newest(id: MailboxId, limit: number): Promise<readonly Sealed[]>;
  forget(id: MailboxId): Promise<void>;
}

/** Files that one reading gives. */
const filesPerRead = 4;

/** The bytes of every file in a mailbox: one stanza, the first size class. */
export const answerBytes = sealedLength(1, 8192);

/** The four files of a reading's answer. Throws `core.unavailable` on another length: no core of ours answered. */
export function filesIn(bytes: Uint8Array): FourSealed {
  if (bytes.length !== filesPerRead * answerBytes) throw new Fault("core.unavailable");
  const fileAt = (index: number): Sealed =>
    bytes.slice(index * answerBytes, (index + 1) * answerBytes) as Uint8Array as Sealed;
  return [fileAt(0), fileAt(1), fileAt(2), fileAt(3)];
}

/** The mailboxes of this process's own store. */
export function openMailboxes(store: MailboxStore, clock: Clock, chance: Chance): Mailboxes {
  return {
    write: async (id, sealed) => {
      const shape = shapeOf(sealed);
      if (shape?.stanzas !== 1 || shape.sizeClass !== 8192) throw new Fault("envelope.shape");
      await store.hold({ id, day: dayOf(clock.nowMs()), sealed });
    },
    read: async (read) => {
      const newest = store.newest(mailboxIdOf(read), filesPerRead);
      // All are made every time, and in no order: neither work nor place tells how many are real.
      const dummies = Array.from({ length: filesPerRead }, () => sealToNobody(1, chance));
      const found = await newest;
      return shuffled(
        chance,
        dummies.map((dummy, index) => found[index] ?? dummy),
      ) as unknown as FourSealed;
    },
    forget: (read) => store.forget(mailboxIdOf(read)),
  };
}
