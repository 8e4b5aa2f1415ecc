import type { Sealed } from "../base/brand.ts";
import { base64url } from "../base/bytes.ts";
import { codeOf, Fault } from "../base/fault.ts";
import { codeIn, releaseCodes } from "../base/problem.ts";
import { strictBytes, strictList, strictRecord, strictText } from "../base/strict.ts";
import { parsePeriod, type Period } from "../trends/period.ts";

/** A way to the core, signed in: of terminal and browser alike. Rejects with the server's own code, but for a 409. */
export interface Way {
  request(path: string, init?: RequestInit): Promise<Response>;
}

/** The name of a note that the core keeps. */
export interface NoteName {
  readonly period: Period;
  readonly name: string;
}

/** What lies between the two officers, or is kept for oneself: the seed of each attempt. */
const parcelKinds = ["plan", "seed", "seed-2", "reveal", "draw"] as const;
export type ParcelKind = (typeof parcelKinds)[number];

/** Under which name the seed of an attempt lies on the core. */
export function seedKind(attempt: number): "seed" | "seed-2" {
  return attempt === 1 ? "seed" : "seed-2";
}

/** A parcel that lies there, and for whom. */
export interface ParcelPlace {
  readonly period: Period;
  readonly kind: ParcelKind;
  readonly officer: string;
}

/** Names of the notes that anybody may read now. */
export async function noteNames(way: Way): Promise<readonly NoteName[]> {
  const response = await way.request("/api/releases");
  return listIn(strictRecord(await response.json(), ["notes"])?.["notes"], readName);
}

/** What officers are told besides: of releases that wait for their instant too, and which parcels lie there. */
export interface HeldNames {
  readonly notes: readonly NoteName[];
  readonly parcels: readonly ParcelPlace[];
}

export async function heldNames(way: Way): Promise<HeldNames> {
  const told = strictRecord(await (await way.request("/api/releases/held")).json(), ["notes", "parcels"]);
  return { notes: listIn(told?.["notes"], readName), parcels: listIn(told?.["parcels"], readPlace) };
}

function listIn<T>(value: unknown, read: (one: unknown) => T | null): readonly T[] {
  const list = strictList(value, read);
  if (list === null) throw new Fault("request.malformed");
  return list;
}

/** The note, or null while there is none to be read. */
export function noteOf(way: Way, period: Period, name: string): Promise<Uint8Array | null> {
  return bytesAt(way, `/api/releases/note?${queryOf({ period, name })}`);
}

/** Rejects with whatever refuses it: `release.claimed`, `release.held`, `release.order`, `release.calendar`, … */
export function postNote(way: Way, note: Uint8Array): Promise<void> {
  return post(way, "/api/releases/note", note, "text/plain; charset=utf-8");
}

/** SHA-256 of each file of a period's labels, sorted. */
export async function labelNames(way: Way, period: Period): Promise<readonly Uint8Array[]> {
  const response = await way.request(`/api/releases/labels?${queryOf({ period })}`);
  const ids = strictList(strictRecord(await response.json(), ["labels"])?.["labels"], (one) => strictBytes(one, 32));
  if (ids === null) throw new Fault("request.malformed");
  return ids;
}

/** One file of labels, or null. */
export async function sealedLabels(way: Way, period: Period, id: Uint8Array): Promise<Sealed | null> {
  return sealedAt(way, `/api/releases/labels/sealed?${queryOf({ period, id: base64url(id) })}`);
}

export function postLabels(way: Way, period: Period, sealed: Sealed): Promise<void> {
  return post(way, `/api/releases/labels?${queryOf({ period })}`, sealed, "application/age");
}

/** One's own parcel, or null. */
export function parcelOf(way: Way, period: Period, kind: ParcelKind): Promise<Sealed | null> {
  return sealedAt(way, `/api/releases/parcel?${queryOf({ period, kind })}`);
}

export function postParcel(way: Way, { period, kind, officer }: ParcelPlace, sealed: Sealed): Promise<void> {
  return post(way, `/api/releases/parcel?${queryOf({ period, kind, officer })}`, sealed, "application/age");
}

/** The quarter's key as it is sealed to whoever asks, or null. */
export function ownQuarterKey(way: Way, period: Period): Promise<Sealed | null> {
  return sealedAt(way, `/api/releases/quarter-key?${queryOf({ period })}`);
}

/** Which key a quarter has, by SHA-256, and who has it. */
export interface KeyHolders {
  readonly keyHash: Uint8Array | null;
  readonly reviewers: readonly string[];
}

export async function keyHolders(way: Way, period: Period): Promise<KeyHolders> {
  const response = await way.request(`/api/releases/quarter-key/holders?${queryOf({ period })}`);
  const told = strictRecord(await response.json(), ["keyHash", "reviewers"]);
  const reviewers = strictList(told?.["reviewers"], (one) => strictText(one, /^/));
  const keyHash = strictBytes(told?.["keyHash"], 32);
  if (reviewers === null) throw new Fault("request.malformed");
  return { keyHash, reviewers };
}

export function postQuarterKey(
  way: Way,
  { period, reviewer, keyHash }: { readonly period: Period; readonly reviewer: string; readonly keyHash: Uint8Array },
  sealed: Sealed,
): Promise<void> {
  const path = `/api/releases/quarter-key?${queryOf({ period, reviewer })}`;
  return post(way, path, sealed, "application/age", { "gundo-key-hash": base64url(keyHash) });
}

async function post(
  way: Way,
  path: string,
  bytes: Uint8Array,
  type: string,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const headers = { ...more, "content-type": type };
  const response = await way.request(path, { method: "POST", headers, body: new Uint8Array(bytes) });
  if (response.ok) return;
  throw new Fault(codeIn(new Uint8Array(await response.arrayBuffer()), releaseCodes) ?? "request.malformed");
}

async function sealedAt(way: Way, path: string): Promise<Sealed | null> {
  return (await bytesAt(way, path)) as Sealed | null;
}

async function bytesAt(way: Way, path: string): Promise<Uint8Array | null> {
  try {
    return new Uint8Array(await (await way.request(path)).arrayBuffer());
  } catch (error) {
    if (codeOf(error) === "release.absent") return null;
    throw error;
  }
}

function queryOf(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}

function readName(value: unknown): NoteName | null {
  const fields = strictRecord(value, ["period", "name"]);
  const period = parsePeriod(fields?.["period"]);
  const name = strictText(fields?.["name"], /^[a-z][a-z0-9.-]{0,63}$/);
  return period === null || name === null ? null : { period, name };
}

function readPlace(value: unknown): ParcelPlace | null {
  const fields = strictRecord(value, ["period", "kind", "officer"]);
  const period = parsePeriod(fields?.["period"]);
  const kind = parcelKinds.find((one) => one === fields?.["kind"]);
  const officer = strictText(fields?.["officer"], /^[a-z][a-z0-9-]{0,31}$/);
  return period === null || kind === undefined || officer === null ? null : { period, kind, officer };
}
