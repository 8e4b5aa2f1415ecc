import type { Clock, UnixDay } from "../base/clock.ts";
import { dayOf } from "../base/clock.ts";
import { equal } from "../base/bytes.ts";
import { codeOf, Fault } from "../base/fault.ts";
import { signNote, verifierOf, type SigningKey } from "../envelope/note-sign.ts";
import { relayNoteText, verifyRelayNote, type RelayDay, type RelayKeys } from "../roster/relay-note.ts";
import type { Roster } from "../roster/roster.ts";
import type { DayKeys } from "./day-keys.ts";

/** Where the note lies between the relay and whoever serves it: public, one for the instance. */
interface NoteShelf {
  read(): Promise<Uint8Array | null>;
  write(note: Uint8Array): Promise<void>;
}

export interface Publisher {
  readonly dayKeys: DayKeys;
  readonly shelf: NoteShelf;
  readonly signing: SigningKey;
  readonly roster: () => Roster;
  readonly clock: Clock;
}

/** The note is signed anew this often, by which another relay sees that this one lives. */
const renewMs = 600_000;
/** A relay that was silent for this long is gone, and another may take its place. */
const silentMs = 1_800_000;

/**
 * Turns the day keys and puts the note that names them on the shelf, unless the one there is as good. Resolves with it.
 *
 * Rejects with `relay.key` when the roster names another key than this relay's, `relay.another` while another relay's
 * note is fresh, `relay.clock`, `store.unavailable`, `roster.expired`.
 */
export async function publishDayKeys({ dayKeys, shelf, signing, roster, clock }: Publisher): Promise<Uint8Array> {
  const nowMs = clock.nowMs();
  const { instance, relay } = roster();
  const days = dayKeys.turn(dayOf(nowMs));
  if (!equal(verifierOf(signing), relay.publicKey)) throw new Fault("relay.key");
  const shelved = await shelf.read();
  const keys = shelved === null ? null : keysIn(roster(), shelved);
  const silentForMs = keys === null ? Number.POSITIVE_INFINITY : Math.abs(nowMs - keys.issuedMs);
  if (shelved !== null && keys !== null && names(keys, days) && silentForMs < renewMs) return shelved;
  if (keys !== null && isAnothers(keys, days) && silentForMs < silentMs) throw new Fault("relay.another");
  const note = signNote(relayNoteText({ instance, issuedMs: nowMs, days }), relay.name, signing);
  await shelf.write(note);
  return note;
}

/** What stands on the shelf, or null when this roster's relay never signed it. */
function keysIn(roster: Roster, note: Uint8Array): RelayKeys | null {
  try {
    return verifyRelayNote(roster, note);
  } catch (error) {
    if (codeOf(error) === "bug") throw error;
    return null;
  }
}

function names(keys: RelayKeys, days: readonly RelayDay[]): boolean {
  return days.every(({ day, recipient }) => keys.recipientFor(day) === recipient);
}

/** Whether the note has another recipient for a day of ours. */
function isAnothers(keys: RelayKeys, days: readonly RelayDay[]): boolean {
  const other = (day: UnixDay, recipient: string): boolean => ![null, recipient].includes(keys.recipientFor(day));
  return days.some(({ day, recipient }) => other(day, recipient));
}
