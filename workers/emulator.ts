import { base64url } from "../src/base/bytes.ts";
import type { Chance } from "../src/base/chance.ts";
import { Secret } from "../src/base/secret.ts";
import { openAfricasTalking } from "../src/gateway/africastalking/out.ts";
import type { Outbound } from "../src/gateway/outbound.ts";
import { openEmulator } from "../src/gateway/simulator/emulator.ts";
import type { Phones } from "../src/gateway/simulator/phones.ts";
import { listen } from "./web.ts";

export interface EmulatedOutbound extends AsyncDisposable {
  readonly outbound: Outbound;
}

/** A demo's way out: the real SDK, to a provider of our own on loopback, to phones in memory. */
export async function startEmulator(
  phones: Phones,
  chance: Chance,
  answerWithinMs?: number,
): Promise<EmulatedOutbound> {
  const apiKey = base64url(chance.bytes(32));
  const web = await listen(openEmulator({ phones, apiKey, chance }), "127.0.0.1", 0);
  const endpoint = `http://127.0.0.1:${web.port}/version1/messaging`;
  const account = { username: "gundo", apiKey: new Secret(apiKey) };
  const limit = answerWithinMs === undefined ? {} : { answerWithinMs };
  const outbound = openAfricasTalking(account, { endpoint, ...limit });
  return { outbound, [Symbol.asyncDispose]: () => web[Symbol.asyncDispose]() };
}
