import { equal } from "../../base/bytes.ts";
import { Fault } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import { addSignature, signNote } from "../../envelope/note-sign.ts";
import { verifyNote } from "../../envelope/note.ts";
import { erratumText, keptErratum, verifyErratum, type Erratum } from "../../trends/erratum.ts";
import type { Period } from "../../trends/period.ts";
import { officerKeys } from "../plan.ts";
import { noteNames, noteOf, postNote } from "../way.ts";
import { instanceOf, type Officer } from "./officer.ts";

/**
 * Words about a release that is out, as a note that this officer signed, for the other one to sign too.
 *
 * Rejects with `release.absent` before the release is out, `release.malformed` for words that an erratum may not say.
 */
export async function newErratum(officer: Officer, period: Period, words: Erratum["words"]): Promise<Uint8Array> {
  const said = { instance: instanceOf(officer), period, ...(await nextOf(officer, period)), words };
  const text = erratumText(said);
  const note = signNote(text, officer.keys.id, officer.keys.signing);
  keptErratum(note, said.instance);
  return note;
}

/**
 * What the other officer wrote and signed: to be read before it is signed too.
 *
 * Rejects with `release.signers` unless another officer signed it, `release.order` when it is of another release or not the
 * next one, `release.absent`, `release.malformed`.
 */
export async function offeredErratum(officer: Officer, note: Uint8Array): Promise<Erratum> {
  const said = keptErratum(note, instanceOf(officer));
  const { signers } = verifyNote(note, officerKeys(officer));
  if (!signers.some((id) => id !== officer.keys.id)) throw new Fault("release.signers");
  const { number, release } = await nextOf(officer, said.period);
  if (said.number !== number || !equal(said.release, release)) throw new Fault("release.order");
  return said;
}

/** Puts the second signature under an erratum and hands it in: it is shown at once. Rejects as `verifyErratum`. */
export async function acceptErratum(officer: Officer, note: Uint8Array): Promise<void> {
  const signed = addSignature(note, officer.keys.id, officer.keys.signing);
  verifyErratum(signed, instanceOf(officer), officerKeys(officer));
  await postNote(officer.way, signed);
}

/** Which release the next erratum of a period is about, and its number. */
async function nextOf({ way }: Officer, period: Period): Promise<Pick<Erratum, "number" | "release">> {
  const release = await noteOf(way, period, "release");
  if (release === null) throw new Fault("release.absent");
  const before = (await noteNames(way)).filter((one) => one.period === period && one.name.startsWith("erratum-"));
  return { number: before.length + 1, release: sha256(release) };
}
