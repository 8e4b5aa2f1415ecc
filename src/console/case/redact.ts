/** Stands for what was taken out, whatever its length was: a length can tell a name. */
export const taken = "█████";

/** A piece of a text: as it was written, or taken out and why. */
export interface Piece {
  readonly text: string;
  readonly why: "number" | "address" | "name" | null;
}

// A number is written in many ways and scripts: any run of digits, however it is set out, of four digits and more, with
// what joins them. A year falls with the rest.
const number = String.raw`(?:\(?[+＋]\s?|\()?\p{Nd}(?:[\s.\-–—_/()·,]{0,3}\p{Nd}){3,}`;
const address = String.raw`(?:https?:\/\/|www\.)\S+|\S+@\S+|(?<!\p{L})[@#]\p{L}[\p{L}\p{Nd}_.]+`;
// A capital where no sentence begins; several of them, with the small words between, are one name.
const capital = String.raw`\p{Lu}[\p{L}\p{M}'’\-]*`;
const particle = String.raw`(?:ag|ould|walet|dit|dite|de|du|ben|bin|al|el)`;
const name = String.raw`(?<![\p{L}\p{M}'’\-])${capital}(?:\s+(?:${particle}\s+)*${capital})*`;
const pattern = new RegExp(`(?<address>${address})|(?<number>${number})|(?<name>${name})`, "gu");

/**
 * A text in pieces, with what most often points at a person taken out: numbers, addresses, capitalised words. It is a
 * start for a careful reader and no more: who writes without capitals names people all the same, so nothing leaves before
 * somebody has read it (web.md, Actions).
 */
export function redact(text: string, keep: readonly string[] = []): readonly Piece[] {
  const pieces: Piece[] = [];
  const kept = new Set(keep.flatMap((words) => words.toLowerCase().split(/[\s-]+/)));
  let end = 0;
  for (const found of text.matchAll(pattern)) {
    const why = whyOf(found, text, kept);
    if (why === null) continue;
    if (found.index > end) pieces.push({ text: text.slice(end, found.index), why: null });
    pieces.push({ text: found[0], why });
    end = found.index + found[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), why: null });
  return pieces;
}

/** The text with the taken pieces blanked. */
export function redactedText(pieces: readonly Piece[]): string {
  return pieces.map(({ text, why }) => (why === null ? text : taken)).join("");
}

function whyOf({ groups, index, 0: found }: RegExpMatchArray, text: string, kept: ReadonlySet<string>): Piece["why"] {
  if (groups?.["address"] !== undefined) return "address";
  if (groups?.["number"] !== undefined) return "number";
  const words = found.split(/[\s-]+/);
  if (words.every((word) => kept.has(word.toLowerCase()))) return null;
  const opensSentence = /(^|[.!?:;\n])["«“\s]*$/u.test(text.slice(0, index));
  return opensSentence && words.length === 1 && opening.has(words[0]!.toLowerCase()) ? null : "name";
}

// Words that often open a sentence in French and English; any other capital is taken for a name.
const opening = new Set(
  (
    "a au aux avec ce ces cette chaque comme dans de depuis des deux du elle elles en et hier ici il ils j'ai je la le les " +
    "leur leurs ma mais mon nous on ou où par pas pendant plusieurs pour quand que qui sans ses si son sous sur ton tous " +
    "tout trois un une vers voici vous y an and are at by every four from he her here his how i in is it last many my near " +
    "no now of on one our she since some that the their there these they this three to two we what when where who with you"
  ).split(" "),
);
