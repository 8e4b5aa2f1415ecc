import type { ClientConfig } from "pg";
import type { Secret } from "../base/secret.ts";

/**
 * How to reach the database, as `pg` wants it: spread it into a `Client` or `Pool`. The embedded server's password is a
 * function, so that printing the settings does not print it; a URL carries its own and must not be printed.
 */
export type Connection = Readonly<
  Pick<ClientConfig, "host" | "port" | "user" | "password" | "database" | "ssl" | "connectionString">
>;

/** The connection to a server of the operator's own (`DATABASE_URL`). */
export function connectionOf(databaseUrl: Secret<string>): Connection {
  return { connectionString: databaseUrl.reveal() };
}
