import type { DeskId } from "../../../src/base/brand.ts";
import { base64url, utf8 } from "../../../src/base/bytes.ts";
import { systemChance } from "../../../src/base/chance.ts";
import { dayOf, hourOf, systemClock } from "../../../src/base/clock.ts";
import { Client } from "../../../src/cli/client.ts";
import { hashDoor, newDoor } from "../../../src/envelope/door.ts";
import { encodeFrame } from "../../../src/envelope/frame.ts";
import { encodeReport, type Attachment } from "../../../src/envelope/report.ts";
import { recipientOf } from "../../../src/envelope/recipient.ts";
import { seal } from "../../../src/envelope/seal.ts";
import { askWithWork } from "../../../src/envelope/work.ts";
import { deskRecipients } from "../../../src/roster/readers.ts";
import { findDesk } from "../../../src/roster/roster.ts";
import { newWriter } from "../../support/desk.ts";
import { testRoster, type TestBoard } from "../../support/board.ts";
import { attachmentOf } from "../../support/parts.ts";
import { ask } from "./processes.ts";
import { places, sentNow, written, type Message, type Sent, type Way } from "./planted.ts";
import type { Production } from "./server.ts";

const desk = "all" as DeskId;

/** Sends one report as its way wants it. Resolves once it was acknowledged; throws where it was refused. */
export function send(server: Production, message: Message): Promise<Sent> {
  return senders[message.way](server, message);
}

const senders: Readonly<Record<Way, (server: Production, message: Message) => Promise<Sent>>> = {
  sms: (server, message) => sms(server, message, message.text),
  smsAsking: (server, message) => sms(server, message, `R ${message.text}`),
  ussd: async (server, message) => {
    const screen = await dial(server, message, ["1", "1", message.text, "0"]);
    const receipt = [...screen.matchAll(/\d{8}/g)].join("");
    if (!screen.startsWith("END Merci")) throw new Error("a session was not thanked for");
    return sentNow(message, receipt.length === 16 ? receipt : null);
  },
  ussdCut: async (server, message) => {
    const answers = ["1", "1", message.text];
    await dial(server, message, answers);
    const ended = { sessionId: sessionOf(message), phoneNumber: message.number, input: answers.join("*") };
    await callback(server, "events", { ...ended, status: "Incomplete", serviceCode: "*384#" });
    return sentNow(message);
  },
  page: async ({ url }, message) => {
    const fields = { text: message.text, category: "ARM", place: "ML07", when: "week" };
    const response = await ask(`${url}/`, { method: "POST", body: new URLSearchParams(fields) });
    if (response.status !== 200 || !/\d{8}/.test(await response.text())) throw new Error("the page did not thank");
    return sentNow(message);
  },
  browser: (server, message) => post(server, message, []),
  attachment: async (server, message) => {
    const file = utf8(`${written.attached}, à ${places[0]!}. ${message.text}`);
    const { sealed, attachment } = attachmentOf(file, "text/plain");
    const client = new Client(server.url);
    const parts = [];
    for (const part of sealed) parts.push(await client.putPart(part));
    return post(server, message, [{ ...attachment, parts }]);
  },
};

async function callback(
  { url, gatewaySecret }: Production,
  kind: string,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const address = `${url}/gateway/africastalking/${gatewaySecret}/${kind}`;
  const response = await ask(address, { method: "POST", body: new URLSearchParams(form) });
  if (response.status !== 200) throw new Error(`a gateway was told ${response.status}`);
  return response.text();
}

async function sms(server: Production, message: Message, text: string): Promise<Sent> {
  const form = { date: "2026-11-23 10:30:00", to: "36033", networkCode: "61001", cost: "None" };
  await callback(server, "sms", { ...form, from: message.number, id: `ATXid_${message.index}`, text });
  return sentNow(message);
}

const sessionOf = ({ index }: Message): string => `ATUid_${index}`;

/** A session turn by turn; its last screen. */
export async function dial(
  server: Production,
  message: Pick<Message, "index" | "number">,
  answers: readonly string[],
  sessionId = `ATUid_${message.index}`,
): Promise<string> {
  const form = { phoneNumber: message.number, serviceCode: "*384*1234#", networkCode: "61001", sessionId };
  let screen = "";
  for (let given = 0; given <= answers.length; given++)
    screen = await callback(server, "ussd", { ...form, text: answers.slice(0, given).join("*") });
  return screen;
}

/** As the page's script does: sealed here, with a mailbox of its own. */
export function sealedReport(
  board: TestBoard,
  text: string,
  attachments: readonly Attachment[],
): { readonly sealed: Uint8Array<ArrayBuffer>; readonly doorHash: Uint8Array } {
  const door = newDoor(systemChance);
  const { mailbox } = newWriter();
  const body = encodeReport({
    channel: "web",
    language: "fr",
    text,
    answers: {},
    exclude: [],
    attachments,
    door,
    receivedHour: hourOf(systemClock.nowMs()),
    mailbox: { id: mailbox.id, recipient: recipientOf(mailbox.identity) },
  });
  const roster = testRoster(systemClock, board);
  const today = dayOf(systemClock.nowMs());
  const recipients = deskRecipients(roster, findDesk(roster, desk)!, [], today, systemChance);
  const sealed = new Uint8Array(seal(recipients, encodeFrame({ kind: "report", body }), systemChance));
  return { sealed, doorHash: hashDoor(door) };
}

async function post({ url, board }: Production, message: Message, attachments: readonly Attachment[]): Promise<Sent> {
  const { sealed, doorHash } = sealedReport(board, message.text, attachments);
  const headers = {
    "content-type": "application/age",
    "gundo-door-hash": base64url(doorHash),
    "idempotency-key": base64url(systemChance.bytes(16)),
  };
  const response = await askWithWork((work) =>
    ask(`${url}/reports/${desk}`, { method: "POST", body: sealed, headers: { ...headers, ...work } }),
  );
  if (response.status !== 201) throw new Error(`a browser was told ${response.status}`);
  return sentNow(message);
}
