import { describe, expect, test } from "vitest";
import type { Door } from "../../src/base/brand.ts";
import { base64url } from "../../src/base/bytes.ts";
import { Fault, type FaultCode } from "../../src/base/fault.ts";
import { fetchCase, type CaseWay } from "../../src/roster/case-fetch.ts";

const door = new Uint8Array(16).fill(7) as Door;
const hash = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const tag = (byte: number): string => `"${base64url(hash(byte))}"`;

interface Page {
  readonly body: unknown;
  readonly etag?: string;
}

/** A server that answers page after page, and what it was asked. */
function serving(...pages: readonly (Page | FaultCode)[]): { way: CaseWay; asked: string[] } {
  const asked: string[] = [];
  const request = (path: string, init?: RequestInit): Promise<Response> => {
    asked.push(`${path} ${new Headers(init?.headers).get("gundo-door")}`);
    const page = pages[asked.length - 1];
    if (typeof page === "string") return Promise.reject(new Fault(page));
    return Promise.resolve(
      Response.json(page!.body, { headers: page!.etag === undefined ? {} : { etag: page!.etag } }),
    );
  };
  return { way: { request }, asked };
}

const event = (seq: number): object => ({ seq, sealed: `file ${seq}` });

describe("a case behind a door", () => {
  test("is read page after page, with the door in a header, to the head that was named last", async () => {
    const { way, asked } = serving(
      { body: { events: [event(1), event(2)], next: 2 }, etag: tag(1) },
      { body: { events: [event(3)], next: null }, etag: tag(2) },
    );
    expect(await fetchCase(way, door)).toEqual({ events: [event(1), event(2), event(3)], head: hash(2) });
    const named = base64url(door);
    expect(asked).toEqual([`/api/case/events?after=0 ${named}`, `/api/case/events?after=2 ${named}`]);
  });

  test("that nobody began is none; whatever else refuses it is said", async () => {
    expect(await fetchCase(serving("case.unknown").way, door)).toBeNull();
    await expect(fetchCase(serving("limit.reached").way, door)).rejects.toThrow("limit.reached");
  });

  test("is refused when the server names no head, half an event, or a page that goes nowhere", async () => {
    const whole = { events: [event(1)], next: null };
    const nonsense: readonly Page[] = [
      { body: whole },
      { body: whole, etag: tag(1).slice(0, -2) },
      { body: { ...whole, events: [{ seq: 1 }] }, etag: tag(1) },
      { body: { ...whole, events: [{ seq: 0, sealed: "x" }] }, etag: tag(1) },
      { body: { ...whole, more: 1 }, etag: tag(1) },
      { body: { ...whole, next: 0 }, etag: tag(1) },
      { body: { ...whole, next: "2" }, etag: tag(1) },
      { body: "x", etag: tag(1) },
    ];
    for (const page of nonsense) await expect(fetchCase(serving(page).way, door)).rejects.toThrow("request.malformed");
  });
});
