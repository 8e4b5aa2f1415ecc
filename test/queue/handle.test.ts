import { describe, expect, test } from "vitest";
import { Fault } from "../../src/base/fault.ts";
import { processorOf } from "../../src/queue/handle.ts";
import { dedupeKey, parsePayload, payloadOf } from "../../src/queue/jobs.ts";
import { parseFaultCode, verdictOn } from "../../src/queue/retry.ts";

const id = "0123456789abcdef0123456789abcdef";

async function thrownBy(handler: () => Promise<void>, data: unknown = payloadOf("triage", id)): Promise<Error> {
  const thrown: unknown = await processorOf("triage", handler)({ data }).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(Error);
  return thrown as Error;
}

describe("what leaves a handler for BullMQ", () => {
  test.each([
    [new Fault("store.unavailable", { cause: new Error("Fanta") }), "store.unavailable", "Error"],
    [new Fault("report.malformed"), "report.malformed", "UnrecoverableError"],
    [new TypeError("Fanta of +22370000001"), "bug", "Error"],
    ["Fanta of +22370000001", "bug", "Error"],
    [undefined, "bug", "Error"],
  ])("%s: a code without stack, cause or anything else", async (thrown, code, name) => {
    const bare = await thrownBy(() => Promise.reject(thrown));
    expect([bare.message, bare.name, bare.stack, bare.cause]).toEqual([code, name, "", undefined]);
    expect(JSON.stringify(bare)).not.toMatch(/Fanta|2237/);
  });

  test("nothing, when it ends well", async () => {
    expect(await processorOf("triage", () => Promise.resolve())({ data: payloadOf("triage", id) })).toBeUndefined();
  });

  test("the end of a job of another kind, before any handler", async () => {
    const bare = await thrownBy(() => Promise.reject(new Fault("forbidden")), payloadOf("mix", null));
    expect([bare.message, bare.name]).toEqual(["bug", "UnrecoverableError"]);
  });
});

describe("a payload", () => {
  test("is v, kind and id, and nothing else", () => {
    expect(payloadOf("triage", id)).toEqual({ v: 1, kind: "triage", id });
    for (const data of [null, [], {}, { v: 1, kind: "triage", id, text: "" }, { v: 1, kind: "other", id }])
      expect(() => parsePayload(data)).toThrow(new Fault("bug"));
  });

  test("has keys of a narrow form", () => {
    expect(dedupeKey("mix.1-a")).toBe("mix.1-a");
    for (const key of ["", "A", "a b", "+223", "a".repeat(65)]) expect(() => dedupeKey(key)).toThrow(new Fault("bug"));
  });
});

test("what is away is waited for, what is wrong is given up", () => {
  expect(verdictOn("store.unavailable")).toBe("retry");
  expect(verdictOn("bug")).toBe("retry");
  expect(verdictOn("report.malformed")).toBe("giveUp");
  expect(parseFaultCode("store.unavailable")).toBe("store.unavailable");
  for (const text of ["", "toString", "job stalled more than allowable limit"]) expect(parseFaultCode(text)).toBeNull();
});
