import type { Emit, OwnAddress } from "../src/base/events.ts";
import { describeDemo } from "../src/cli/demo/describe.ts";
import type { Config, Secrets } from "../src/config/config.ts";

/** What a demo says of itself. It answers on loopback under two names; both are its own. */
export function announce(config: Config, secrets: Secrets, emit: Emit, port: number, origins: string[]): void {
  if (config.mode !== "demo") return;
  const url = config.publicOrigin ?? (`http://${config.host}:${port}` as OwnAddress);
  origins.push(`http://127.0.0.1:${port}`, `http://localhost:${port}`, url);
  const gatewaySecret = secrets.gatewaySecrets[0]!.reveal();
  if (config.role !== "edge") describeDemo(config.home, url, gatewaySecret);
  if (config.role !== "edge") emit({ event: "ready", screen: "console", address: `${url}/console` as OwnAddress });
  if (config.role !== "edge") emit({ event: "ready", screen: "trends", address: `${url}/trends` as OwnAddress });
  if (config.role === "core") return;
  emit({ event: "ready", screen: "page", address: `${url}/` as OwnAddress });
  const address = `${url}/gateway/africastalking/${gatewaySecret}/sms` as OwnAddress;
  if (config.role === "all") emit({ event: "ready", screen: "simulator", address: `${url}/simulator` as OwnAddress });
  emit({ event: "ready", screen: "gateway", address });
}
