import type { Clock } from "../src/base/clock.ts";
import type { Emit } from "../src/base/events.ts";
import { codeOf, type FaultCode } from "../src/base/fault.ts";
import type { Mode } from "../src/config/config.ts";
import type { SigningKey } from "../src/envelope/sign.ts";
import type { Roster } from "../src/roster/roster.ts";
import type { Store } from "../src/store/open.ts";
import { checkpointTicks } from "../src/triage/checkpoint.ts";
import { rosterWatch } from "../src/triage/roster-watch.ts";

const tickMs = 1_000;

interface Audited {
  readonly store: Store;
  readonly roster: () => Roster;
  /** The core's checkpoint key. */
  readonly key: SigningKey;
  readonly mode: Mode;
  readonly clock: Clock;
  readonly emit: Emit;
}

/**
 * What every core does each second: applies a roster that changed, and signs the audit's checkpoint when it is due. In
 * the cores and not in a queue: they hold the roster and the key, and doing it twice changes nothing.
 */
export function startAudit({ store, roster, key, mode, clock, emit }: Audited): AsyncDisposable {
  const applyRoster = rosterWatch({ store, roster, clock });
  const sign = checkpointTicks({ store, roster, key, clock, rule: mode === "demo" ? "atOnce" : "hourly" });
  let failing: FaultCode | null = null;
  // Each task by itself: a key that the roster does not name must not keep sessions open.
  const all = async (): Promise<void> => {
    const outcomes = await Promise.allSettled([applyRoster(), sign()]);
    const refused = outcomes.find((outcome) => outcome.status === "rejected");
    const code = refused === undefined ? null : codeOf(refused.reason);
    if (code !== null && code !== failing) emit({ event: "failed", part: "audit", code });
    if (code === null && failing !== null) emit({ event: "recovered", part: "audit" });
    failing = code;
  };
  let running: Promise<void> | null = null;
  const tick = (): void => void (running ??= all().finally(() => (running = null)));
  const timer = setInterval(tick, tickMs);
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
