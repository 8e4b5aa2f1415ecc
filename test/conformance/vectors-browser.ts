import { nobleDecapsulator } from "../../src/envelope/opener-noble.ts";
import { sodiumDecapsulator } from "../../src/envelope/opener-sodium.ts";
import { tryVectors, type AgeVector, type Tried } from "./vectors.ts";

/** In a browser: the page's engine and opener, and the console's. */
async function tryInBrowser(age: readonly AgeVector[]): Promise<Tried> {
  return tryVectors(age, { noble: nobleDecapsulator, libsodium: await sodiumDecapsulator() });
}

/** Where the test finds it once the script has run. */
export interface InBrowser {
  tryInBrowser: typeof tryInBrowser;
}
Object.assign(globalThis, { tryInBrowser } satisfies InBrowser);
