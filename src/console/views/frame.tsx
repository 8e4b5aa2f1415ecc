import type { JSX } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { lock } from "../console.ts";
import { applyTaste, setLanguage, setTheme } from "../taste.ts";
import type { Screen, Theme } from "../state.ts";
import { CaseView } from "./case/case.tsx";
import { LettersWaiting } from "./case/notices.tsx";
import { useConsole } from "./context.ts";
import { EnrolView } from "./enrol.tsx";
import { InboxView } from "./inbox.tsx";
import { useShortcuts } from "./shortcuts.ts";
import { ReleaseView } from "./release/release.tsx";
import { LabelsLeaving } from "./labels.tsx";
import { Sheet } from "./sheet.tsx";
import { UnlockView } from "./unlock.tsx";
import { Warnings } from "./warnings.tsx";

/** The whole page: what is always there, and one screen. */
export function Frame(): JSX.Element {
  const { gundo, state, words } = useConsole();
  useLayoutEffect(() => applyTaste(state), [state.language, state.theme]);
  useShortcuts({
    lock: () => lock(gundo, "asked"),
    sheet: () => gundo.store.update((before) => ({ ...before, sheet: true })),
  });
  return (
    <>
      <a class="skip" href="#main">
        {words.skip}
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <Warnings />
        <LettersWaiting />
        <LabelsLeaving />
        {state.offline && (
          <p class="notice" role="status">
            {words.offline}
          </p>
        )}
        <ScreenView screen={state.screen} />
      </main>
      {state.sheet && <Sheet />}
    </>
  );
}

function ScreenView({ screen }: { readonly screen: Screen }): JSX.Element {
  if (screen.screen === "unlock") return <UnlockView />;
  if (screen.screen === "inbox") return <InboxView />;
  if (screen.screen === "release") return <ReleaseView />;
  if (screen.screen === "case") return <CaseView id={screen.id} />;
  return <EnrolView renews={screen.screen === "renew"} />;
}

const themes: readonly Theme[] = ["system", "light", "dark"];

function Header(): JSX.Element {
  const { gundo, state, words } = useConsole();
  const { signedIn } = state;
  return (
    <header>
      <p class="brand">Gundo</p>
      {signedIn !== null && <p class="who">{words.signedInAs(signedIn.name, signedIn.organisation)}</p>}
      <div class="tools">
        <label>
          {words.theme}
          <select
            autocomplete="off"
            value={state.theme}
            onChange={({ currentTarget }) => setTheme(gundo, currentTarget.value as Theme)}
          >
            {themes.map((theme) => (
              <option key={theme} value={theme}>
                {words.themes[theme]}
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          lang={words.otherLanguage.language}
          onClick={() => setLanguage(gundo, words.otherLanguage.language)}
        >
          {words.otherLanguage.name}
        </button>
        <button type="button" onClick={() => gundo.store.update((before) => ({ ...before, sheet: true }))}>
          {words.shortcuts}
        </button>
        {signedIn !== null && (
          <button type="button" class="lock" onClick={() => lock(gundo, "asked")}>
            {words.lock}
          </button>
        )}
      </div>
    </header>
  );
}
