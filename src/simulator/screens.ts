import type { Phone, SentSms } from "./phone.ts";
import type { SimulatorWords } from "./words.ts";

/** What the phone's screen says. */
export function screenOf({ place, sent }: Phone, words: SimulatorWords): string {
  if (place.at === "asked" || place.at === "over") return place.screen;
  return place.at === "sent" ? sentText(sent, words) : words[place.at];
}

function sentText(sent: readonly SentSms[], words: SimulatorWords): string {
  const lines = sent.map(({ text, state }) => `- ${text} (${words.sms[state]})`);
  return [words.sentTitle, ...(lines.length === 0 ? [words.nothingSent] : lines)].join("\n");
}
