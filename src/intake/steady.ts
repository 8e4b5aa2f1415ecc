/** Waits for so many milliseconds; a test turns its own clock. */
export type Wait = (ms: number) => Promise<void>;

export const systemWait: Wait = (ms) => new Promise((resolve) => void setTimeout(resolve, ms));

/**
 * Settles as `work` does, but only `everyMs` after it began, or a whole multiple of that when the work took longer: what
 * a mailbox holds does not show in the time of an answer (envelope.md, Receipts and mailboxes). Failures are as late.
 */
export async function steadily<T>(everyMs: number, work: () => Promise<T>, wait: Wait = systemWait): Promise<T> {
  const progress = { ended: false };
  const working = work().finally(() => (progress.ended = true));
  // It is awaited below; until then its failure is nobody's loose end.
  working.catch(() => undefined);
  do await wait(everyMs);
  while (!progress.ended);
  return working;
}

/** The value, or null when there is none or it takes longer. */
export async function within<T>(ms: number, value: Promise<T | null> | null): Promise<T | null> {
  if (value === null) return null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), ms)));
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
}
