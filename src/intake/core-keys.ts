import type { Clock } from "../base/clock.ts";
import type { Emit } from "../base/events.ts";
import { Fault, type FaultCode } from "../base/fault.ts";
import type { HeldRoster } from "../roster/held.ts";
import { holdRelay, type HeldRelay, type RelayKeys } from "../roster/relay-note.ts";
import type { Anchors } from "../roster/roster.ts";
import { verifySigned } from "../roster/verify.ts";
import { askCore, type Ask, type CoreAddress } from "./core-address.ts";

/** What an edge serves of the core's public keys: nothing that it did not verify itself, against its own anchors. */
export interface CoreKeys {
  anchors(): Uint8Array;
  /** The roster note in force here; throws as `HeldRoster.note`. */
  note(): Uint8Array;
  /** A former note, or null. Rejects with `core.unavailable`. */
  former(serial: number): Promise<Uint8Array | null>;
  /** The relay's note in force here, or null; throws as `HeldRoster.current`. */
  relay(): Uint8Array | null;
  /** The day keys in it. */
  relayKeys(): RelayKeys | null;
  /** Asks the core for its roster and relay note unless that was done lately. Never rejects: a failure is an event, the former roster stays. */
  refresh(): Promise<void>;
}

export interface CoreKeysParts {
  readonly anchorsJson: Uint8Array;
  readonly anchors: Anchors;
  readonly roster: HeldRoster;
  readonly core: CoreAddress;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly ask?: Ask;
}

/** A new roster reaches everybody within this. */
export const refreshEveryMs = 60_000;
/** After a failure the core is asked again sooner, but not by every visitor. */
const tryAgainMs = 1_000;
// Rosters change a few times a year; more than these nobody asks for in one process's life.
const mostFormer = 64;

export function openCoreKeys(parts: CoreKeysParts): CoreKeys {
  const { roster } = parts;
  const relay = holdRelay(() => roster.current());
  const refresh = refreshing(parts, relay);
  const former = formerNotes(parts);
  return {
    anchors: () => parts.anchorsJson,
    note: () => roster.note(),
    former,
    refresh,
    relay: () => relay.note(),
    relayKeys: () => relay.keys(),
  };
}

function refreshing(
  { roster, core, clock, emit, ask = askCore }: CoreKeysParts,
  relay: HeldRelay,
): () => Promise<void> {
  let dueMs = Number.NEGATIVE_INFINITY;
  let failing: FaultCode | null = null;
  let underWay: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    try {
      const code = (await askForRoster(core, roster, ask)) ?? (await askForRelay(core, relay, ask));
      dueMs = clock.nowMs() + (code === null ? refreshEveryMs : tryAgainMs);
      if (code !== null && code !== failing) emit({ event: "failed", part: "roster", code });
      if (code === null && failing !== null) emit({ event: "recovered", part: "roster" });
      failing = code;
    } finally {
      underWay = null;
    }
  };
  return () => {
    // A clock set back must not keep an edge at an old roster.
    const due = clock.nowMs() >= dueMs || dueMs - clock.nowMs() > refreshEveryMs;
    return underWay ?? (due ? (underWay = look()) : Promise.resolve());
  };
}

async function askForRoster(core: CoreAddress, roster: HeldRoster, ask: Ask): Promise<FaultCode | null> {
  try {
    const { status, body } = await ask(core, "/keys/roster.note", null);
    if (status !== 200) return "core.unavailable";
    roster.offer(body, await notesBetween(core, roster.between(body), ask));
    return null;
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

/** A core whose relay has signed nothing yet answers 404, and no report needs a capsule to be sealed. */
async function askForRelay(core: CoreAddress, relay: HeldRelay, ask: Ask): Promise<FaultCode | null> {
  try {
    const { status, body } = await ask(core, "/keys/relay.note", null);
    if (status === 404) return null;
    if (status !== 200) return "core.unavailable";
    relay.offer(body);
    return null;
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
}

/** What the core still has of these; `offer` refuses a chain with a link missing. */
async function notesBetween(core: CoreAddress, serials: readonly number[], ask: Ask): Promise<Map<number, Uint8Array>> {
  const notes = new Map<number, Uint8Array>();
  for (const serial of serials) {
    const { status, body } = await ask(core, `/keys/roster/${serial}.note`, null);
    if (status === 200) notes.set(serial, body);
  }
  return notes;
}

/** Serials under the present one, asked for once each. */
function formerNotes(parts: CoreKeysParts): (serial: number) => Promise<Uint8Array | null> {
  const { anchors, roster, core, ask = askCore } = parts;
  const known = new Map<number, Uint8Array>();
  return async (serial) => {
    const current = roster.current();
    if (serial === current.serial) return roster.note();
    if (serial > current.serial || serial < anchors.serial) return null;
    const kept = known.get(serial);
    if (kept !== undefined) return kept;
    const { status, body } = await ask(core, `/keys/roster/${serial}.note`, null);
    if (status !== 200) return null;
    if (verifySigned(anchors, body).serial !== serial) return null;
    if (known.size < mostFormer) known.set(serial, body);
    return body;
  };
}
