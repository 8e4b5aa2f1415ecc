// Controls and format characters: overrides of direction, zero widths, tags. They could make a screen show something else
// than was written. Joiners fall with them: a word in Arabic script loses a shape and no letter.
const unsafe = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
// More marks on one letter than any language puts there paint over the lines around it.
const piledMarks = /(\p{M}{3})\p{M}+/gu;

/** What somebody wrote, with nothing in it that a screen would obey; line breaks stay. */
export function shownText(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replaceAll("\t", " ").replaceAll(unsafe, "\uFFFD"));
  return lines.join("\n").replaceAll(piledMarks, "$1");
}
