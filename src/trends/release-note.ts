import { hex } from "../base/bytes.ts";
import { isoInstant, type UnixMs } from "../base/clock.ts";
import { Fault } from "../base/fault.ts";
import { strictInteger, strictList, strictRecord, strictText } from "../base/strict.ts";
import { readNote } from "../envelope/note-text.ts";
import type { NoteVerifier } from "../envelope/note.ts";
import type { ReleaseContent } from "./content.ts";
import { tableIds, type Figures, type TableId } from "./key-space.ts";
import { ledgerLineJson, parseLedgerLine, type Ledger } from "./ledger.ts";
import {
  canonical,
  mostAttempts,
  noteTextOf,
  readSigned,
  releaseKind,
  strictHash,
  strictInstant,
  valueIn,
} from "./note.ts";
import { parsePeriod, type Period } from "./period.ts";
import type { Plan } from "./plan.ts";

/** What both officers sign of a draw: its figures, where they come from, what they cost, and every file made of them. */
export interface Release {
  readonly instance: string;
  readonly period: Period;
  /** Which claim it was drawn from. */
  readonly attempt: number;
  readonly publishesMs: UnixMs;
  /** SHA-256 of the notes it rests on, 32 bytes each; commits in the order of the plan's officers. */
  readonly plan: Uint8Array;
  readonly commits: readonly Uint8Array[];
  readonly claim: Uint8Array;
  /** SHA-256 of the release note before, 32 bytes; zeros in the first. */
  readonly previous: Uint8Array;
  /** `keySpaceHash` of what it was counted by, 32 bytes. */
  readonly keySpace: Uint8Array;
  readonly figures: Figures;
  readonly margins: Readonly<Record<TableId, number>>;
  readonly ledger: Ledger;
  readonly files: readonly FileHash[];
}

/** A published file by its name and SHA-256, 32 bytes. */
interface FileHash {
  readonly name: string;
  readonly sha256: Uint8Array;
}

export function releaseText(release: Release): string {
  const { instance, period, attempt, publishesMs, plan, commits, claim, previous, keySpace } = release;
  const { figures, margins, ledger, files } = release;
  return noteTextOf(releaseKind, instance, {
    period,
    attempt,
    publishes: isoInstant(publishesMs),
    plan: hex(plan),
    commits: commits.map(hex),
    claim: hex(claim),
    previous: hex(previous),
    keySpace: hex(keySpace),
    figures: { t1: figures.t1, t2: figures.t2 },
    margins: { t1: margins.t1, t2: margins.t2 },
    ledger: ledger.map(ledgerLineJson),
    files: files.map(({ name, sha256 }) => ({ name, sha256: hex(sha256) })),
  });
}

/**
 * The release that both `officers` of its plan signed. Whether it follows from its plan and claim, and on the release
 * before, `verifyReleases` tells.
 *
 * @throws Fault as `readSigned`; `release.signers` when one did not sign.
 */
export function verifyRelease(note: Uint8Array, instance: string, officers: readonly NoteVerifier[]): Release {
  const { text, value, signers } = readSigned(note, releaseKind, instance, officers);
  if (signers.length !== 2) throw new Fault("release.signers");
  return canonical(releaseOf(value, instance), text, releaseText);
}

/**
 * The release in a note that somebody else verifies.
 *
 * @throws Fault `note.malformed`, `release.malformed`, `release.instance`.
 */
export function keptRelease(note: Uint8Array, instance: string): Release {
  const { text } = readNote(note);
  return canonical(releaseOf(valueIn(text, releaseKind, instance), instance), text, releaseText);
}

/** All that files and pages are made from: the figures of the release, by the plan they were drawn under. */
export function contentOf(plan: Plan, { figures, margins }: Pick<Release, "figures" | "margins">): ReleaseContent {
  const { instance, period, publishesMs, keySpace, epsilon } = plan;
  return { instance, period, publishesMs, keySpace, epsilon, figures, margins };
}

const fields = [
  "period",
  "attempt",
  "publishes",
  "plan",
  "commits",
  "claim",
  "previous",
  "keySpace",
  "figures",
  "margins",
  "ledger",
  "files",
];

function releaseOf(value: unknown, instance: string): Release | null {
  const record = strictRecord(value, fields);
  const period = parsePeriod(record?.["period"]);
  const attempt = strictInteger(record?.["attempt"], 1, mostAttempts);
  const publishesMs = strictInstant(record?.["publishes"]);
  const links = linksOf(record);
  const figures = figuresOf(record?.["figures"]);
  const margins = marginsOf(record?.["margins"]);
  const ledger = strictList(record?.["ledger"], parseLedgerLine);
  const files = strictList(record?.["files"], fileHashOf);
  if (period === null || attempt === null || publishesMs === null || links === null) return null;
  if (figures === null || margins === null || ledger === null || files === null) return null;
  return { instance, period, attempt, publishesMs, ...links, figures, margins, ledger, files };
}

type Links = Pick<Release, "plan" | "commits" | "claim" | "previous" | "keySpace">;

function linksOf(record: Readonly<Record<string, unknown>> | null): Links | null {
  const [plan, claim, previous, keySpace] = ["plan", "claim", "previous", "keySpace"].map((name) =>
    strictHash(record?.[name]),
  );
  const commits = strictList(record?.["commits"], strictHash);
  if (!plan || !claim || !previous || !keySpace || commits?.length !== 2) return null;
  return { plan, commits, claim, previous, keySpace };
}

const most = Number.MAX_SAFE_INTEGER;

function figuresOf(value: unknown): Figures | null {
  const record = strictRecord(value, tableIds);
  const [t1, t2] = tableIds.map((table) => strictList(record?.[table], (figure) => strictInteger(figure, -most, most)));
  return t1 && t2 ? { t1, t2 } : null;
}

function marginsOf(value: unknown): Release["margins"] | null {
  const record = strictRecord(value, tableIds);
  const t1 = strictInteger(record?.["t1"], 0, most);
  const t2 = strictInteger(record?.["t2"], 0, most);
  return t1 === null || t2 === null ? null : { t1, t2 };
}

function fileHashOf(value: unknown): FileHash | null {
  const record = strictRecord(value, ["name", "sha256"]);
  const name = strictText(record?.["name"], /^[a-z0-9][a-z0-9.-]{0,63}$/);
  const sha256 = strictHash(record?.["sha256"]);
  return name === null || sha256 === null ? null : { name, sha256 };
}
