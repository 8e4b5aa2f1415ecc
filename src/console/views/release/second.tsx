import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { claimAgain, newClaim } from "../../../quarter/officer/claim.ts";
import type { Period } from "../../../trends/period.ts";
import { actOf, type Act } from "../../release/deeds.ts";
import { releaseWords } from "../../release/words.ts";
import { Tick } from "../case/parts.tsx";
import { useConsole } from "../context.ts";
import { FileField } from "../fields.tsx";
import { saveFile } from "../save.ts";
import { Deed } from "./deed.tsx";

/** A first draw that cannot be finished: what a second one costs, and its first step (trends.md, Who computes). */
export function BeginAgain({ period }: { readonly period: Period }): JSX.Element {
  const { state } = useConsole();
  const [isAgreed, setAgreed] = useState(false);
  const { again } = releaseWords[state.language];
  return (
    <details data-again>
      <summary>{again.title}</summary>
      {again.lead.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Tick label={again.agreed} value={isAgreed} change={setAgreed} />
      <Deed deed="commitAgain" period={period} act={isAgreed ? actOf("commitAgain", period, null) : null} />
    </details>
  );
}

/** A second claim: saved for the board, and handed in once enough of them signed it. */
export function ClaimAgain({ period }: { readonly period: Period }): JSX.Element {
  const { state } = useConsole();
  const [note, setNote] = useState<Uint8Array | null>(null);
  const { again } = releaseWords[state.language];
  const save: Act = async (officer) => saveFile(`claim-${period}.note`, await newClaim(officer, period));
  return (
    <>
      <Deed deed="saveClaim" period={period} act={save} />
      <FileField name={`claim-${period}`} label={again.claimFile} hint={again.claimHint} change={setNote} />
      <Deed
        deed="claimAgain"
        period={period}
        act={note === null ? null : (officer) => claimAgain(officer, period, note)}
      />
    </>
  );
}
