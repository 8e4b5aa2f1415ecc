import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCallback } from "../../src/gateway/africastalking/in.ts";
import { parseE164 } from "../../src/gateway/e164.ts";
import type { CallbackKind } from "../../src/gateway/inbound.ts";

const parse = (kind: CallbackKind, body: string) => parseCallback(kind, new URLSearchParams(body));

describe("SMS", () => {
  test("the provider's own sample", () => {
    const body =
      "linkId=03090445075804249226&text=Msg&to=21512&id=ec9adc86-51d5-4bc8-8eb0-d8ab0bb53dc3&date=2017-05-03T06%3A04%3A45Z&from=%2B254791541111";
    expect(parse("sms", body)).toEqual({
      kind: "sms",
      gateway: "africastalking",
      providerId: "ec9adc86-51d5-4bc8-8eb0-d8ab0bb53dc3",
      from: "+254791541111",
      text: "Msg",
    });
  });

  test("an unescaped + arrives as a space, unknown fields are never looked at, any script is kept exactly", () => {
    const text = "Ɛ b'a dɔn — œuvre, ɲɛ, ŋ, ߒߞߏ 🔒\nsuite";
    const body = `from=+22370000001&id=x&cost=1&new=field&${new URLSearchParams({ text }).toString()}`;
    expect(parse("sms", body)).toMatchObject({ from: "+22370000001", text });
  });

  test.each([
    "from=INFO&id=x&text=t",
    "from=36033&id=x&text=t",
    "id=x&text=t",
    "from=%2B22370000001&text=t",
    "from=%2B22370000001&id=&text=t",
    "",
    "{}",
  ])("%j is junk", (body) => {
    expect(parse("sms", body)).toBeNull();
  });
});

test("USSD turns, end events, delivery reports and opt-outs", () => {
  const turn =
    "sessionId=ATUid_5d3b4c2bc589f4811820a7184eed4df5&serviceCode=*384*1234%23&phoneNumber=%2B22370000001&networkCode=99999&text=";
  expect(parse("ussd", turn)).toMatchObject({ kind: "ussdTurn", from: "+22370000001", text: "" });
  const end =
    "sessionId=A1&phoneNumber=%2B22370000001&status=Incomplete&input=1*1*mots&lastAppResponse=CON+x&hopsCount=3";
  expect(parse("events", end)).toEqual({
    kind: "ussdEnd",
    gateway: "africastalking",
    providerId: "A1",
    from: "+22370000001",
    text: "1*1*mots",
    complete: false,
  });
  expect(parse("delivery", "id=A2&status=Success&phoneNumber=%2B22370000001")).toMatchObject({ state: "delivered" });
  expect(parse("delivery", "id=A2&status=AbsentSubscriber")).toMatchObject({ state: "failed" });
  expect(parse("delivery", "id=A2&status=Buffered")).toMatchObject({ state: "pending" });
  expect(parse("delivery", "id=A2&status=Whatever")).toBeNull();
  expect(parse("optout", "senderId=GUNDO&phoneNumber=%2B22370000001")).toMatchObject({ kind: "optOut" });
});

test("no body of any kind makes a parser throw", () => {
  const kinds = fc.constantFrom<CallbackKind>("sms", "ussd", "events", "delivery", "optout");
  fc.assert(
    fc.property(kinds, fc.string({ unit: "binary", maxLength: 300 }), (kind, body) => {
      parse(kind, body);
    }),
    { numRuns: 2000 },
  );
});

test("numbers: E.164 or nothing", () => {
  expect(parseE164("+22370000001")).toBe("+22370000001");
  expect(parseE164(" 22370000001")).toBe("+22370000001");
  expect(parseE164("22370000001")).toBe("+22370000001");
  for (const text of ["", "+0223700000", "+223 70 00", "ORANGE", "36033", "+1234567890123456", "+22370000001\n"])
    expect(parseE164(text)).toBeNull();
});
