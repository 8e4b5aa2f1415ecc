import type { DeskId } from "../../../src/base/brand.ts";
import { base64url } from "../../../src/base/bytes.ts";
import { systemChance } from "../../../src/base/chance.ts";
import { sealedReport } from "../seizure/informants.ts";
import { messageOf, type Message } from "../seizure/planted.ts";
import type { Production } from "../seizure/server.ts";

export const channels = ["sms", "ussd", "browser", "page"] as const;
export type Channel = (typeof channels)[number];

/**
 * What became of a try: `thanked`; `refused`, as each channel should be (503, or a screen or page that says "not sent"); or
 * `wrong`: no answer at all, or another.
 */
export type Outcome = "thanked" | "refused" | "wrong";

/** One report, which may be sent again as its channel does. */
export interface Letter {
  readonly channel: Channel;
  readonly text: string;
  /** A page without script has nothing to be known by again. */
  readonly mayRepeat: boolean;
  send(): Promise<Outcome>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(60_000) });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: "" };
  }
}

export function letterOf(server: Production, index: number): Letter {
  const channel = channels[index % channels.length]!;
  const message = messageOf(index);
  return { channel, text: message.text, mayRepeat: channel !== "page", send: senders[channel](server, message) };
}

type Sender = (server: Production, message: Message) => () => Promise<Outcome>;

const ofStatus = ({ status }: Answer, thanks: readonly number[]): Outcome =>
  thanks.includes(status) ? "thanked" : status === 503 ? "refused" : "wrong";

const gateway = ({ url, gatewaySecret }: Production, kind: string): string =>
  `${url}/gateway/africastalking/${gatewaySecret}/${kind}`;

const senders: Readonly<Record<Channel, Sender>> = {
  sms: (server, { index, number, text }) => {
    const form = { date: "2026-11-23 10:30:00", to: "36033", networkCode: "61001", cost: "None" };
    const body = (): URLSearchParams => new URLSearchParams({ ...form, from: number, id: `full-${index}`, text });
    return async () => ofStatus(await ask(gateway(server, "sms"), { method: "POST", body: body() }), [200]);
  },
  ussd: (server, { index, number, text }) => {
    const answers = ["1", "1", text, "0"];
    const form = { phoneNumber: number, serviceCode: "*384#", networkCode: "61001", sessionId: `full-${index}` };
    return async () => {
      let screen: Answer = { status: 0, text: "" };
      for (let given = 0; given <= answers.length; given++) {
        const body = new URLSearchParams({ ...form, text: answers.slice(0, given).join("*") });
        screen = await ask(gateway(server, "ussd"), { method: "POST", body });
      }
      return screen.status === 200 ? ofWords(screen.text, /^END Merci/, /^END .*(pas|not) /is) : "wrong";
    };
  },
  browser: ({ url, board }, message) => {
    const { sealed, doorHash } = sealedReport(board, message.text, []);
    const headers = {
      "content-type": "application/age",
      "gundo-door-hash": base64url(doorHash),
      "idempotency-key": base64url(systemChance.bytes(16)),
    };
    const address = `${url}/reports/${"all" as DeskId}`;
    return async () => ofStatus(await ask(address, { method: "POST", headers, body: sealed }), [200, 201]);
  },
  page: ({ url }, { text }) => {
    return async () => {
      const answer = await ask(`${url}/`, { method: "POST", body: new URLSearchParams({ text }) });
      // Thanks show two numbers, or say that there are none; the form comes back with its words where nothing was sent.
      return ofWords(answer.text, /\d{8}/, /<textarea/);
    };
  },
};

function ofWords(text: string, thanks: RegExp, refusal: RegExp): Outcome {
  return thanks.test(text) ? "thanked" : refusal.test(text) ? "refused" : "wrong";
}
