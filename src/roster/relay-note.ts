import { fromIsoDay, fromIsoInstant, isoDay, isoInstant, type UnixDay, type UnixMs } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { verifyNote } from "../envelope/note.ts";
import { parseRecipient, type Recipient } from "../envelope/recipient.ts";
import type { RosterBody } from "./roster.ts";

const relayKind = "gundo/relay/v1";
/** A relay that names more days ahead has a broken clock. */
const mostDays = 8;

/** The relay's recipient of one day. */
export interface RelayDay {
  readonly day: UnixDay;
  readonly recipient: Recipient;
}

/** The text of the relay's note: kind, instance, issued, then a line a day, oldest first (envelope.md, Signed notes). */
export interface RelayNoteBody {
  readonly instance: string;
  readonly issuedMs: UnixMs;
  readonly days: readonly RelayDay[];
}

/** Day keys that the relay signed: to seal a capsule to, or an order. Only `verifyRelayNote` makes one. */
export interface RelayKeys {
  readonly issuedMs: UnixMs;
  /** Null on a day the note does not name: then nothing is sealed to the relay. */
  recipientFor(day: UnixDay): Recipient | null;
}

export function relayNoteText({ instance, issuedMs, days }: RelayNoteBody): string {
  const lines = days.map(({ day, recipient }) => `${isoDay(day)} ${recipient}`);
  return `${[relayKind, instance, isoInstant(issuedMs), ...lines].join("\n")}\n`;
}

/**
 * The day keys in a relay's note: the signature of the roster's relay over the exact bytes, then form, then instance. How
 * fresh it is, its days say: an old note names none that is wanted today.
 *
 * Throws `note.malformed`, `note.signature`, `relay.signer`, `relay.malformed`, `relay.instance`.
 */
export function verifyRelayNote(roster: Pick<RosterBody, "instance" | "relay">, note: Uint8Array): RelayKeys {
  const { text, signers } = verifyNote(note, [roster.relay]);
  if (signers.length === 0) throw new Fault("relay.signer");
  const body = parseRelayNote(text);
  if (body === null) throw new Fault("relay.malformed");
  if (body.instance !== roster.instance) throw new Fault("relay.instance");
  const byDay = new Map(body.days.map(({ day, recipient }) => [day, recipient]));
  return { issuedMs: body.issuedMs, recipientFor: (day) => byDay.get(day) ?? null };
}

function parseRelayNote(text: string): RelayNoteBody | null {
  const [kind, instance = "", issued = "", ...rest] = text.split("\n");
  const issuedMs = fromIsoInstant(issued);
  const days = rest.slice(0, -1).map(relayDayOf);
  if (kind !== relayKind || issuedMs === null || rest.at(-1) !== "" || days.length > mostDays) return null;
  const known = days.filter((one) => one !== null);
  const body = { instance, issuedMs, days: known };
  // One spelling: no empty line, no day twice or out of order.
  const ordered = known.every(({ day }, index) => index === 0 || day > known[index - 1]!.day);
  return ordered && known.length === days.length && relayNoteText(body) === text ? body : null;
}

function relayDayOf(line: string): RelayDay | null {
  const day = fromIsoDay(line.slice(0, 10));
  const recipient = line[10] === " " ? parseRecipient(line.slice(11)) : null;
  return day === null || recipient === null ? null : { day, recipient };
}

/** What a party that is handed notes holds of the relay: the newest note that its roster vouches for. */
export interface HeldRelay {
  /** The exact note in force, or null. */
  note(): Uint8Array | null;
  /** Today's and coming days' recipients, or null; of the roster in force now, not of the day it came. */
  keys(): RelayKeys | null;
  /** Puts a note in force, unless an equally new or newer one is. Throws as `verifyRelayNote`. */
  readonly offer: (note: Uint8Array) => void;
}

type RelayRoster = Pick<RosterBody, "instance" | "relay">;

interface Held {
  readonly note: Uint8Array;
  readonly roster: RelayRoster;
  readonly keys: RelayKeys;
}

/** Holds nothing at first. `roster` may throw as `HeldRoster.current` does; then so do `keys` and `offer`. */
export function holdRelay(roster: () => RelayRoster): HeldRelay {
  let held: Held | null = null;
  const current = (): Held | null => {
    if (held === null || held.roster === roster()) return held;
    const { note } = held;
    held = vouchedFor(roster(), note);
    return held;
  };
  return {
    note: () => current()?.note ?? null,
    keys: () => current()?.keys ?? null,
    offer: (note) => {
      const keys = verifyRelayNote(roster(), note);
      if ((current()?.keys.issuedMs ?? -1) < keys.issuedMs) held = { note, roster: roster(), keys };
    },
  };
}

/** A roster that names another relay ends the former one's note. */
function vouchedFor(roster: RelayRoster, note: Uint8Array): Held | null {
  try {
    return { note, roster, keys: verifyRelayNote(roster, note) };
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}
