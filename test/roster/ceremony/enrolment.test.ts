import { describe, expect, test } from "vitest";
import { utf8 } from "../../../src/base/bytes.ts";
import { recipientOf } from "../../../src/envelope/recipient.ts";
import {
  checkFingerprint,
  enrolmentFingerprint,
  enrolmentRequest,
  parseEnrolment,
} from "../../../src/roster/ceremony/enrolment.ts";
import { testPerson } from "../../support/board.ts";

const awa = testPerson("awa");
const eve = testPerson("eve");
const request = enrolmentRequest(awa);
const record = JSON.parse(request) as Record<string, unknown>;
const other = JSON.parse(enrolmentRequest(eve)) as Record<string, unknown>;
const parse = (value: unknown) => parseEnrolment(utf8(JSON.stringify(value)));

describe("an enrolment request", () => {
  test("is the person's two public keys, once its signature covers both", () => {
    expect(parseEnrolment(utf8(request))).toEqual({
      id: "awa",
      recipient: recipientOf(awa.identity),
      verifier: awa.verifier,
    });
  });

  test("with another key, name or proof put in, it is refused", () => {
    expect(() => parse({ ...record, recipient: other["recipient"] })).toThrow("enrolment.proof");
    expect(() => parse({ ...record, proof: other["proof"] })).toThrow("enrolment.proof");
    expect(() => parse({ ...record, verifier: other["verifier"] })).toThrow("enrolment.malformed");
    expect(() => parse({ ...record, id: "eve" })).toThrow("enrolment.malformed");
    expect(() => parse({ ...other, id: "awa", verifier: record["verifier"] })).toThrow("enrolment.proof");
  });

  test.each([
    ["no JSON", "{"],
    ["a field more", JSON.stringify({ ...record, name: "Awa" })],
    ["a field less", JSON.stringify({ ...record, proof: undefined })],
    ["another version", JSON.stringify({ ...record, v: 2 })],
    ["a key that is no text", JSON.stringify({ ...record, recipient: 1 })],
    ["a proof that is no base64url", JSON.stringify({ ...record, proof: "=" })],
  ])("%s is malformed", (_, text) => {
    expect(() => parseEnrolment(utf8(text))).toThrow("enrolment.malformed");
  });

  test("the digits that were read aloud are these keys', however they are spaced, or they are refused", () => {
    const enrolment = parseEnrolment(utf8(request));
    const digits = enrolmentFingerprint(enrolment);
    checkFingerprint(enrolment, digits);
    checkFingerprint(enrolment, digits.replaceAll(" ", ""));
    const wrong = digits.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10));
    expect(() => checkFingerprint(enrolment, wrong)).toThrow("enrolment.fingerprint");
    expect(() => checkFingerprint(enrolment, digits.slice(0, -1))).toThrow("enrolment.fingerprint");
    expect(() => checkFingerprint(enrolment, "")).toThrow("enrolment.fingerprint");
  });
});
