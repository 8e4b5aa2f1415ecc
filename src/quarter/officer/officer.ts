import { Fault } from "../../base/fault.ts";
import type { Frame } from "../../envelope/frame.ts";
import { findServing, type Reviewer, type RosterBody } from "../../roster/roster.ts";
import { verifyClaim, type Claim } from "../../trends/claim.ts";
import { verifyCommit, type Commit } from "../../trends/commit.ts";
import type { FormerRelease } from "../../trends/follows.ts";
import { attemptName, noted, type Noted } from "../../trends/note.ts";
import type { Period } from "../../trends/period.ts";
import type { Plan } from "../../trends/plan.ts";
import type { Draw, Drawn } from "../../trends/release.ts";
import { verifyRelease } from "../../trends/release-note.ts";
import type { NoteVerifier } from "../../envelope/note.ts";
import { sealedTo, type Worker } from "../key.ts";
import { officerKeys, planOf } from "../plan.ts";
import { heldNames, noteNames, noteOf, parcelOf, postParcel, type ParcelKind } from "../way.ts";

/** Something an officer keeps: their seed as an age file to themselves, a draw and a release as signed notes. */
export interface KeptPlace {
  readonly period: Period;
  readonly attempt: number;
  readonly kept: "seed" | "draw" | "release";
}

/** What an officer keeps at hand, besides what lies on the core: durable when `write` returns. */
export interface Keep {
  read(place: KeptPlace): Promise<Uint8Array | null>;
  write(place: KeptPlace, bytes: Uint8Array): Promise<void>;
  remove(place: KeptPlace): Promise<void>;
}

/** Where a step stands, for whoever shows it, and for a test that ends it there. */
export type Boundary = "fetched" | "drawn" | "kept" | "sent";

/** A release officer at work. */
export interface Officer extends Worker {
  readonly keep: Keep;
  /** The board's keys, for a second claim. */
  readonly board: { readonly verifiers: readonly NoteVerifier[]; readonly threshold: number };
  /** `draw` of trends/release.ts, which only terminal and browser may call; a browser does it in a worker. */
  draw(drawing: Draw): Promise<Drawn>;
  /** Told of each step of a draw as it is passed. */
  readonly at?: (boundary: Boundary) => Promise<void> | void;
}

/** A period with everything that was accepted of it. */
export interface HeldPeriod {
  readonly plan: Noted<Plan>;
  /** 1, or 2 once the board allowed a second claim. */
  readonly attempt: number;
  /** Of the attempt, as far as they are made, in the order of the plan's officers. */
  readonly commits: readonly Noted<Commit>[];
  /** Of the attempt; null before it. */
  readonly claim: Noted<Claim> | null;
  /** Whether the co-signed release is there: then everything it was made of is gone. */
  readonly isHandedIn: boolean;
}

/**
 * What the server shows of a period, each note checked here. A first claim that was made is a draw that may have been seen:
 * the attempt is the second as soon as anybody commits to one.
 *
 * Rejects with `release.order` when it is not planned, `release.officers` for somebody who is not of the plan.
 */
export async function heldPeriod(officer: Officer, period: Period): Promise<HeldPeriod> {
  const held = await planOf(officer, period);
  if (held === null) throw new Fault("release.order");
  const plan = { said: held.plan, hash: held.hash };
  if (!plan.said.officers.includes(officer.keys.id)) throw new Fault("release.officers");
  const { notes } = await heldNames(officer.way);
  const names = notes.filter((one) => one.period === period).map(({ name }) => name);
  const isSecond = plan.said.officers.some((id) => names.includes(attemptName(`commit-${id}`, 2)));
  const attempt = isSecond ? 2 : 1;
  const commits: Noted<Commit>[] = [];
  for (const id of plan.said.officers) {
    const name = attemptName(`commit-${id}`, attempt);
    const note = names.includes(name) ? await noteOf(officer.way, period, name) : null;
    if (note !== null) commits.push(noted(note, verifyCommit(note, instanceOf(officer), officerKeys(officer))));
  }
  const claimName = attemptName("claim", attempt);
  const claim = names.includes(claimName) ? await noteOf(officer.way, period, claimName) : null;
  const isHandedIn = names.includes("release");
  return { plan, attempt, commits, claim: claim && noted(claim, claimIn(officer, claim)), isHandedIn };
}

