import type { JSX } from "preact";
import { resealAll } from "../../case/reseal.ts";
import { Section, useCase } from "./parts.tsx";

/** Under the list: open cases for the desk as it is today. */
export function Reseal(): JSX.Element {
  const { gundo, state, say } = useCase();
  const { resealing } = state;
  const isBusy = resealing?.done === false;
  return (
    <Section name="reseal" title={say.resealTitle}>
      <p class="hint">{say.resealLead}</p>
      {isBusy && (
        <p class="opening">
          <label for="resealing">{say.resealing(resealing.progress.done, resealing.progress.of)}</label>
          <progress id="resealing" value={resealing.progress.done} max={Math.max(1, resealing.progress.of)} />
        </p>
      )}
      <p role="status" data-resealed={resealing?.done === true ? resealing.resealed : undefined}>
        {resealing?.done === true ? say.resealed(resealing.resealed, resealing.refused) : ""}
      </p>
      <button type="button" data-action="reseal" aria-disabled={isBusy} onClick={() => void resealAll(gundo)}>
        {say.reseal}
      </button>
    </Section>
  );
}
