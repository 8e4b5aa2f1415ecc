import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { keyNames, type Shortcut } from "../keyboard.ts";
import { useConsole } from "./context.ts";

/** The keys, in a dialogue of the browser's own: it holds the focus, and Escape closes it. */
export function Sheet(): JSX.Element {
  const { gundo, words } = useConsole();
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the screen is painted: until the dialogue is open, keys would still be the page's.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const close = (): void => gundo.store.update((before) => ({ ...before, sheet: false }));
  return (
    <dialog ref={dialog} aria-labelledby="sheet" onClose={close}>
      <h2 id="sheet">{words.sheetTitle}</h2>
      <dl class="keys">
        {(Object.keys(keyNames) as readonly Shortcut[]).map((shortcut) => (
          <div key={shortcut}>
            <dt>
              <kbd>{keyNames[shortcut]}</kbd>
            </dt>
            <dd>{words.keys[shortcut]}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={() => dialog.current?.close()}>
        {words.close}
      </button>
    </dialog>
  );
}
