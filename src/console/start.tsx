import { render } from "preact";
import { systemChance } from "../base/chance.ts";
import { systemClock } from "../base/clock.ts";
import { lock, openConsole } from "./console.ts";
import { lockWhenIdle } from "./idle.ts";
import { ConsoleContext } from "./views/context.ts";
import { Frame } from "./views/frame.tsx";

/** Draws the console into the shell. `script` is the page's own, out of which workers are started. */
export function startConsole(script: string): void {
  const style = document.querySelector("style")?.textContent ?? "";
  const english = navigator.language.toLowerCase().startsWith("en");
  const gundo = openConsole({ script, style }, systemClock, systemChance, english ? "en" : "fr");
  render(
    <ConsoleContext.Provider value={gundo}>
      <Frame />
    </ConsoleContext.Provider>,
    document.getElementById("console")!,
  );
  lockWhenIdle(gundo);
  // A page that the browser would keep for "back" is let go of first.
  window.addEventListener("pagehide", () => lock(gundo, "asked"));
}
