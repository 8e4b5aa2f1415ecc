import pg from "pg";
import { Fault } from "../base/fault.ts";

/** All that is kept of an error of PostgreSQL: its five-character code (PostgreSQL, Appendix A). Details hold values. */
class SqlState extends Error {
  override readonly name = "SqlState";
}

/**
 * Classes and codes by which a server says that it is away, full, read-only or turning us away: connection (08), wrong
 * user (28), rolled back for another (40), no such database (3D), resources (53), operator (57), system (58).
 */
const unavailable = /^(?:08|28|40|3D|53|57|58)|^25006$|^55P03$/;

/** What `pg` says, without any code, when a connection is gone. */
const connectionLost = /^(?:Connection terminated|timeout e|Client (?:was closed|has encountered)|Query read timeout)/;

/**
 * Whatever a query threw, as a Fault without data: `store.unavailable` when trying again later may help, else `bug`.
 * The cause is a `SqlState` or nothing.
 */
export function scrubbed(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  const sqlState = thrown instanceof pg.DatabaseError ? (thrown.code ?? "XX000") : null;
  if (sqlState !== null) return withSqlState(unavailable.test(sqlState) ? "store.unavailable" : "bug", sqlState);
  return new Fault(isConnectionError(thrown) ? "store.unavailable" : "bug");
}

/** Whatever connecting threw: the server is away or turns us away, and either may pass. */
export function scrubbedConnect(thrown: unknown): Fault {
  return thrown instanceof pg.DatabaseError
    ? withSqlState("store.unavailable", thrown.code ?? "XX000")
    : new Fault("store.unavailable");
}

function withSqlState(code: "store.unavailable" | "bug", sqlState: string): Fault {
  return new Fault(code, { cause: new SqlState(sqlState) });
}

function isConnectionError(thrown: unknown): boolean {
  // `syscall`: an error of the system's own, here always the socket's.
  return thrown instanceof Error && ("syscall" in thrown || connectionLost.test(thrown.message));
}

/** The SQLSTATE behind a Fault of this room, or null. */
export function sqlStateOf(thrown: unknown): string | null {
  return thrown instanceof Fault && thrown.cause instanceof SqlState ? thrown.cause.message : null;
}
