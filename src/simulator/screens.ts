import type { Phone, SentSms } from "./phone.ts";
import type { SimulatorWords } from "./words.ts";

/** What the phone's screen says. */
export function screenOf({ place, sent, received }: Phone, words: SimulatorWords): string {
  if (place.at === "asked" || place.at === "over") return place.screen;
  if (place.at === "sent") return sentText(sent, words);
  if (place.at === "received") return receivedText(received, words);
  return place.at === "idle" && received.length > 0 ? `${words.idle}\n${words.newSms}` : words[place.at];
}

function sentText(sent: readonly SentSms[], words: SimulatorWords): string {
  const lines = sent.map(({ text, state }) => `- ${text} (${words.sms[state]})`);
  return [words.sentTitle, ...(lines.length === 0 ? [words.nothingSent] : lines)].join("\n");
}

/** The newest first, as phones show them. */
function receivedText(received: readonly string[], words: SimulatorWords): string {
  const lines = received.toReversed().map((text) => `- ${text}`);
  return [words.receivedTitle, ...(lines.length === 0 ? [words.nothingSent] : lines)].join("\n");
}
