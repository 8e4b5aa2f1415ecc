import { equal } from "../base/bytes.ts";
import { Fault } from "../base/fault.ts";
import type { UnixMs } from "../base/clock.ts";
import { sha256 } from "../envelope/hash.ts";
import { verifyErratum } from "./erratum.ts";
import { marginsOf, releaseOf, type FormerRelease } from "./follows.ts";
import { cellsOf, tableIds } from "./key-space.ts";
import { isSameLedger } from "./ledger.ts";
import { noted, type Noted } from "./note.ts";
import type { Plan } from "./plan.ts";
import { filesOf } from "./publish/publish.ts";
import { contentOf, verifyRelease, type Release } from "./release-note.ts";
import type { Attempt, Dated } from "./verify-grounds.ts";
import { fileAt, keysOf, neededAt, startMs, type Walk } from "./walk.ts";

/** What releases before this one left behind. */
export interface Former {
  readonly last: FormerRelease | null;
  readonly hashes: readonly Uint8Array[];
}

const never = Number.MAX_SAFE_INTEGER as UnixMs;

/** The release of a period with all its files and errata, or null when none is there. Throws `release.*`, `note.*`. */
export function releaseAt(
  walk: Walk,
  plan: Dated<Plan>,
  attempts: readonly Attempt[],
  former: Former,
): Noted<Release> | null {
  const { period, officers } = plan.said;
  const path = `${period}/release.note`;
  const note = fileAt(walk, path);
  if (note === null) return null;
  // Officers may have renewed their keys since; a release has no date of its own but that of its claim.
  const since = startMs(attempts[0]?.claim.hour ?? plan.hour);
  const keys = keysOf(walk.trust.officers(since, never), officers);
  const release = verifyRelease(note, walk.trust.instance, keys);
  checkGrounds(release, plan, attempts);
  checkPrevious(release, former);
  checkContent(release, plan.said);
  checkLedger(release, plan.said, former);
  checkFiles(walk, release, plan.said);
  const verified = noted(note, release);
  checkErrata(walk, verified, keys);
  return verified;
}

/** That it was drawn under this plan, once, from the claim the core accepted last. */
function checkGrounds(release: Release, plan: Dated<Plan>, attempts: readonly Attempt[]): void {
  if (release.period !== plan.said.period || !equal(release.plan, plan.hash)) throw new Fault("release.chain");
  const attempt = attempts.at(-1);
  if (attempt === undefined) throw new Fault("release.commitment");
  const isLast = release.attempt === attempts.length && equal(release.claim, attempt.claim.hash);
  if (!isLast) throw new Fault("release.redrawn");
  const kept = attempt.commits.every(({ hash }, index) => equal(hash, release.commits[index]!));
  if (!kept) throw new Fault("release.commitment");
  if (release.publishesMs !== plan.said.publishesMs) throw new Fault("release.calendar");
}

function checkPrevious({ previous }: Release, { last, hashes }: Former): void {
  if (equal(previous, last?.hash ?? new Uint8Array(32))) return;
  // One that is known, but not the last: an order was changed. One that is not: it was taken away.
  const isKnown = hashes.some((hash) => equal(hash, previous)) || previous.every((byte) => byte === 0);
  throw new Fault(isKnown ? "release.chain" : "release.gap");
}

function checkContent(release: Release, plan: Plan): void {
  const whole = tableIds.every((table) => release.figures[table].length === cellsOf(table, plan.keySpace).length);
  if (!whole) throw new Fault("release.keySpace");
  const margins = marginsOf(plan);
  if (tableIds.some((table) => release.margins[table] !== margins[table])) throw new Fault("release.margins");
}

function checkLedger(release: Release, plan: Plan, { last }: Former): void {
  const { plan: hash, commits, claim, attempt } = release;
  const expected = releaseOf(plan, release.figures, { plan: hash, commits, claim, attempt }, last);
  if (!equal(release.keySpace, expected.keySpace)) throw new Fault("release.keySpace");
  if (!isSameLedger(release.ledger, expected.ledger)) throw new Fault("release.ledger");
}

/** Every file is made again from the figures, and is what lies there and what was signed. */
function checkFiles(walk: Walk, release: Release, plan: Plan): void {
  const files = filesOf(contentOf(plan, release));
  const signed = release.files.map(({ name }) => name).join("\n") === files.map(({ name }) => name).join("\n");
  if (!signed) throw new Fault("release.file");
  for (const [index, { name, bytes }] of files.entries()) {
    const there = neededAt(walk, `${plan.period}/${name}`);
    if (!equal(there, bytes) || !equal(release.files[index]!.sha256, sha256(bytes))) throw new Fault("release.file");
  }
}

function checkErrata(walk: Walk, { said, hash }: Noted<Release>, keys: ReturnType<typeof keysOf>): void {
  for (let number = 1; ; number++) {
    const note = fileAt(walk, `${said.period}/erratum-${number}.note`);
    if (note === null) return;
    const erratum = verifyErratum(note, walk.trust.instance, keys);
    const isOwn = erratum.period === said.period && erratum.number === number && equal(erratum.release, hash);
    if (!isOwn) throw new Fault("release.chain");
  }
}
