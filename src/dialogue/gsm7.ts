// 3GPP TS 23.038 §6.2.1: the basic set costs one septet a character, the extension table (§6.2.1.1) two.
const basic = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const extension = new Set("\f^{}\\[~]|€");

// What stays readable when written with GSM-7's letters though it has no accent to take off.
const spelled: ReadonlyMap<string, string> = new Map([
  ...["\u2018", "\u2019", "\u201a", "\u201b", "\u02bc", "\u2032"].map((quote) => [quote, "'"] as const),
  ...["\u201c", "\u201d", "\u201e", "\u00ab", "\u00bb"].map((quote) => [quote, '"'] as const),
  ...["\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"].map((dash) => [dash, "-"] as const),
  ...["\u00a0", "\u2009", "\u202f", "\t"].map((space) => [space, " "] as const),
  ..."ɛe ƐE ɔo ƆO ɓb ƁB ɗd ƊD ƴy ƳY".split(" ").map(([from, to]) => [from!, to!] as const),
  ["ɲ", "ny"],
  ["Ɲ", "Ny"],
  ["ŋ", "ng"],
  ["Ŋ", "Ng"],
  ["œ", "oe"],
  ["Œ", "Oe"],
  ["…", "..."],
]);

function septetsOf(character: string): number | null {
  if (basic.has(character)) return 1;
  return extension.has(character) ? 2 : null;
}

/** Septets that `text` takes in GSM-7, an extension character counting two; null when GSM-7 cannot write it. */
export function septets(text: string): number | null {
  let total = 0;
  for (const character of text) {
    const cost = septetsOf(character);
    if (cost === null) return null;
    total += cost;
  }
  return total;
}

/** Whether GSM-7, with its extension table, can write every character of `text`. */
export function isGsm7(text: string): boolean {
  return septets(text) !== null;
}

function spell(character: string): string {
  if (septetsOf(character) !== null) return character;
  const whole = spelled.get(character);
  if (whole !== undefined) return whole;
  const bare = character.normalize("NFD").replace(/\p{M}/gu, "");
  return bare !== "" && isGsm7(bare) ? bare : character;
}

/** `text` with GSM-7's letters wherever one stands for another (ê as e, é as it is); what has none stays. */
export function respell(text: string): string {
  return Array.from(text.normalize("NFC"), spell).join("");
}

/** `text` in GSM-7 whatever it held: respelled, and `?` for each character of another script. */
export function toGsm7(text: string): string {
  return Array.from(respell(text), (character) => (septetsOf(character) === null ? "?" : character)).join("");
}

/** The longest beginning of `text` within `limit`, each character costing what `cost` says; no character is split. */
export function beginningOf(text: string, limit: number, cost: (character: string) => number): string {
  let spent = 0;
  let end = 0;
  for (const character of text) {
    spent += cost(character);
    if (spent > limit) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** What one character costs of a GSM-7 screen; only for text that is GSM-7. */
export function septetCost(character: string): number {
  return septetsOf(character) ?? Number.POSITIVE_INFINITY;
}

export interface SmsLength {
  readonly encoding: "gsm7" | "ucs2";
  /** Septets, or UTF-16 units. */
  readonly units: number;
  readonly messages: number;
}

function messagesOf(costs: readonly number[], alone: number, joined: number): number {
  let free = joined;
  let messages = 1;
  let units = 0;
  for (const cost of costs) {
    units += cost;
    if (cost > free) {
      messages++;
      free = joined;
    }
    free -= cost;
  }
  return units <= alone ? 1 : messages;
}

/** How an SMS of `text` goes out: 160 or 153 septets a message, or 70 or 67 UTF-16 units; no pair is split. */
export function smsLength(text: string): SmsLength {
  const units = septets(text);
  const costs = Array.from(text, (character) => (units === null ? character.length : septetCost(character)));
  return units === null
    ? { encoding: "ucs2", units: text.length, messages: messagesOf(costs, 70, 67) }
    : { encoding: "gsm7", units, messages: messagesOf(costs, 160, 153) };
}
