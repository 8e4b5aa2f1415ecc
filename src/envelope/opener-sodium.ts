import sodium, { ready } from "libsodium-wrappers";
import type { Decapsulator } from "./open.ts";

/** X-Wing decapsulation by libsodium, once its WebAssembly is ready: for the console and the CLI. */
export async function sodiumDecapsulator(): Promise<Decapsulator> {
  await ready;
  return { decapsulate: (enc, identity) => sodium.crypto_kem_xwing_dec(enc, identity.reveal()) };
}
