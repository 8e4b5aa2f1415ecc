import type { Console } from "./console.ts";
import type { State, Theme } from "./state.ts";
import type { Language } from "./words.ts";

export function setLanguage({ store, memory }: Console, language: Language): void {
  memory.write({ language });
  store.update((state) => ({ ...state, language }));
}

export function setTheme({ store, memory }: Console, theme: Theme): void {
  memory.write({ theme });
  store.update((state) => ({ ...state, theme }));
}

/** Language and colours on the page's own root, where screen readers and the style look for them. */
export function applyTaste({ language, theme }: Pick<State, "language" | "theme">): void {
  document.documentElement.lang = language;
  document.documentElement.dataset["theme"] = theme;
}
