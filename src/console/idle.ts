import { lock, type Console } from "./console.ts";

/** Nobody touched the page for so long: whoever left it open has gone. */
const idleMs = 10 * 60_000;
const lookEveryMs = 5_000;
const signs = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"] as const;

/** Locks when nobody is there. The clock is read, not a timer trusted: a laptop that slept wakes up locked. */
export function lockWhenIdle(gundo: Console): void {
  let lastMs = gundo.clock.nowMs();
  const look = (): void => {
    if (gundo.session !== null && gundo.clock.nowMs() - lastMs >= idleMs) lock(gundo, "idle");
  };
  for (const sign of signs)
    document.addEventListener(
      sign,
      () => {
        // First: the touch that wakes a sleeping laptop must find it locked.
        look();
        lastMs = gundo.clock.nowMs();
      },
      { passive: true, capture: true },
    );
  setInterval(look, lookEveryMs);
}
