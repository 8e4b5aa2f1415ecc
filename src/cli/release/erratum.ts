import { Fault } from "../../base/fault.ts";
import { sha256 } from "../../envelope/hash.ts";
import { addSignature, signNote } from "../../envelope/note-sign.ts";
import { instanceOf, type Officer } from "../../quarter/officer/officer.ts";
import { officerKeys, planOf } from "../../quarter/plan.ts";
import { noteNames, noteOf, postNote } from "../../quarter/way.ts";
import { erratumText, isErratum, verifyErratum } from "../../trends/erratum.ts";
import type { Period } from "../../trends/period.ts";
import { readInput, required } from "../arguments.ts";
import { writeNewFile } from "../files.ts";
import { periodIn } from "../labels/key.ts";
import { officerCommand, say, type OfficerValues } from "./officer.ts";

const text = { type: "string" } as const;

export const releaseErratumCommand = officerCommand({
  name: "release erratum",
  purpose: "say in words what is wrong with a release that is out; its figures stay as they are",
  usage: "[--fr WORDS --en WORDS --out FILE | --note FILE]",
  help: [
    "Words only, without any number: a corrected figure would tell the difference of two counts. The first officer writes and",
    "signs it into a file; the second one's --note shows it, signs it too and hands it in.",
  ],
  options: { fr: text, en: text, out: text, note: text },
  run: async (officer, values, terminal) => {
    if (typeof values["note"] === "string") {
      const note = addSignature(readInput(values["note"]), officer.keys.id, officer.keys.signing);
      const { period, words } = await checked(officer, note);
      if (values["json"] !== true) for (const said of [words.fr, words.en]) terminal.out(said);
      await postNote(officer.way, note);
      return say(terminal, values, { period, outcome: "published" }, `${period}: signed by both, and handed in.`);
    }
    const out = textOf(values, "out");
    const period = periodIn(textOf(values, "period"));
    writeNewFile(out, await written(officer, period, values), 0o644);
    return say(terminal, values, { period, out }, `${period}: signed, in ${out}; the other officer signs it too.`);
  },
});

async function written(officer: Officer, period: Period, values: OfficerValues): Promise<Uint8Array> {
  const words = { fr: textOf(values, "fr"), en: textOf(values, "en") };
  const release = await noteOf(officer.way, period, "release");
  if (release === null) throw new Fault("release.absent");
  if (!isErratum(words)) throw new Fault("cli.usage");
  const before = (await noteNames(officer.way)).filter(
    (one) => one.period === period && one.name.startsWith("erratum-"),
  );
  const of = { instance: instanceOf(officer), period, number: before.length + 1, release: sha256(release) };
  return signNote(erratumText({ ...of, words }), officer.keys.id, officer.keys.signing);
}

async function checked(officer: Officer, note: Uint8Array) {
  const erratum = verifyErratum(note, instanceOf(officer), officerKeys(officer));
  if ((await planOf(officer, erratum.period)) === null) throw new Fault("release.absent");
  return erratum;
}

function textOf(values: OfficerValues, name: string): string {
  const value = values[name];
  return required(typeof value === "string" ? value : undefined);
}
