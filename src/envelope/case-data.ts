import type { CaseEventHash, DoorHash } from "../base/brand.ts";
import { base64url, concat, fromUtf8, readU32be, u32be, utf8 } from "../base/bytes.ts";
import { parseJson, strictBytes, strictInteger, strictList, strictRecord, strictText } from "../base/strict.ts";
import { knowers, mostTextBytes, outcomes, type CaseAct, type CaseKind, type Label } from "./case-act.ts";

type Fields = Readonly<Record<string, unknown>>;

/** The JSON of an act's data and the bytes behind it, of which the JSON holds the lengths only. */
interface Data {
  readonly json: Fields;
  readonly rest: Uint8Array;
}

const lengthBytes = 4;
const nothing = new Uint8Array(0);
const mostDoors = 64;
const idPattern = /^[a-z][a-z0-9-]{0,31}$/;
const languageTag = /^[a-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/;
const shortText = /^[^\p{Cc}]{1,64}$/u;

/** u32 JSON length, JSON, the bytes that the JSON counts. Empty for a history whose events lie elsewhere. */
export function encodeData(act: CaseAct): Uint8Array {
  if (act.kind === "history" && act.history === null) return nothing;
  const { json, rest } = dataOf(act);
  const text = utf8(JSON.stringify(json));
  return concat(u32be(text.length), text, rest);
}

/** The act of this kind, or null unless the bytes are its one spelling. */
export function decodeData(kind: CaseKind, data: Uint8Array): CaseAct | null {
  if (data.length === 0) return kind === "history" ? { kind, history: null } : null;
  if (data.length < lengthBytes) return null;
  const end = lengthBytes + readU32be(data, 0);
  const text = end > data.length ? null : fromUtf8(data.subarray(lengthBytes, end));
  const value = text === null ? undefined : parseJson(text);
  const act = value === undefined ? null : readers[kind](value, data.subarray(end));
  return act !== null && JSON.stringify(dataOf(act).json) === text ? act : null;
}

function dataOf(act: CaseAct): Data {
  switch (act.kind) {
    case "take":
    case "aside":
    case "acknowledge":
      return { json: {}, rest: nothing };
    case "handOver":
      return { json: { to: act.to }, rest: nothing };
    case "note":
    case "question":
    case "answer":
    case "reopen":
      return withText({}, act.text);
    case "label":
      return { json: labelJson(act.label), rest: nothing };
    case "assess":
      return { json: { knowers: act.exposure.knowers, named: act.exposure.named }, rest: nothing };
    case "link":
      return { json: { doors: act.doors.map(base64url) }, rest: nothing };
    case "propose":
      return withText({ language: act.language, signature: base64url(act.signature) }, act.text);
    case "approve":
      return { json: { proposal: base64url(act.proposal), signature: base64url(act.signature) }, rest: nothing };
    case "close":
      return { json: { outcome: act.outcome }, rest: nothing };
    case "history":
      break;
  }
  const { serial, skip, events, more } = act.history ?? { serial: 0, skip: 0, events: [], more: false };
  return { json: { serial, skip, events: events.map(({ length }) => length), more }, rest: concat(...events) };
}

// Inside JSON a quote takes two bytes and a control character six: the text follows it, as in a report.
function withText(fields: Fields, text: string): Data {
  const rest = utf8(text);
  return { json: { ...fields, text: rest.length }, rest };
}

function labelJson({ category, place, unit, incident, locality, plausible, taxonomy, geography }: Label): Fields {
  return { category, place, unit, incident, locality, plausible, taxonomy, geography };
}

type Reader = (value: unknown, rest: Uint8Array) => CaseAct | null;

const readers: Readonly<Record<CaseKind, Reader>> = {
  take: bare({ kind: "take" }),
  aside: bare({ kind: "aside" }),
  acknowledge: bare({ kind: "acknowledge" }),
  handOver: (value, rest) => {
    const to = strictText(strictRecord(value, ["to"])?.["to"], idPattern);
    return to === null || rest.length > 0 ? null : { kind: "handOver", to };
  },
  note: (value, rest) => worded(readText(strictRecord(value, ["text"]), rest), (text) => ({ kind: "note", text })),
  question: (value, rest) =>
    worded(readText(strictRecord(value, ["text"]), rest), (text) => ({ kind: "question", text })),
  answer: (value, rest) => worded(readText(strictRecord(value, ["text"]), rest), (text) => ({ kind: "answer", text })),
  reopen: (value, rest) => worded(readText(strictRecord(value, ["text"]), rest), (text) => ({ kind: "reopen", text })),
  label: (value, rest) => {
    const label = rest.length > 0 ? null : readLabel(value);
    return label === null ? null : { kind: "label", label };
  },
  assess: (value, rest) => {
    const fields = rest.length > 0 ? null : strictRecord(value, ["knowers", "named"]);
    const count = knowers.find((known) => known === fields?.["knowers"]);
    const named = fields?.["named"];
    return count === undefined || typeof named !== "boolean"
      ? null
      : { kind: "assess", exposure: { knowers: count, named } };
  },
  link: (value, rest) => {
    const doors = strictList(
      strictRecord(value, ["doors"])?.["doors"],
      (door) => strictBytes(door, 32) as DoorHash | null,
    );
    const fits = doors !== null && doors.length >= 1 && doors.length <= mostDoors && rest.length === 0;
    return fits ? { kind: "link", doors } : null;
  },
  propose: (value, rest) => {
    const fields = strictRecord(value, ["language", "signature", "text"]);
    const language = strictText(fields?.["language"], languageTag);
    const signature = strictBytes(fields?.["signature"], 64);
    const text = readText(fields, rest);
    return language === null || signature === null || text === null
      ? null
      : { kind: "propose", language, text, signature };
  },
  approve: (value, rest) => {
    const fields = strictRecord(value, ["proposal", "signature"]);
    const proposal = strictBytes(fields?.["proposal"], 32) as CaseEventHash | null;
    const signature = strictBytes(fields?.["signature"], 64);
    return proposal === null || signature === null || rest.length > 0 ? null : { kind: "approve", proposal, signature };
  },
  close: (value, rest) => {
    const said = strictRecord(value, ["outcome"])?.["outcome"];
    const outcome = outcomes.find((known) => known === said);
    return outcome === undefined || rest.length > 0 ? null : { kind: "close", outcome };
  },
  history: (value, rest) => {
    const fields = strictRecord(value, ["serial", "skip", "events", "more"]);
    const lengths = strictList(fields?.["events"], (one) => strictInteger(one, 1, rest.length));
    const serial = strictInteger(fields?.["serial"], 1, 2 ** 31);
    const skip = strictInteger(fields?.["skip"], 0, 2 ** 31);
    const more = fields?.["more"];
    const events = lengths === null || lengths.length === 0 ? null : cut(rest, lengths);
    if (serial === null || skip === null || events === null || typeof more !== "boolean") return null;
    return { kind: "history", history: { serial, skip, events, more } };
  },
};

function bare(act: CaseAct): Reader {
  return (value, rest) => (strictRecord(value, []) !== null && rest.length === 0 ? act : null);
}

function worded(text: string | null, act: (text: string) => CaseAct): CaseAct | null {
  return text === null ? null : act(text);
}

function readText(fields: Fields | null, rest: Uint8Array): string | null {
  const length = strictInteger(fields?.["text"], 1, mostTextBytes);
  return length === null || length !== rest.length ? null : fromUtf8(rest);
}

function readLabel(value: unknown): Label | null {
  const fields = strictRecord(
    value,
    ["category", "place", "plausible", "taxonomy", "geography"],
    ["unit", "incident", "locality"],
  );
  if (fields === null || typeof fields["plausible"] !== "boolean") return null;
  const texts = Object.entries(fields).filter(([name]) => name !== "plausible");
  if (!texts.every(([, text]) => strictText(text, shortText) !== null)) return null;
  return fields as unknown as Label;
}

function cut(rest: Uint8Array, lengths: readonly number[]): readonly Uint8Array[] | null {
  let at = 0;
  const parts = lengths.map((length) => rest.slice(at, (at += length)));
  return at === rest.length ? parts : null;
}
