/** Letters without marks and case, so that "Ménaka" is found by "menaka"; Bambara's ɛ, ɔ, ɲ, ŋ are letters of their own. */
export function folded(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

/** The words that were typed, each of which must be somewhere. */
export function wordsSought(typed: string): readonly string[] {
  return folded(typed)
    .split(/\s+/)
    .filter((word) => word !== "");
}

export function holdsAll(sought: string, words: readonly string[]): boolean {
  return words.every((word) => sought.includes(word));
}
