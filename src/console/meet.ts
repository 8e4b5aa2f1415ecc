import { codeOf, Fault } from "../base/fault.ts";
import { lock, type Console, type Session } from "./console.ts";

/** What a look at the server met: a reviewer who is out sees it at once; a server that is away is waited for. */
export function meet(gundo: Console, session: Session, error: unknown): void {
  if (session.ends.signal.aborted) return;
  const code = codeOf(error);
  if (code === "session.refused" || code === "session.required" || code === "forbidden") lock(gundo, "removed");
  else if (error instanceof Fault) setOffline(gundo, session, true);
  else throw error;
}

export function setOffline({ store }: Console, session: Session, offline: boolean): void {
  if (session.ends.signal.aborted || store.get().offline === offline) return;
  store.update((state) => ({ ...state, offline }));
}

/** Waits so many milliseconds, or until the session ends. */
export function pause(ms: number, ends: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, Math.max(0, ms));
    function done(): void {
      clearTimeout(timer);
      ends.removeEventListener("abort", done);
      resolve();
    }
    ends.addEventListener("abort", done);
    if (ends.aborted) done();
  });
}
