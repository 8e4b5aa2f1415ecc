import type { E164 } from "../../../src/base/brand.ts";
import { systemChance } from "../../../src/base/chance.ts";
import { openEmulator } from "../../../src/gateway/simulator/emulator.ts";
import { openPhones } from "../../../src/gateway/simulator/phones.ts";
import { listen } from "../../../workers/web.ts";

/** Where a drill's server sends its answers by SMS. */
export interface Provider extends AsyncDisposable {
  readonly url: string;
  readonly apiKey: string;
  /** What arrived at a phone. */
  messagesOf(phone: E164): readonly string[];
}

export async function startProvider(): Promise<Provider> {
  const phones = openPhones();
  const apiKey = Buffer.from(systemChance.bytes(32)).toString("hex");
  const web = await listen(openEmulator({ phones, apiKey, chance: systemChance }), "127.0.0.1", 0);
  return {
    url: `http://127.0.0.1:${web.port}/version1/messaging`,
    apiKey,
    messagesOf: (phone) => phones.messagesOf(phone),
    [Symbol.asyncDispose]: () => web[Symbol.asyncDispose](),
  };
}
