import { parseDeskId, type DeskId } from "../../base/brand.ts";
import { dayOf, fromIsoDay, systemClock, type UnixDay } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import type { Desk } from "../../roster/roster.ts";

/** Throws `cli.usage`, as all of these do. */
export function deskId(text: string): DeskId {
  const id = parseDeskId(text);
  if (id === null) throw new Fault("cli.usage");
  return id;
}

/** `ID=NAME` or `ID=NAME=P-CODE,P-CODE`. */
export function deskSpec(text: string): Pick<Desk, "id" | "name" | "places"> {
  const [id = "", name = "", places = "", ...more] = text.split("=");
  if (name === "" || more.length > 0) throw new Fault("cli.usage");
  return { id: deskId(id), name, places: places === "" ? [] : places.split(",") };
}

export function threshold(text: string): number {
  if (!/^[1-9]\d?$/.test(text)) throw new Fault("cli.usage");
  return Number(text);
}

export function today(): UnixDay {
  return dayOf(systemClock.nowMs());
}

/** The day named, or null when none was. */
export function dayNamed(text: string | undefined): UnixDay | null {
  if (text === undefined) return null;
  const day = fromIsoDay(text);
  if (day === null) throw new Fault("cli.usage");
  return day;
}
