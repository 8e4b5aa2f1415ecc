import { hex } from "../../base/bytes.ts";
import type { Chance } from "../../base/chance.ts";
import type { Outbound } from "../outbound.ts";
import { conductOf } from "./conduct.ts";
import type { Phones } from "./phones.ts";

/** The way to a demo's phones without any provider between; numbers that stand for trouble meet it here too. */
export function openSimulatorOut(phones: Phones, chance: Chance): Outbound {
  return {
    gateway: "simulator",
    send: ({ to, text }) => {
      const { outcome, arrives } = conductOf(to);
      if (arrives) phones.deliver(to, text);
      const providerId = `simulated-${hex(chance.bytes(16))}`;
      return Promise.resolve(outcome === "accepted" ? { kind: outcome, providerId } : { kind: outcome });
    },
  };
}
