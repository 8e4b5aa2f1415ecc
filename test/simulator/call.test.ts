import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import type { UnixMs } from "../../src/base/clock.ts";
import { dialled, mostAnswerUnits, readReply, withAnswer, type Call } from "../../src/simulator/call.ts";

const call: Call = {
  sessionId: "ATUid_1",
  number: "+22370000001" as E164,
  text: "",
  startedMs: 0 as UnixMs,
  hops: 1,
  lastResponse: "",
};

test("the code is dialled with or without digits behind it; other codes are not ours", () => {
  expect(dialled("*384*1234#")).toBe("");
  expect(dialled("*384* 1234#")).toBe("");
  expect(dialled("*384*1234*1*1#")).toBe("1*1");
  for (const other of ["", "*384*1234", "*384*12345#", "*100#", "36033", "**384*1234#"])
    expect(dialled(other)).toBeNull();
});

test("answers accumulate joined by stars, a star within one kept, each cut where the operator cuts", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, maxLength: 2 * mostAnswerUnits }), { minLength: 1 }), (answers) => {
      const after = answers.reduce(withAnswer, call);
      expect(after.text).toBe(answers.map((answer) => answer.slice(0, mostAnswerUnits)).join("*"));
      expect(after.hops).toBe(1 + answers.length);
    }),
  );
});

test("CON asks, END ends, and anything else is no screen", () => {
  expect(readReply(200, "CON Qui?\n1 Personne")).toEqual({
    kind: "asks",
    response: "CON Qui?\n1 Personne",
    screen: "Qui?\n1 Personne",
  });
  expect(readReply(200, "END Merci.")).toEqual({ kind: "ends", response: "END Merci.", screen: "Merci." });
  const none: readonly [number, string][] = [
    [0, ""],
    [200, ""],
    [200, "con x"],
    [200, " CON x"],
    [200, "CONx"],
    [503, "END x"],
    [404, "CON x"],
  ];
  for (const [status, body] of none) expect(readReply(status, body)).toEqual({ kind: "failed" });
});
