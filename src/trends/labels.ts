import { base64url, concat, equal, fromUtf8, readU32be, u32be, utf8 } from "../base/bytes.ts";
import { shuffled, type Chance } from "../base/chance.ts";
import { Fault } from "../base/fault.ts";
import { parseJson, strictBytes, strictInteger, strictList, strictRecord, strictText } from "../base/strict.ts";
import { sha256 } from "../envelope/hash.ts";
import { verify } from "../envelope/sign.ts";
import { parsePeriod, type Period } from "./period.ts";
import { decodeRow, dummyRow, encodeRow, rowBytes, type LabelItem } from "./row.ts";

/** Whose labels, of which quarter, by which versions of categories and places. */
export interface LabelsAuthor {
  readonly instance: string;
  readonly period: Period;
  /** The reviewer's id in the roster. */
  readonly author: string;
  readonly taxonomy: string;
  readonly geography: string;
}

/** What stands before the rows of one body. */
export interface LabelsHead extends LabelsAuthor {
  /** 1 to `parts`. */
  readonly part: number;
  readonly parts: number;
  /** SHA-256 of the rows of every part in order: a part that was dropped is missed. */
  readonly rows: readonly Uint8Array[];
}

/** A body taken apart; that its author signed it is for `isSignedLabels`. */
export interface UnverifiedLabels {
  readonly head: LabelsHead;
  readonly items: readonly LabelItem[];
}

// A frame of class 131 072 without its head (envelope.md, Frame): every body fills it, so that its size tells no count.
const bodyBytes = 131_072 - 10;
const signatureBytes = 64;
const lengthBytes = 4;
const mostParts = 64;
const hashBytes = 32;

/**
 * The bodies of one reviewer's labels of a quarter, each still to be followed by its author's signature over
 * `labelsMessage`: real and dummy rows in random order, as many as the class holds. More than one only when one is too small.
 * @throws Fault `labels.tooMany` past 64 parts, some 200 000 labels.
 */
export function encodeLabels(
  items: readonly LabelItem[],
  author: LabelsAuthor,
  chance: Chance,
): readonly Uint8Array<ArrayBuffer>[] {
  const capacities = capacitiesFor(items.length, author);
  const rows = items.map(encodeRow);
  const room = capacities.reduce((sum, capacity) => sum + capacity, 0);
  while (rows.length < room) rows.push(dummyRow(chance.bytes(rowBytes - 1)));
  const order = shuffled(chance, rows);
  let at = 0;
  const contents = capacities.map((capacity) => concat(...order.slice(at, (at += capacity))));
  const hashes = contents.map(sha256);
  return contents.map((content, index) => {
    const json = jsonOf({ ...author, part: index + 1, parts: contents.length, rows: hashes });
    return concat(u32be(json.length), json, content);
  });
}

/** What an author signs: the kind of the signature, then the unsigned body. */
export function labelsMessage(unsigned: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat(utf8("gundo/labels/v1\n"), unsigned);
}

/**
 * Head and items of a signed body, dummies left out. Its one spelling is read: rows fill the class, and are those that the
 * head names. Codes are not looked up here.
 * @throws Fault `labels.malformed`.
 */
export function decodeLabels(body: Uint8Array): UnverifiedLabels {
  const start = body.length < lengthBytes ? 0 : lengthBytes + readU32be(body, 0);
  const json = fromUtf8(body.subarray(lengthBytes, start)) ?? "";
  const head = readHead(parseJson(json));
  const content = body.subarray(start, -signatureBytes);
  if (head === null || fromUtf8(jsonOf(head)) !== json) throw new Fault("labels.malformed");
  const fits =
    content.length === rowBytes * rowsBeside(start) && body.length === start + content.length + signatureBytes;
  if (!fits || !equal(sha256(content), head.rows[head.part - 1]!)) throw new Fault("labels.malformed");
  return { head, items: itemsIn(content) };
}

/** Whether the holder of this key signed the body. */
export function isSignedLabels(body: Uint8Array, publicKey: Uint8Array): boolean {
  const message = labelsMessage(body.subarray(0, -signatureBytes));
  return verify(publicKey, message, body.subarray(-signatureBytes));
}

/** What is wrong with what one author posted: parts of a signed list that are not there, or lists that differ. */
export interface LabelsGap {
  readonly author: string;
  readonly gap: "part" | "list";
}

/**
 * Gaps among the heads of one quarter's bodies. A body that came twice is none: the same rows count once.
 */
export function checkParts(heads: readonly LabelsHead[]): readonly LabelsGap[] {
  const byAuthor = Map.groupBy(heads, ({ author }) => author);
  return [...byAuthor].flatMap(([author, own]): readonly LabelsGap[] => {
    const lists = new Set(own.map(({ rows }) => rows.map(base64url).join()));
    if (lists.size > 1) return [{ author, gap: "list" }];
    const present = new Set(own.map(({ part }) => part));
    return present.size < own[0]!.parts ? [{ author, gap: "part" }] : [];
  });
}

// Rows that each part holds, of as few parts as hold them all.
function capacitiesFor(count: number, author: LabelsAuthor): readonly number[] {
  for (let parts = 1; parts <= mostParts; parts++) {
    const rows = Array.from({ length: parts }, () => new Uint8Array(hashBytes));
    const capacities = rows.map((_, index) => {
      return rowsBeside(lengthBytes + jsonOf({ ...author, part: index + 1, parts, rows }).length);
    });
    if (capacities.reduce((sum, capacity) => sum + capacity, 0) >= count) return capacities;
  }
  throw new Fault("labels.tooMany");
}

function rowsBeside(headBytes: number): number {
  return Math.floor((bodyBytes - signatureBytes - headBytes) / rowBytes);
}

function itemsIn(content: Uint8Array): readonly LabelItem[] {
  const items: LabelItem[] = [];
  for (let at = 0; at < content.length; at += rowBytes) {
    const row = decodeRow(content.subarray(at, at + rowBytes));
    if (row === null) throw new Fault("labels.malformed");
    if (row !== "dummy") items.push(row);
  }
  return items;
}

function jsonOf({ instance, period, author, taxonomy, geography, part, parts, rows }: LabelsHead): Uint8Array {
  const hashes = rows.map(base64url);
  return utf8(JSON.stringify({ v: 1, instance, period, author, taxonomy, geography, part, parts, rows: hashes }));
}

const namePattern = /^[a-z][a-z0-9-]{0,62}$/;
const versionPattern = /^[\x20-\x7e]{1,64}$/;

function readHead(value: unknown): LabelsHead | null {
  const names = ["v", "instance", "period", "author", "taxonomy", "geography", "part", "parts", "rows"];
  const fields = strictRecord(value, names);
  const rows = strictList(fields?.["rows"], (hash) => strictBytes(hash, hashBytes));
  const parts = strictInteger(fields?.["parts"], 1, mostParts);
  const part = strictInteger(fields?.["part"], 1, parts ?? 0);
  const period = parsePeriod(fields?.["period"]);
  const instance = strictText(fields?.["instance"], namePattern);
  const author = strictText(fields?.["author"], namePattern);
  const taxonomy = strictText(fields?.["taxonomy"], versionPattern);
  const geography = strictText(fields?.["geography"], versionPattern);
  if (fields?.["v"] !== 1 || rows === null || part === null || parts === null || rows.length !== parts) return null;
  if (instance === null || period === null || author === null || taxonomy === null || geography === null) return null;
  return { instance, period, author, taxonomy, geography, part, parts, rows };
}
