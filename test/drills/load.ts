import type { E164, Sealed } from "../../src/base/brand.ts";
import { base64url, concat, hex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { hourOf, systemClock } from "../../src/base/clock.ts";
import { hashDoor, newDoor } from "../../src/envelope/door.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { sealToNobody } from "../../src/envelope/nobody.ts";
import { encodeReport } from "../../src/envelope/report.ts";
import { seal } from "../../src/envelope/seal.ts";
import { openKeys } from "../../src/config/keys.ts";
import { deskReviewers, type Desk, type Roster } from "../../src/roster/roster.ts";
import { verifySigned } from "../../src/roster/verify.ts";
import { readAnchors } from "../../workers/anchors.ts";
import type { Cluster } from "./cluster.ts";

/** One phone that sends on and on is slowed down, so many send. */
export const numbers = Array.from({ length: 500 }, (_, index) => `+2237000${7000 + index}` as E164);
export const place = "Tassiga-Labbézanga";
const wordsOf = (sender: string, count: number): string =>
  `Le camion du chef dort derrière le puits de ${place}: ${sender} ${count}`;

/** What was acknowledged, and so must be there exactly once. */
export interface Acknowledged {
  /** What reviewers must read. */
  readonly texts: string[];
  /** Door hashes of what was posted sealed, decoys too, in hex. */
  readonly doors: string[];
  /** Mailbox ids, one answer each, in hex. */
  readonly mailboxes: string[];
}

export interface Load {
  readonly acknowledged: Acknowledged;
  /** Acknowledgements so far. */
  readonly count: () => number;
  /** Resolves when every sender has ended what it had begun. */
  stop(): Promise<void>;
}

/** An answer's status; 0 when there was none. */
async function ask(url: string, init: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: "" };
  }
}

/** Five senders that each wait for their answer before the next: SMS, USSD, a browser, decoys, a reviewer's answers. */
export function startLoad(cluster: Cluster): Load {
  const acknowledged: Acknowledged = { texts: [], doors: [], mailboxes: [] };
  const parts = { ...cluster, roster: rosterIn(cluster), acknowledged };
  const progress = { ended: false };
  const repeat = async (send: (count: number) => Promise<void>): Promise<void> => {
    for (let count = 0; !progress.ended; count++) await send(count);
  };
  const running = Promise.all([sms, ussd, browser, decoys, answers].map((sender) => repeat(sender(parts))));
  return {
    acknowledged,
    count: () => Object.values(acknowledged).reduce((sum, one: readonly string[]) => sum + one.length, 0),
    stop: async () => {
      progress.ended = true;
      await running;
    },
  };
}

interface Sending extends Cluster {
  readonly roster: Roster;
  readonly acknowledged: Acknowledged;
}

type Sender = (sending: Sending) => (count: number) => Promise<void>;

/** Asks one edge after the other until one takes it; its repeats must be known to both. */
async function untilTaken(
  { parts }: Cluster,
  path: string,
  init: () => RequestInit,
  good: readonly number[],
): Promise<string> {
  for (let turn = 0; ; turn++) {
    const { status, text } = await ask((turn % 2 === 0 ? parts.edge1 : parts.edge2).url + path, init());
    if (good.includes(status)) return text;
    if (status !== 0 && status < 500) throw new Error(`${path}: ${status}`);
  }
}

const sms: Sender = (sending) => async (count) => {
  const text = wordsOf("sms", count);
  const form = {
    date: "2026-11-23 10:30:00",
    to: "36033",
    from: numbers[count % numbers.length]!,
    id: `drill-${count}`,
    text,
  };
  await untilTaken(
    sending,
    "/gateway/africastalking/demo/sms",
    () => ({ method: "POST", body: new URLSearchParams(form) }),
    [200],
  );
  sending.acknowledged.texts.push(text);
};

/** A session stays on one edge, as a balancer keeps it. Only a last screen with a receipt is an acknowledgement. */
const ussd: Sender =
  ({ parts, acknowledged }) =>
  async (count) => {
    const { url } = count % 2 === 0 ? parts.edge1 : parts.edge2;
    const words = wordsOf("ussd", count);
    const answered = ["1", "1", words, "0"];
    let screen = "";
    for (let given = 0; given <= answered.length; given++) {
      const text = answered.slice(0, given).join("*");
      const phoneNumber = numbers[(count + 250) % numbers.length]!;
      const form = { phoneNumber, serviceCode: "*384*1234#", networkCode: "61001", sessionId: `drill-${count}`, text };
      const path = "/gateway/africastalking/demo/ussd";
      for (let status = 0; status !== 200;)
        ({ status, text: screen } = await ask(url + path, { method: "POST", body: new URLSearchParams(form) }));
    }
    if ([...screen.matchAll(/\d{8}/g)].length === 2) acknowledged.texts.push(words);
  };

const browser: Sender = (sending) => async (count) => {
  const door = newDoor(systemChance);
  const text = wordsOf("page", count);
  const report = { channel: "web", language: "fr", text, answers: {}, exclude: [], attachments: [], door } as const;
  const body = encodeReport({ ...report, receivedHour: hourOf(systemClock.nowMs()) });
  const readers = deskReviewers(sending.roster, deskOf(sending.roster)).map(({ recipient }) => recipient);
  await postSealed(sending, seal(readers, encodeFrame({ kind: "report", body }), systemChance), hashDoor(door));
  sending.acknowledged.texts.push(text);
};

const decoys: Sender = (sending) => async () => {
  const stanzas = deskReviewers(sending.roster, deskOf(sending.roster)).length;
  await postSealed(sending, sealToNobody(stanzas, systemChance), hashDoor(newDoor(systemChance)));
};

/** As an edge hands it on. What got no answer is left: nobody can know whether it is there. */
const answers: Sender =
  ({ parts, edgeSecret, acknowledged }) =>
  async (count) => {
    const id = systemChance.bytes(16);
    const { url } = count % 2 === 0 ? parts.core1 : parts.core2;
    const headers = { authorization: `Bearer ${edgeSecret}` };
    const body = concat(id, sealToNobody(1, systemChance));
    const { status } = await ask(`${url}/mailbox/write`, { method: "POST", headers, body });
    if (status === 201) acknowledged.mailboxes.push(hex(id));
  };

async function postSealed(sending: Sending, sealed: Sealed, doorHash: Uint8Array): Promise<void> {
  const headers = {
    "content-type": "application/age",
    "gundo-door-hash": base64url(doorHash),
    "idempotency-key": base64url(systemChance.bytes(16)),
  };
  const body = new Uint8Array(sealed);
  await untilTaken(
    sending,
    `/reports/${deskOf(sending.roster).id}`,
    () => ({ method: "POST", headers, body }),
    [200, 201],
  );
  sending.acknowledged.doors.push(hex(doorHash));
}

function rosterIn({ parts }: Cluster): Roster {
  const keys = openKeys(`${parts.core1.home}/demo/keys`);
  return verifySigned(readAnchors(keys, "demo").anchors, keys.note());
}

const deskOf = (roster: Roster): Desk => roster.desks.find(({ id }) => id === "all")!;
