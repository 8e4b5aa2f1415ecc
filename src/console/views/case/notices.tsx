import type { JSX } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { Notice } from "../../case/shown.ts";
import { useCase } from "./parts.tsx";
import { EventPart } from "./timeline.tsx";

/** What became of the last press; always there, so that a screen reader hears it fill. */
export function Notices({ notice }: { readonly notice: Notice | null }): JSX.Element {
  const { say } = useCase();
  return (
    <>
      <p class="outcome" role="status" data-done={notice?.notice === "done" ? notice.kind : undefined}>
        {notice?.notice === "done" ? say.done[notice.kind] : ""}
      </p>
      <div class="refusal" role="alert" data-refusal={notice?.notice === "refused" ? notice.refusal : undefined}>
        {notice?.notice === "refused" && <p>{say.refusals[notice.refusal]}</p>}
        {notice?.notice === "conflict" && (
          <div data-conflict>
            <p>{say.conflict}</p>
            {notice.newer !== null && <EventPart event={notice.newer} />}
          </div>
        )}
      </div>
    </>
  );
}

/** What waits to leave, whatever is on screen; the browser asks before the tab is closed over it. */
export function LettersWaiting(): JSX.Element | null {
  const { gundo, say } = useCase();
  const [count, setCount] = useState(() => gundo.letters.get());
  // Both before the screen is painted: a tab that is closed the moment the notice shows is asked about too.
  useLayoutEffect(() => gundo.letters.subscribe(() => setCount(gundo.letters.get())), []);
  useLayoutEffect(() => {
    if (count === 0) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [count === 0]);
  if (count === 0) return null;
  return (
    <div class="letters" role="status">
      <p>{say.leaving(count)}</p>
      <p>
        <button type="button" onClick={() => gundo.leaving.sendNow()} aria-describedby="send-now-hint">
          {say.sendNow}
        </button>
        <span class="hint" id="send-now-hint">
          {say.sendNowHint}
        </span>
      </p>
    </div>
  );
}
