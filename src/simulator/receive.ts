import type { E164 } from "../base/brand.ts";

const lookEveryMs = 1_000;
const patienceMs = 5_000;

/**
 * Looks now and then for what the demo sent to this phone, as long as the page is there. `number` is asked each time; what
 * comes for another number than the one in force by then is dropped.
 */
export function receiveAll(number: () => E164, received: (texts: readonly string[]) => void): void {
  const look = async (): Promise<void> => {
    const mine = number();
    const texts = await messagesOf(mine);
    if (texts !== null && mine === number()) received(texts);
    setTimeout(() => void look(), lookEveryMs);
  };
  void look();
}

/** Null when the demo does not answer: then the phone keeps what it has. */
async function messagesOf(number: E164): Promise<readonly string[] | null> {
  try {
    const path = `/simulator/messages?number=${encodeURIComponent(number)}`;
    const response = await fetch(path, { credentials: "omit", signal: AbortSignal.timeout(patienceMs) });
    const texts: unknown = response.ok ? await response.json() : null;
    return Array.isArray(texts) ? texts.filter((text) => typeof text === "string") : null;
  } catch {
    return null;
  }
}
