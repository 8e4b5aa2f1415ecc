import type { Sealed } from "../../base/brand.ts";
import { equal } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import { readNote } from "../../envelope/note-text.ts";
import { addSignature, signNote } from "../../envelope/note-sign.ts";
import { verifyNote } from "../../envelope/note.ts";
import { releaseOf } from "../../trends/follows.ts";
import type { Period } from "../../trends/period.ts";
import { readPosts, type ReadPosts } from "../../trends/posts.ts";
import { releaseText, verifyRelease } from "../../trends/release-note.ts";
import { officerKeys } from "../plan.ts";
import { heldNames, postNote, sealedLabels } from "../way.ts";
import { bothSeeds } from "./commit.ts";
import {
  authorKeys,
  formerRelease,
  heldPeriod,
  instanceOf,
  leaveParcel,
  otherOf,
  takeParcel,
  type HeldPeriod,
  type Officer,
} from "./officer.ts";

/** What an officer is told of the posts a draw was made from: no count of labels. */
export interface Looked {
  readonly gaps: ReadPosts["gaps"];
  /** Posts that count for nothing, by their place in the claim, and why. */
  readonly refused: ReadPosts["refused"];
  /** Items of codes that are not in the plan's key-space were left out. */
  readonly strayed: boolean;
}

/** A draw: the text of the release that follows from the claim and both seeds. */
interface DrawnText {
  readonly text: string;
  readonly looked: Looked;
}

/** What became of a draw; "gap": part of what somebody signed is not there, and nothing was drawn or signed. */
export interface DrawOutcome {
  readonly outcome: "drawn" | "cosigned" | "resumed" | "gap";
  /** Whose part is missing is among it; null for a draw that was kept. */
  readonly looked: Looked | null;
}

/**
 * Draws, keeps the signed draw durably, then leaves it for the other officer: nobody sees it before it cannot be lost. What
 * was kept before is handed on as it is; made anew it would be the same. Over a gap only `withGaps`.
 *
 * Rejects with `release.order` before the claim and both seeds; `release.missing` when a post of the claim is not there.
 */
export async function drawRelease(officer: Officer, period: Period, withGaps = false): Promise<DrawOutcome> {
  const held = await heldPeriod(officer, period);
  const place = { period, attempt: held.attempt, kept: "draw" } as const;
  const kept = await officer.keep.read(place);
  if (kept !== null) {
    await sendDraw(officer, held, kept);
    return { outcome: "resumed", looked: null };
  }
  const grounds = await groundsOf(officer, held);
  const gap = withGaps ? null : gapIn(grounds);
  if (gap !== null) return gap;
  const { text, looked } = await drawnText(officer, held, grounds);
  await officer.at?.("drawn");
  const note = signNote(text, officer.keys.id, officer.keys.signing);
  await officer.keep.write(place, note);
  await officer.at?.("kept");
  await sendDraw(officer, held, note);
  await officer.at?.("sent");
  return { outcome: "drawn", looked };
}

function gapIn({ posts: { gaps, refused } }: DrawGrounds): DrawOutcome | null {
  const isWhole = gaps.every(({ gap }) => gap !== "part");
  return isWhole ? null : { outcome: "gap", looked: { gaps, refused, strayed: false } };
}

async function sendDraw(officer: Officer, { plan }: HeldPeriod, note: Uint8Array): Promise<void> {
  const place = { period: plan.said.period, kind: "draw" } as const;
  await leaveParcel(officer, place, otherOf(officer, plan.said), { kind: "note", body: note });
}

/** What a draw is made from: both seeds, and the posts of the claim as they were read. */
interface DrawGrounds {
  readonly claim: NonNullable<HeldPeriod["claim"]>;
  readonly seeds: readonly Uint8Array[];
  readonly posts: ReadPosts;
}

