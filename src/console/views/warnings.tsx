import type { JSX } from "preact";
import { useConsole } from "./context.ts";

/** What the server shows that is not what was seen last, by name, until it was read. */
export function Warnings(): JSX.Element | null {
  const { gundo, state, words } = useConsole();
  if (state.warnings.length === 0) return null;
  return (
    <section class="warnings" role="alert" aria-labelledby="warnings">
      <h2 id="warnings">{words.warningsTitle}</h2>
      <ul>
        {state.warnings.map((warning) => (
          <li key={warning} data-warning={warning}>
            {words.warnings[warning]}
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => gundo.store.update((before) => ({ ...before, warnings: [] }))}>
        {words.understood}
      </button>
    </section>
  );
}
