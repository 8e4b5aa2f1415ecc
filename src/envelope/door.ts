import type { Door, DoorHash } from "../base/brand.ts";
import type { Chance } from "../base/chance.ts";
import { sha256 } from "./hash.ts";

const doorBytes = 16;

/** A fresh door: it travels inside the frame, and knowing it is the right to see and touch the case. */
export function newDoor(chance: Chance): Door {
  return chance.bytes(doorBytes) as Uint8Array as Door;
}

/** SHA-256 of a door, 32 bytes: what the post carries and the core compares (envelope.md, Envelope). */
export function hashDoor(door: Door): DoorHash {
  return sha256(door) as DoorHash;
}
