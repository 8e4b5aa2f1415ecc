import { useLayoutEffect } from "preact/hooks";
import { shortcutOf, type Shortcut } from "../keyboard.ts";

/** What keys do while a view is there; those it does not name do nothing in it. */
export function useShortcuts(acts: Partial<Readonly<Record<Shortcut, () => unknown>>>): void {
  // Before the screen is painted: who types fast must not be faster than the keys.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const shortcut = shortcutOf(event);
      const act = shortcut === null ? undefined : acts[shortcut];
      if (act === undefined || document.querySelector("dialog[open]") !== null) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  });
}
