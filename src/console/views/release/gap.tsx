import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { actOf } from "../../release/deeds.ts";
import { releaseWords } from "../../release/words.ts";
import type { Period } from "../../../trends/period.ts";
import { Tick } from "../case/parts.tsx";
import { useConsole, useStore } from "../context.ts";
import { Deed } from "./deed.tsx";

/** After a draw was refused over a gap, or its second signature: to do it without what is missing, once somebody says that they asked. */
export function DrawWithGap({ period }: { readonly period: Period }): JSX.Element | null {
  const { gundo, state } = useConsole();
  const { refused } = useStore(gundo.releases);
  const [isAsked, setAsked] = useState(false);
  if (refused?.why !== "gap" || refused.period !== period) return null;
  const say = releaseWords[state.language];
  const deed = refused.deed === "cosign" ? "cosignWithGaps" : "drawWithGaps";
  return (
    <div class="notice" data-gap>
      <p>{say.gapLead}</p>
      <Tick label={say.gapAsked} value={isAsked} change={setAsked} />
      <Deed deed={deed} period={period} act={isAsked ? actOf(deed, period, null) : null} />
    </div>
  );
}
