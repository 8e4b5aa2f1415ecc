import pg from "pg";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { Fault } from "../../src/base/fault.ts";
import { scrubbed, scrubbedConnect, sqlStateOf } from "../../src/store/scrub.ts";

const planted = "+22370000001";

function refusal(sqlState: string): pg.DatabaseError {
  const error = new pg.DatabaseError(planted, planted.length, "error");
  return Object.assign(error, { code: sqlState, detail: planted, where: planted, hint: planted });
}

// PostgreSQL 18, Appendix A.
test.each([
  ["08006", "store.unavailable"],
  ["25006", "store.unavailable"],
  ["28P01", "store.unavailable"],
  ["3D000", "store.unavailable"],
  ["40001", "store.unavailable"],
  ["40P01", "store.unavailable"],
  ["53100", "store.unavailable"],
  ["53300", "store.unavailable"],
  ["55P03", "store.unavailable"],
  ["57014", "store.unavailable"],
  ["57P01", "store.unavailable"],
  ["57P02", "store.unavailable"],
  ["57P03", "store.unavailable"],
  ["58030", "store.unavailable"],
  ["23505", "bug"],
  ["22P02", "bug"],
  ["25001", "bug"],
  ["42501", "bug"],
  ["XX001", "bug"],
])("SQLSTATE %s is %s, and nothing else of it is left", (sqlState, code) => {
  const fault = scrubbed(refusal(sqlState));
  expect([fault.code, sqlStateOf(fault)]).toEqual([code, sqlState]);
  expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain(planted);
});

test.each([
  [Object.assign(new Error(planted), { syscall: "connect", code: "ECONNREFUSED" }), "store.unavailable"],
  [Object.assign(new Error(planted), { syscall: "write", code: "EPIPE" }), "store.unavailable"],
  [new Error("Connection terminated unexpectedly"), "store.unavailable"],
  [new Error("Client has encountered a connection error and is not queryable"), "store.unavailable"],
  [new TypeError(planted), "bug"],
  [planted, "bug"],
])("without an SQLSTATE: %#", (thrown, code) => {
  const fault = scrubbed(thrown);
  expect([fault.code, fault.cause]).toEqual([code, undefined]);
  expect(inspect(fault, { depth: 9, showHidden: true })).not.toContain(planted);
});

test("a server that cannot be reached is away, whatever the reason", () => {
  expect(scrubbedConnect(new AggregateError([new Error(planted)])).code).toBe("store.unavailable");
  expect(sqlStateOf(scrubbedConnect(refusal("28P01")))).toBe("28P01");
});

test("our own faults pass", () => {
  const fault = new Fault("bug");
  expect(scrubbed(fault)).toBe(fault);
  expect(sqlStateOf(new Error("23505"))).toBeNull();
});
