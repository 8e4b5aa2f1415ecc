import { demoReader } from "../src/cli/demo/reader.ts";
import type { Config, Secrets } from "../src/config/config.ts";
import type { Gate } from "../src/gate/app.ts";
import type { Answers } from "./answers.ts";
import { bundleSimulator } from "./simulator-bundle.ts";

/** A demo's phone on screen, where the gateway's routes are; anywhere else there is none. */
export async function simulatorOf(
  config: Config,
  secrets: Secrets,
  { phones }: Answers,
): Promise<Pick<Gate, "simulator">> {
  if (config.mode !== "demo") return {};
  const assets = await bundleSimulator();
  return { simulator: { assets, gatewaySecret: secrets.gatewaySecrets[0]!, reader: demoReader(config.home), phones } };
}
