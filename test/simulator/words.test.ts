import { expect, test } from "vitest";
import { systemChance } from "../../src/base/chance.ts";
import type { E164 } from "../../src/base/brand.ts";
import type { UnixMs } from "../../src/base/clock.ts";
import { english } from "../../src/simulator/en.ts";
import { french } from "../../src/simulator/fr.ts";
import { numberOf, spaced } from "../../src/simulator/number.ts";
import { endPost, smsPost, turnPost } from "../../src/simulator/post.ts";
import { requestText, seenRows } from "../../src/simulator/seen.ts";

const call = {
  sessionId: "ATUid_1",
  number: "+22370000042" as E164,
  text: "1*1*à côté",
  startedMs: 0 as UnixMs,
  hops: 4,
  lastResponse: "CON Ecrivez",
};

test("the provider's view names number, code, all that was typed and all that was shown, and how it ended", () => {
  expect(seenRows({ post: turnPost(call), response: "CON Qui?" }, english)).toEqual([
    ["Who", "+223 7000 0042"],
    ["Dialled", "*384*1234#"],
    ["Typed", "1*1*à côté"],
    ["Shown", "Qui?"],
  ]);
  const ended = seenRows({ post: endPost(call, "Incomplete", 5 as UnixMs), response: "" }, french);
  expect(ended.slice(2)).toEqual([
    ["Tapé", "1*1*à côté"],
    ["Montré", "Ecrivez"],
    ["Fin", "coupée par la personne"],
  ]);
  const sms = smsPost(call.number, "Trois pick-up", 5 as UnixMs, systemChance);
  expect(seenRows({ post: sms, response: "" }, french)).toEqual([
    ["Qui", "+223 7000 0042"],
    ["Composé", "36033"],
    ["Tapé", "Trois pick-up"],
  ]);
});

test("the exact request is shown encoded, without the path's secret", () => {
  const text = requestText({ post: turnPost(call), response: "" });
  expect(text).toContain("POST /gateway/africastalking/…/ussd\n\nsessionId=ATUid_1\n&serviceCode=*384*1234%23");
  expect(text).toContain("&text=1*1*%C3%A0+c%C3%B4t%C3%A9");
});

test("a number is four digits in the test range, or none", () => {
  expect(numberOf("0042")).toBe("+22370000042");
  for (const other of ["", "42", "00421", "+223", "00 4"]) expect(numberOf(other)).toBeNull();
  expect(spaced("+22370000042" as E164)).toBe("+223 7000 0042");
});

test("each language says everything in its own words", () => {
  const names = Object.keys(french) as (keyof typeof french)[];
  expect(names.filter((name) => english[name] === french[name])).toEqual([]);
  for (const words of [french, english]) expect(JSON.stringify(words)).not.toContain('""');
});
