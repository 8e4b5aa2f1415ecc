import { systemChance as chance } from "../src/base/chance.ts";
import { systemClock as clock } from "../src/base/clock.ts";
import type { Emit } from "../src/base/events.ts";
import type { Config, Secrets } from "../src/config/config.ts";
import { connectionOf, type Connection } from "../src/store/connection.ts";
import { startEmbedded } from "../src/store/embedded/start.ts";

/** The operator's own PostgreSQL, or one that is started here and let go by `held`. Rejects as `startEmbedded`. */
export async function databaseOf(
  config: Config,
  secrets: Secrets,
  emit: Emit,
  held: AsyncDisposableStack,
): Promise<Connection> {
  if (secrets.databaseUrl !== null) return connectionOf(secrets.databaseUrl);
  const embedded = held.use(
    await startEmbedded({
      home: config.home,
      chance,
      clock,
      onEvent: (event) =>
        emit(
          event === "stopped"
            ? { event: "failed", part: "store", code: "store.unavailable" }
            : { event: "recovered", part: "store" },
        ),
    }),
  );
  return embedded.connection;
}
