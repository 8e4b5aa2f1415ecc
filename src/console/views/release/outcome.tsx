import type { JSX } from "preact";
import { personNames } from "../../names.ts";
import type { OfficerDeed } from "../../release/deeds.ts";
import { releaseWords } from "../../release/words.ts";
import { useConsole, useStore } from "../context.ts";

const drawing: readonly OfficerDeed[] = ["draw", "drawWithGaps", "cosign", "cosignWithGaps"];
const boundaries = ["fetched", "drawn", "kept", "sent"] as const;

/** How far a step is, what became of the last one, and what was wrong with posts; never how many labels there were. */
export function Outcome(): JSX.Element {
  const { gundo, state } = useConsole();
  const { busy, done, looked, refused } = useStore(gundo.releases);
  const say = releaseWords[state.language];
  const passed = busy === null || busy.at === null ? 0 : boundaries.indexOf(busy.at) + 1;
  const isDrawing = busy !== null && drawing.includes(busy.deed);
  const said =
    busy === null ? (done === null ? "" : say.done[done.deed]) : busy.at === null ? say.busy : say.at[busy.at];
  return (
    <>
      {isDrawing && <progress aria-labelledby="release-said" value={passed} max={boundaries.length} />}
      <p id="release-said" role="status" data-done={busy === null ? done?.deed : undefined}>
        {said}
      </p>
      <div class="refusal" role="alert" data-refusal={refused?.why}>
        {refused !== null && <p>{say.refusals[refused.why]}</p>}
        {looked?.gaps.map(({ author, gap }) => (
          <p key={author}>{say.gaps[gap](personNames(gundo, [author]))}</p>
        ))}
        {looked?.refused.map(({ index, why }) => (
          <p key={index}>{say.refused[why](index + 1)}</p>
        ))}
        {looked?.strayed === true && <p>{say.strayed}</p>}
      </div>
    </>
  );
}
