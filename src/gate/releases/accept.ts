import { equal } from "../../base/bytes.ts";
import { dayOf, hourOf } from "../../base/clock.ts";
import { Fault } from "../../base/fault.ts";
import { emptyAudit } from "../../envelope/audit.ts";
import { sha256 } from "../../envelope/hash.ts";
import { signNote, verifierOf, type SigningKey } from "../../envelope/note-sign.ts";
import { readNote } from "../../envelope/note-text.ts";
import type { Anchors } from "../../roster/roster.ts";
import { lastAudit } from "../../store/audit.ts";
import { listLabelIds } from "../../store/label.ts";
import { destroySources, dropDrawParcels, everyNote, insertNote, withReleases } from "../../store/release.ts";
import { claimKind, commitKind, erratumKind, planKind, releaseKind } from "../../trends/note.ts";
import { seenText, type Seen } from "../../trends/seen.ts";
import type { Sessions } from "../session.ts";
import { takeClaim } from "./claim.ts";
import { takeCommit } from "./commit.ts";
import { takeErratum, takeRelease } from "./cosigned.ts";
import { takePlan } from "./plan.ts";
import type { Known, Offered } from "./offered.ts";

/** What notes are accepted by: sessions and store, the board, and the key with which the core says when it saw a note. */
export interface ReleaseDesk extends Sessions {
  readonly anchors: () => Anchors;
  readonly checkpointKey: SigningKey;
}

const takers: Readonly<Record<string, (note: Uint8Array, known: Known) => Offered>> = {
  [planKind]: takePlan,
  [commitKind]: takeCommit,
  [claimKind]: takeClaim,
  [releaseKind]: takeRelease,
  [erratumKind]: takeErratum,
};

const seenKinds: readonly Seen["kind"][] = [planKind, commitKind, claimKind];

/**
 * Keeps a note once every signature it needs holds and its step is the next one (trends.md, Who computes); the same note
 * again changes nothing. Of plans, commitments and claims the core signs in which hour it first saw them. With a co-signed
 * release everything it was drawn from is destroyed.
 *
 * @throws Fault `note.malformed`, `note.signature`, one of `release.*`; `roster.checkpoint` when the roster names another key.
 */
export function acceptNote(desk: ReleaseDesk, note: Uint8Array): Promise<"stored" | "already"> {
  const kind = readNote(note).text.split("\n", 1)[0]!;
  const take = takers[kind];
  if (take === undefined) throw new Fault("release.malformed");
  return withReleases(desk.store.db, async (trx) => {
    const notes = await everyNote(trx);
    const nowMs = desk.clock.nowMs();
    const known: Known = { roster: desk.roster(), anchors: desk.anchors(), today: dayOf(nowMs), nowMs, notes };
    const { period, name, shownMs, taken, check } = take(note, known);
    const there = notes.find((one) => one.period === period && one.name === name);
    if (there !== undefined && equal(there.note, note)) return "already";
    if (there !== undefined) throw new Fault(taken);
    check(await listLabelIds(trx, period));
    await insertNote(trx, { period, name, note }, shownMs);
    const seen = seenKinds.find((one) => one === kind);
    if (seen !== undefined) {
      const audit = (await lastAudit(trx))?.hash ?? emptyAudit.hash;
      const text = { kind: seen, note: sha256(note), hour: hourOf(nowMs), audit };
      await insertNote(trx, { period, name: `${name}.seen`, note: seenNote(desk, text) }, shownMs);
    }
    if (kind === claimKind) await dropDrawParcels(trx, period);
    if (kind === releaseKind) await destroySources(trx, period);
    return "stored";
  });
}

function seenNote({ roster, checkpointKey }: ReleaseDesk, said: Omit<Seen, "instance">): Uint8Array {
  const { instance, checkpoint } = roster();
  if (!equal(checkpoint.publicKey, verifierOf(checkpointKey))) throw new Fault("roster.checkpoint");
  return signNote(seenText({ instance, ...said }), checkpoint.name, checkpointKey);
}
