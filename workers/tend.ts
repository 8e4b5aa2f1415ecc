import type { Emit } from "../src/base/events.ts";
import { codeOf } from "../src/base/fault.ts";

const tendMs = 60_000;

/** Does every minute what must be done whether or not anybody calls; one that fails is told of, and tried again. */
export function tend(task: () => void, emit: Emit): Disposable {
  const tending = setInterval(() => {
    try {
      task();
    } catch (error) {
      emit({ event: "failed", part: "gate", code: codeOf(error) });
    }
  }, tendMs);
  return { [Symbol.dispose]: () => clearInterval(tending) };
}
