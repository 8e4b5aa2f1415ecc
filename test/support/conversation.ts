import type { Page } from "playwright-core";
import type { DeskId, E164, Sealed } from "../../src/base/brand.ts";
import { dayOf, isoDay } from "../../src/base/clock.ts";
import { Fault } from "../../src/base/fault.ts";
import { decodeFrame, type Frame } from "../../src/envelope/frame.ts";
import { open } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { decodeReport, type Exclusion, type Report } from "../../src/envelope/report.ts";
import { shownDay } from "../../src/dialogue/words-reading.ts";
import { plainBytes } from "../../src/store/bytes.ts";
import { pathSecret, type TestGate } from "./gate.ts";
import { postWorked, writeBody } from "./mailboxes.ts";

/** Both numbers of a receipt, as they stand on a screen. */
export const numbersIn = (text: string): readonly string[] => [...text.matchAll(/\d{8}/g)].map(([digits]) => digits);

/** A USSD session, turn by turn; its last screen. */
export async function dialOn(
  { app }: Pick<TestGate, "app">,
  from: E164,
  sessionId: string,
  answers: readonly string[],
): Promise<string> {
  let screen = "";
  for (let count = 0; count <= answers.length; count++) {
    const text = answers.slice(0, count).join("*");
    const form = { phoneNumber: from, serviceCode: "*384*1234#", networkCode: "61001", sessionId, text };
    const post = { method: "POST", body: new URLSearchParams(form) };
    screen = await (await app.request(`/gateway/africastalking/${pathSecret}/ussd`, post)).text();
  }
  return screen;
}

/** What one reviewer opens of everything that arrived, in no order that means anything. */
export async function framesFor({ board, store }: TestGate, reviewer = 0): Promise<readonly Frame[]> {
  const { identity } = board.people[reviewer]!;
  const rows = await store.store.db.selectFrom("arrival").select("sealed").execute();
  const frameOf = (sealed: Sealed): readonly Frame[] => {
    try {
      return [decodeFrame(open(sealed, identity, nodeDecapsulator, reviewer))];
    } catch (error) {
      if (error instanceof Fault && error.code === "envelope.unopenable") return [];
      throw error;
    }
  };
  return rows.flatMap(({ sealed }) => frameOf(plainBytes(sealed) as Sealed));
}

/** The reports among them. */
export async function reportsFor(gate: TestGate, reviewer = 0): Promise<readonly Report[]> {
  return (await framesFor(gate, reviewer)).flatMap(({ kind, body }) => (kind === "report" ? decodeReport(body) : []));
}

/** A reviewer's answer to the mailbox of a report; it waits for its release. The status it was written with. */
export async function answerOn(
  { app, clock }: TestGate,
  report: Report,
  text: string,
  exclude: readonly Exclusion[] = [],
): Promise<number> {
  const day = dayOf(clock.nowMs());
  const body = writeBody(report.mailbox!, { desk: "all" as DeskId, exclude, language: "fr", day, text });
  return (await postWorked(async (init) => app.request("/mailbox/write", init), body)).status;
}

/** Today as the page shows it. */
export const todayOn = ({ clock }: Pick<TestGate, "clock">): string => shownDay(isoDay(dayOf(clock.nowMs())));

/** Types both numbers and presses "read". */
export async function readOn(page: Page, numbers: readonly string[]): Promise<void> {
  await page.locator("details:has(#reading) summary").click();
  await page.fill("#first", numbers[0]!);
  await page.fill("#second", numbers[1]!);
  await page.locator("#read").click();
}

/** What stands there once something was read. */
export async function conversationOn(page: Page): Promise<string> {
  await page.locator("#conversation:visible").waitFor();
  return page.locator("#conversation").innerText();
}

/** Until a sentence is said about a step. */
export const says = (page: Page, text: RegExp): Promise<void> =>
  page.locator("#reading-says").filter({ hasText: text }).waitFor();
