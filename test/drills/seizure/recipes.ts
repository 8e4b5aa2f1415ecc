import { utf8 } from "../../../src/base/bytes.ts";

/** A key that was seized, and the file or variable it was in. */
export interface SeizedKey {
  readonly name: string;
  /** At most 64 bytes. */
  readonly bytes: Uint8Array;
  /** A text that stands for a key, which is tried besides: only what a careless program does with a text is tried with it. */
  readonly isText?: true;
}

/** One way to make a value out of a number: a primitive over `before`, the eight digits, `after`. */
export interface Recipe {
  readonly says: string;
  readonly primitive: "sha256" | "hmacSha256" | "blake2b";
  /** Of HMAC or of BLAKE2b; empty for none. */
  readonly key: Uint8Array;
  /** Of BLAKE2b. */
  readonly digestBytes: number;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

const nothing = new Uint8Array(0);

/** How programs write a number before they hash it. */
const spellings = ["+223", "223", ""];

/** What the product itself hashes beside a number, or would if a provider's id were one (src/intake/seen.ts, sources.ts). */
const contexts: readonly (readonly [string, string])[] = [
  ["the product's seen", "gundo/seen/v1\0africastalking\0+223"],
  ["the product's source tag", "gundo/source/v1+223"],
];

function recipe(says: string, primitive: Recipe["primitive"], part: Partial<Recipe>): Recipe {
  return { says, primitive, key: nothing, digestBytes: 32, before: nothing, after: nothing, ...part };
}

/** What needs no key. */
function plainRecipes(): readonly Recipe[] {
  return spellings.flatMap((spelling) => [
    recipe(`SHA-256(${spelling}n)`, "sha256", { before: utf8(spelling) }),
    recipe(`BLAKE2b-256(${spelling}n)`, "blake2b", { before: utf8(spelling) }),
    recipe(`BLAKE2b-128(${spelling}n)`, "blake2b", { before: utf8(spelling), digestBytes: 16 }),
  ]);
}

const whole = "+223";
/** A longer key does not fit one block beside a number. */
const mostBesideBytes = 43;

/** Three spellings under HMAC, which is what programs take; the others as the product writes a number. */
function keyedRecipes({ name, bytes, isText }: SeizedKey): readonly Recipe[] {
  const under = `under ${name}`;
  const hmac = (spelling: string): Recipe =>
    recipe(`HMAC-SHA-256 of ${spelling}n ${under}`, "hmacSha256", { key: bytes, before: utf8(spelling) });
  if (isText === true) return [hmac(whole)];
  return [
    ...spellings.map(hmac),
    recipe(`BLAKE2b-256 of ${whole}n ${under}`, "blake2b", { key: bytes, before: utf8(whole) }),
    ...(bytes.length > mostBesideBytes ? [] : besideRecipes(under, bytes)),
    ...contexts.map(([says, before]) =>
      recipe(`${says}, ${under}`, "hmacSha256", { key: bytes, before: utf8(before) }),
    ),
  ];
}

function besideRecipes(under: string, key: Uint8Array): readonly Recipe[] {
  return [
    recipe(`SHA-256(key, ${whole}n) ${under}`, "sha256", { before: Buffer.concat([key, utf8(whole)]) }),
    recipe(`SHA-256(${whole}n, key) ${under}`, "sha256", { before: utf8(whole), after: key }),
  ];
}

/** Everything that is tried for one number. */
export function recipesFor(keys: readonly SeizedKey[]): readonly Recipe[] {
  return [...plainRecipes(), ...keys.flatMap(keyedRecipes)];
}
