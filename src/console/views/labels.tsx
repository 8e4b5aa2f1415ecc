import type { JSX } from "preact";
import { leaveLabelsNow } from "../labels/leave.ts";
import { personNames } from "../names.ts";
import { labelWords } from "../labels/words.ts";
import { useConsole, useStore } from "./context.ts";

/** A quarter's labels on their way to the release officers, whatever else is on screen. */
export function LabelsLeaving(): JSX.Element | null {
  const { gundo, state } = useConsole();
  const post = useStore(gundo.labels);
  if (post === null) return null;
  const say = labelWords[state.language];
  const { phase, progress, refusal } = post;
  const mayPost = phase === "ready" || phase === "refused";
  return (
    <section class="letters" aria-labelledby="labels-title" data-labels={phase}>
      <h2 id="labels-title">{say.title(post.period)}</h2>
      {phase !== "posted" && <p>{say.lead(personNames(gundo, post.officers))}</p>}
      {phase === "posting" && (
        <progress aria-labelledby="labels-said" value={progress.done} max={Math.max(1, progress.of)} />
      )}
      <p id="labels-said" role="status">
        {phase === "posting" && say.reading(progress.done, progress.of)}
        {phase === "posted" && say.posted}
      </p>
      <p role="alert">{refusal === null ? "" : say.refusals[refusal]}</p>
      {mayPost && (
        <button type="button" data-action="labels" onClick={() => void leaveLabelsNow(gundo)}>
          {phase === "ready" ? say.post : say.again}
        </button>
      )}
    </section>
  );
}