/** Throws as `verifyClaim`: `release.redrawn` for a second one that too few of the board signed. */
export function claimIn(officer: Officer, note: Uint8Array): Claim {
  return verifyClaim(note, instanceOf(officer), { officers: officerKeys(officer), board: officer.board });
}

/** The newest release that is out, on which the next one rests; null before the first. */
export async function formerRelease(officer: Officer): Promise<FormerRelease | null> {
  const last = (await noteNames(officer.way)).findLast(({ name }) => name === "release");
  const note = last === undefined ? null : await noteOf(officer.way, last.period, "release");
  if (note === null || last === undefined) return null;
  const plan = await planOf(officer, last.period);
  const signing = officerKeys(officer).filter(({ name }) => plan?.plan.officers.includes(name));
  const { said, hash } = noted(note, verifyRelease(note, instanceOf(officer), signing));
  return { hash, ledger: said.ledger };
}

export function instanceOf({ rosters }: Officer): string {
  return rosters[0]!.instance;
}

/** The other officer of a plan, as today's roster has them. Throws `release.officers`. */
export function otherOf({ rosters, keys, today }: Officer, { officers }: Pick<Plan, "officers">): Reviewer {
  const id = officers.find((one) => one !== keys.id);
  const other = id === undefined ? null : findServing(rosters[0]!, id, today);
  if (other === null || !other.roles.includes("release")) throw new Fault("release.officers");
  return other;
}

/** Whom a plan could name beside this officer: officers of another organisation who serve today. */
export function partnersOf({ rosters, keys, today }: Officer): readonly Reviewer[] {
  const [roster] = rosters;
  const own = findServing(roster!, keys.id, today);
  if (own === null || !own.roles.includes("release")) throw new Fault("forbidden");
  return roster!.reviewers.filter(
    ({ id, roles, organisation, from, until }) =>
      id !== own.id &&
      roles.includes("release") &&
      organisation !== own.organisation &&
      from <= today &&
      today <= until,
  );
}

/** Seals something to one person and leaves it for them. */
export async function leaveParcel(
  officer: Officer,
  place: { readonly period: Period; readonly kind: ParcelKind },
  to: Pick<Reviewer, "id" | "recipient">,
  frame: Frame,
): Promise<void> {
  const sealed = sealedTo([to.recipient], frame, officer.chance);
  await postParcel(officer.way, { ...place, officer: to.id }, sealed);
}

/** What lies there for this officer, opened, or null. Rejects with `envelope.frame` when it is something else. */
export async function takeParcel(officer: Officer, period: Period, kind: ParcelKind): Promise<Uint8Array | null> {
  const sealed = await parcelOf(officer.way, period, kind);
  if (sealed === null) return null;
  const [frame] = await officer.open([sealed]);
  if (frame?.kind !== frameKinds[kind]) throw new Fault("envelope.frame");
  return frame.body;
}

const frameKinds: Readonly<Record<ParcelKind, Frame["kind"]>> = {
  plan: "note",
  seed: "seed",
  "seed-2": "seed",
  reveal: "seed",
  draw: "note",
};

/** Keys under which a reviewer's labels may be signed: of every roster that is known. */
export function authorKeys(rosters: readonly RosterBody[]): (author: string) => readonly Uint8Array[] {
  return (author) =>
    rosters.flatMap(({ reviewers }) =>
      reviewers
        .filter(({ id, roles }) => id === author && roles.includes("review"))
        .map(({ verifier }) => verifier.publicKey),
    );
}
