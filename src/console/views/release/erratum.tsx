import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Fault } from "../../../base/fault.ts";
import { acceptErratum, newErratum, offeredErratum } from "../../../quarter/officer/erratum.ts";
import type { Officer } from "../../../quarter/officer/officer.ts";
import { erratumFlaw, type Erratum } from "../../../trends/erratum.ts";
import type { BothLanguages } from "../../../trends/key-space.ts";
import type { Period } from "../../../trends/period.ts";
import { releaseWords } from "../../release/words.ts";
import { perform } from "../../release/desk.ts";
import { Words } from "../case/parts.tsx";
import { useConsole } from "../context.ts";
import { FileField } from "../fields.tsx";
import { saveFile } from "../save.ts";
import { Deed } from "./deed.tsx";

const languages = ["fr", "en"] as const;

/** Words about a release that is out: written by one officer, read and signed by the other (trends.md, Mechanism). */
export function ErratumPart({ period }: { readonly period: Period }): JSX.Element {
  const { state } = useConsole();
  const { erratum } = releaseWords[state.language];
  return (
    <details data-erratum>
      <summary>{erratum.title}</summary>
      <p>{erratum.lead}</p>
      <WriteErratum period={period} />
      <SignErratum period={period} />
    </details>
  );
}

function WriteErratum({ period }: { readonly period: Period }): JSX.Element {
  const [words, setWords] = useState<BothLanguages>({ fr: "", en: "" });
  const save = async (officer: Officer): Promise<void> =>
    saveFile(`erratum-${period}.note`, await newErratum(officer, period, words));
  const isFit = languages.every((language) => erratumFlaw(words[language]) === null);
  return (
    <>
      {languages.map((language) => (
        <WordsField
          key={language}
          name={`erratum-${period}-${language}`}
          language={language}
          value={words[language]}
          change={(text) => setWords((before) => ({ ...before, [language]: text }))}
        />
      ))}
      <Deed deed="writeErratum" period={period} act={isFit ? save : null} />
    </>
  );
}

interface WordsFieldProps {
  readonly name: string;
  readonly language: (typeof languages)[number];
  readonly value: string;
  readonly change: (text: string) => void;
}

/** One language's words; whatever may not be said is named while it is typed. */
function WordsField({ name, language, value, change }: WordsFieldProps): JSX.Element {
  const { state } = useConsole();
  const { erratum } = releaseWords[state.language];
  const flaw = erratumFlaw(value);
  const isWrong = flaw !== null && flaw !== "empty";
  return (
    <div class="field">
      <label for={name}>{erratum.labels[language]}</label>
      <textarea
        id={name}
        lang={language}
        rows={3}
        autocomplete="off"
        aria-invalid={isWrong}
        aria-describedby={`${name}-flaw`}
        value={value}
        onInput={({ currentTarget }) => change(currentTarget.value.replaceAll(/\s*[\r\n]+\s*/g, " "))}
      />
      <p class={isWrong ? "refusal" : "hint"} id={`${name}-flaw`} role="status" data-flaw={flaw ?? undefined}>
        {flaw === null ? "" : erratum.flaws[flaw]}
      </p>
    </div>
  );
}

interface Offered {
  readonly note: Uint8Array;
  readonly said: Erratum;
}

function SignErratum({ period }: { readonly period: Period }): JSX.Element {
  const { gundo, state } = useConsole();
  const [offered, setOffered] = useState<Offered | null>(null);
  const { erratum } = releaseWords[state.language];
  const read = async (note: Uint8Array | null): Promise<void> => {
    let known: Offered | null = null;
    setOffered(null);
    if (note === null) return;
    await perform(gundo, { deed: "readErratum", period }, async (officer) => {
      const said = await offeredErratum(officer, note);
      if (said.period !== period) throw new Fault("release.order");
      known = { note, said };
    });
    // Only now: the button beside the words answers from the moment it is there.
    setOffered(known);
  };
  const accept = async (officer: Officer, { note }: Offered): Promise<void> => {
    await acceptErratum(officer, note);
    setOffered(null);
  };
  return (
    <>
      <FileField
        name={`erratum-${period}-file`}
        label={erratum.file}
        hint={erratum.fileHint}
        change={(note) => void read(note)}
      />
      {offered !== null && languages.map((one) => <Words key={one} lang={one} text={offered.said.words[one]} />)}
      {offered !== null && <Deed deed="signErratum" period={period} act={(officer) => accept(officer, offered)} />}
    </>
  );
}
