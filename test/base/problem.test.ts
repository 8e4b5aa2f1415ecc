import { expect, test } from "vitest";
import { utf8 } from "../../src/base/bytes.ts";
import { codeIn, refusalCodes } from "../../src/base/problem.ts";

const said = (value: unknown): string | null => codeIn(utf8(JSON.stringify(value)), refusalCodes);

test("a problem's code is read when it is one that the caller knows", () => {
  const problem = { type: "urn:gundo:problem:case.conflict", status: 409, code: "case.conflict" };
  expect(said(problem)).toBe("case.conflict");
  expect(codeIn(utf8(JSON.stringify(problem)), ["limit.reached"])).toBeNull();
});

test("a server can put no other code in a reviewer's mouth, and nonsense is none", () => {
  for (const code of ["envelope.unopenable", "bug", "case.conflict ", "", 7, null, ["case.conflict"]])
    expect(said({ code })).toBeNull();
  for (const value of [null, [], "case.conflict", 3, {}]) expect(said(value)).toBeNull();
  expect(codeIn(new Uint8Array(0), refusalCodes)).toBeNull();
  expect(codeIn(new Uint8Array([0x7b, 0xff]), refusalCodes)).toBeNull();
});
