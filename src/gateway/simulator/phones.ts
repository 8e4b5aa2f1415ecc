import type { E164 } from "../../base/brand.ts";

/** The messages that a demo's phones were sent: in memory, so that no demo writes down a number either. */
export interface Phones {
  deliver(to: E164, text: string): void;
  /** Oldest first. */
  messagesOf(number: E164): readonly string[];
}

const mostPhones = 1_000;
const mostMessages = 20;

/** Under a flood the oldest phone's messages go. */
export function openPhones(): Phones {
  const received = new Map<E164, readonly string[]>();
  return {
    deliver: (to, text) => {
      const messages = [...(received.get(to) ?? []), text].slice(-mostMessages);
      received.delete(to);
      received.set(to, messages);
      if (received.size > mostPhones) received.delete(received.keys().next().value!);
    },
    messagesOf: (number) => received.get(number) ?? [],
  };
}
