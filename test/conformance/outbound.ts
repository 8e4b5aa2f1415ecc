import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import type { Outbound } from "../../src/gateway/outbound.ts";
import { conducts, numberFor } from "../../src/gateway/simulator/conduct.ts";
import type { Phones } from "../../src/gateway/simulator/phones.ts";

/** A driver under test, and the phones behind it. */
export interface OutboundBench {
  readonly outbound: Outbound;
  readonly phones: Phones;
  stop(): Promise<void>;
}

/** The promises of `Outbound`, kept by every driver. */
export function outboundConformance(name: string, open: () => Promise<OutboundBench>): void {
  describe(`${name} keeps the promises of Outbound`, () => {
    let bench: OutboundBench;
    beforeAll(async () => {
      bench = await open();
    });
    afterAll(() => bench?.stop());

    test("a message arrives once, exactly as it was written, and nowhere else", async () => {
      const to = "+22370000011" as E164;
      const text = "Ɛ b'a dɔn — « où » ? 100 % & plus=+223\n🔒";
      const outcome = await bench.outbound.send({ to, text });
      expect(outcome).toEqual({ kind: "accepted", providerId: expect.stringMatching(/.{8}/) as unknown });
      expect(bench.phones.messagesOf(to)).toEqual([text]);
      expect(bench.phones.messagesOf("+22370000012" as E164)).toEqual([]);
    });

    test("two messages have two ids", async () => {
      const to = "+22370000013" as E164;
      const [first, second] = [
        await bench.outbound.send({ to, text: "1" }),
        await bench.outbound.send({ to, text: "2" }),
      ];
      expect(first).not.toEqual(second);
      expect(bench.phones.messagesOf(to)).toEqual(["1", "2"]);
    });

    test.each(Object.entries(conducts))(
      "conduct %s: what became of it is told, and it is tried once",
      async (id, { outcome, arrives }) => {
        const to = numberFor(id);
        const told = await bench.outbound.send({ to, text: "une fois" });
        expect(told.kind).toBe(outcome);
        expect(bench.phones.messagesOf(to)).toEqual(arrives ? ["une fois"] : []);
        expect(JSON.stringify(told)).not.toMatch(/une fois|37009/);
      },
    );
  });
}