async function groundsOf(officer: Officer, held: HeldPeriod): Promise<DrawGrounds> {
  const { plan, claim } = held;
  if (claim === null) throw new Fault("release.order");
  const seeds = await bothSeeds(officer, held);
  const posts = readPosts(await bodiesOf(officer, held), plan.said, authorKeys(officer.rosters));
  await officer.at?.("fetched");
  return { claim, seeds, posts };
}

async function drawnText(officer: Officer, held: HeldPeriod, { claim, seeds, posts }: DrawGrounds): Promise<DrawnText> {
  const { plan, attempt, commits } = held;
  const { content, refused } = await officer.draw({ plan, claim, commits, seeds, items: posts.items });
  const grounds = { plan: plan.hash, commits: commits.map(({ hash }) => hash), claim: claim.hash, attempt };
  const release = releaseOf(plan.said, content.figures, grounds, await formerRelease(officer));
  const looked = { gaps: posts.gaps, refused: posts.refused, strayed: refused.length > 0 };
  return { text: releaseText(release), looked };
}

/** The posts that the claim names, opened; null for one that does not open. Rejects with `release.missing` when one is not there. */
async function bodiesOf(officer: Officer, { plan, claim }: HeldPeriod): Promise<readonly (Uint8Array | null)[]> {
  const files: Sealed[] = [];
  for (const id of claim!.said.labels) {
    const sealed = await sealedLabels(officer.way, plan.said.period, id);
    if (sealed === null || !equal(sha256(sealed), id)) throw new Fault("release.missing");
    files.push(sealed);
  }
  const frames = await officer.open(files);
  return frames.map((frame) => (frame?.kind === "labels" ? frame.body : null));
}

/**
 * Makes the whole draw again from this officer's own seed and the same posts, compares it byte for byte with the other's,
 * signs it too and keeps it; then this officer's seed is destroyed. The same again hands out what was kept. Over a gap only
 * `withGaps`: whoever signs second is asked before, as the first was.
 *
 * Rejects with `release.order` until there is a draw, `release.differs` when it is not the one that follows: call the board.
 */
export async function cosign(officer: Officer, period: Period, withGaps = false): Promise<DrawOutcome> {
  const held = await heldPeriod(officer, period);
  const { attempt } = held;
  const place = { period, attempt, kept: "release" } as const;
  if ((await officer.keep.read(place)) !== null) return { outcome: "resumed", looked: null };
  const drawn = await takeParcel(officer, period, "draw");
  if (drawn === null) throw new Fault("release.order");
  const other = otherOf(officer, held.plan.said).id;
  if (!verifyNote(drawn, officerKeys(officer)).signers.includes(other)) throw new Fault("release.signers");
  const grounds = await groundsOf(officer, held);
  const gap = withGaps ? null : gapIn(grounds);
  if (gap !== null) return gap;
  const { text, looked } = await drawnText(officer, held, grounds);
  if (readNote(drawn).text !== text) throw new Fault("release.differs");
  const note = addSignature(drawn, officer.keys.id, officer.keys.signing);
  verifyRelease(note, instanceOf(officer), officerKeys(officer));
  await officer.keep.write(place, note);
  await officer.keep.remove({ period, attempt, kept: "seed" });
  return { outcome: "cosigned", looked };
}

/** Hands in a release that both signed; the core shows it at its instant, by time alone. Rejects with `release.order`. */
export async function handIn(officer: Officer, period: Period): Promise<void> {
  const { attempt } = await heldPeriod(officer, period);
  const note = await officer.keep.read({ period, attempt, kept: "release" });
  if (note === null) throw new Fault("release.order");
  await postNote(officer.way, note);
  await forgetSources(officer, period);
}

/**
 * Once the core holds the co-signed release, what this officer still has of it is destroyed: seeds, and the draw. Resolves
 * with whether it does.
 */
export async function forgetSources(officer: Officer, period: Period): Promise<boolean> {
  const { notes } = await heldNames(officer.way);
  if (!notes.some((one) => one.period === period && one.name === "release")) return false;
  for (const attempt of [1, 2])
    for (const kept of ["seed", "draw"] as const) await officer.keep.remove({ period, attempt, kept });
  return true;
}
