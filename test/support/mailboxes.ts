import type { Sealed } from "../../src/base/brand.ts";
import { concat, hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import type { Clock } from "../../src/base/clock.ts";
import { encodeReply, type Reply } from "../../src/envelope/reply.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import type { Recipient } from "../../src/envelope/recipient.ts";
import { seal } from "../../src/envelope/seal.ts";
import { askWithWork } from "../../src/envelope/work.ts";
import type { Mailboxes } from "../../src/intake/core.ts";
import { openMailboxes, type MailboxStore } from "../../src/intake/mailboxes.ts";

/** Where to answer, as a report says it. */
interface Address {
  readonly id: Uint8Array;
  readonly recipient: Recipient;
}

/** A reply as a reviewer seals it. */
export function sealReply({ recipient }: Pick<Address, "recipient">, reply: Reply): Sealed {
  return seal([recipient], encodeFrame(encodeReply(reply)), systemChance);
}

/** The body of `POST /mailbox/write` that carries it. */
export function writeBody(address: Address, reply: Reply): Uint8Array<ArrayBuffer> {
  return concat(address.id, sealReply(address, reply));
}

/** Mailboxes in memory: what is written can be read at once. */
export class TestMailboxes implements MailboxStore {
  readonly answers: { readonly id: string; readonly day: number; readonly sealed: Sealed }[] = [];
  readonly asked: string[] = [];
  away: Error | null = null;

  async hold({ id, day, sealed }: Parameters<MailboxStore["hold"]>[0]): Promise<void> {
    this.answers.push({ id: hex(id), day, sealed });
  }

  async newest(id: Uint8Array, limit: number): Promise<readonly Sealed[]> {
    this.asked.push(hex(id));
    if (this.away !== null) throw this.away;
    const own = this.answers.filter((answer) => answer.id === hex(id));
    return own
      .toSorted((a, b) => b.day - a.day)
      .slice(0, limit)
      .map(({ sealed }) => sealed);
  }

  async forget(id: Uint8Array): Promise<void> {
    if (this.away !== null) throw this.away;
    const left = this.answers.filter((answer) => answer.id !== hex(id));
    this.answers.splice(0, this.answers.length, ...left);
  }

  over(clock: Clock): Mailboxes {
    return openMailboxes(this, clock, systemChance);
  }
}

/** The answer to a post once the work it asks for is done, as any client's. */
export async function postWorked(
  ask: (init: RequestInit) => Promise<Response>,
  body: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  return askWithWork((headers) => ask({ method: "POST", body, headers }));
}
