import { Fault } from "../../base/fault.ts";
import { acceptErratum, newErratum, offeredErratum } from "../../quarter/officer/erratum.ts";
import { isErratum } from "../../trends/erratum.ts";
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
      const note = readInput(values["note"]);
      const { period, words } = await offeredErratum(officer, note);
      if (values["json"] !== true) for (const said of [words.fr, words.en]) terminal.out(said);
      await acceptErratum(officer, note);
      return say(terminal, values, { period, outcome: "published" }, `${period}: signed by both, and handed in.`);
    }
    const out = textOf(values, "out");
    const period = periodIn(textOf(values, "period"));
    const words = { fr: textOf(values, "fr"), en: textOf(values, "en") };
    if (!isErratum(words)) throw new Fault("cli.usage");
    writeNewFile(out, await newErratum(officer, period, words), 0o644);
    return say(terminal, values, { period, out }, `${period}: signed, in ${out}; the other officer signs it too.`);
  },
});

function textOf(values: OfficerValues, name: string): string {
  const value = values[name];
  return required(typeof value === "string" ? value : undefined);
}
