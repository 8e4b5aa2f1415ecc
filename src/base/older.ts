/**
 * Brings what the language got after the oldest browsers of a laptop, Firefox 115 and Chrome 109 (web.md), and what rooms
 * that also run on Node use. Call it first, in a page and in a worker alike. `test/since.test.ts` finds what is missing here.
 */
export function bringYounger(): void {
  // Chrome 110.
  bring(Array.prototype, "toSorted", toSorted);
  bring(Array.prototype, "toReversed", toReversed);
  // Chrome 117, Firefox 119.
  bring(Map, "groupBy", groupBy);
  // Chrome 125, Firefox 141; esbuild looks for this one where it lowers `using`.
  bring(Symbol, "dispose", Symbol.for("Symbol.dispose"));
}

/** The standard's own name, where a browser is older than it. */
function bring(owner: object, name: string, value: unknown): void {
  if (!(name in owner)) Object.defineProperty(owner, name, { value, writable: true, configurable: true });
}

function toSorted<T>(this: readonly T[], compare?: (a: T, b: T) => number): T[] {
  // oxlint-disable-next-line unicorn/no-array-sort -- what it is made of, on a copy
  return [...this].sort(compare);
}

function toReversed<T>(this: readonly T[]): T[] {
  // oxlint-disable-next-line unicorn/no-array-reverse -- what it is made of, on a copy
  return [...this].reverse();
}

function groupBy<K, T>(items: Iterable<T>, keyOf: (item: T, index: number) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
