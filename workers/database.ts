import { systemChance as chance } from "../src/base/chance.ts";
import { systemClock as clock } from "../src/base/clock.ts";
import type { Emit } from "../src/base/events.ts";
import { codeOf } from "../src/base/fault.ts";
import type { Config, Secrets } from "../src/config/config.ts";
import { connectionOf, type Connection } from "../src/store/connection.ts";
import { startEmbedded } from "../src/store/embedded/start.ts";
import type { Store } from "../src/store/open.ts";
import { tidy } from "../src/store/tidy.ts";

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

/** The order of the last arrivals does not stay in the log while Gundo is off. */
export async function tidyLast(store: Store, emit: Emit): Promise<void> {
  try {
    await tidy(store.db);
  } catch (error) {
    emit({ event: "failed", part: "store", code: codeOf(error) });
  }
}
