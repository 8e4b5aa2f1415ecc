import { createContext } from "preact";
import { useContext, useLayoutEffect, useState } from "preact/hooks";
import { Fault } from "../../base/fault.ts";
import type { Console } from "../console.ts";
import { english } from "../en.ts";
import { french } from "../fr.ts";
import type { State } from "../state.ts";
import type { Store } from "../store.ts";
import type { ConsoleWords, Language } from "../words.ts";

export const ConsoleContext = createContext<Console | null>(null);

const scripts: Readonly<Record<Language, ConsoleWords>> = { fr: french, en: english };

function wordsIn(language: Language): ConsoleWords {
  return scripts[language];
}

/** What a view draws from, drawn again when it changes. */
export interface Shown {
  readonly gundo: Console;
  readonly state: State;
  readonly words: ConsoleWords;
}

export function useConsole(): Shown {
  const gundo = useContext(ConsoleContext);
  if (gundo === null) throw new Fault("bug");
  const state = useStore(gundo.store);
  return { gundo, state, words: wordsIn(state.language) };
}

export function useStore<T>(store: Store<T>): T {
  const [value, setValue] = useState(() => store.get());
  useLayoutEffect(() => {
    const take = (): void => setValue(() => store.get());
    take();
    return store.subscribe(take);
  }, [store]);
  return value;
}
