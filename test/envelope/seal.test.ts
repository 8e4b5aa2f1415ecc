import { Decrypter, Encrypter } from "age-encryption";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Plain, Sealed } from "../../src/base/brand.ts";
import { fromBase64nopad } from "../../src/base/bytes.ts";
import { systemChance, type Chance } from "../../src/base/chance.ts";
import { codeOf, Fault } from "../../src/base/fault.ts";
import { decodeFrame, encodeFrame } from "../../src/envelope/frame.ts";
import { readHeader } from "../../src/envelope/header-read.ts";
import { open, type Decapsulator } from "../../src/envelope/open.ts";
import { nodeDecapsulator } from "../../src/envelope/opener-node.ts";
import { sizeClasses } from "../../src/envelope/pad.ts";
import { formatIdentity, newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { prepare, seal, sealPrepared } from "../../src/envelope/seal.ts";
import { sealedLength, shapeOf } from "../../src/envelope/shape.ts";
import { bundleFor, openers, sealers } from "./sealers.ts";

const identities = [newIdentity(systemChance), newIdentity(systemChance), newIdentity(systemChance)];
const recipients = identities.map(recipientOf);
const stranger = newIdentity(systemChance);

function frameOf(bodyLength: number): Plain {
  return encodeFrame({ kind: "report", body: systemChance.bytes(bodyLength) });
}

function outcome(act: () => unknown): string {
  try {
    act();
    return "opened";
  } catch (thrown) {
    return codeOf(thrown);
  }
}

function judge(identity: (typeof identities)[number]): Decrypter {
  const decrypter = new Decrypter();
  decrypter.addIdentity(formatIdentity(identity));
  return decrypter;
}

// The stanzas tried, by their place in the file.
function tried(identity: (typeof identities)[number], firstTry: number): readonly number[] {
  const sealed = seal(recipients, frameOf(10), systemChance);
  const order = readHeader(sealed)!.stanzas.map(({ args }) => fromBase64nopad(args[0]!)!);
  const seen: number[] = [];
  const watching: Decapsulator = {
    decapsulate(enc, own) {
      seen.push(order.findIndex((other) => Buffer.compare(other, enc) === 0));
      return nodeDecapsulator.decapsulate(enc, own);
    },
  };
  outcome(() => open(sealed, identity, watching, firstTry));
  return seen;
}

describe.each(sealers)("sealed by $name", (sealer) => {
  it.each(openers)("opens by $name, for each reader from each first try", ({ decapsulator }) => {
    const plain = frameOf(1000);
    const sealed = sealer.seal(recipients, plain, systemChance);
    for (const identity of identities)
      for (const firstTry of [undefined, 0, 1, 2, 3, -1])
        expect(Buffer.compare(open(sealed, identity, decapsulator, firstTry), plain)).toBe(0);
    expect(outcome(() => open(sealed, stranger, decapsulator))).toBe("envelope.unopenable");
  });

  it.each(sizeClasses)("opens by age itself in a class of %i bytes, of the length foretold", async (size) => {
    const plain = frameOf(size - 10);
    const sealed = sealer.seal(recipients, plain, systemChance);
    expect(sealed).toHaveLength(sealedLength(3, size));
    expect(shapeOf(sealed)).toEqual({ stanzas: 3, sizeClass: size });
    expect(Buffer.compare(await judge(identities[1]!).decrypt(sealed), plain)).toBe(0);
    expect(Buffer.compare(open(sealed, identities[2]!, nodeDecapsulator), plain)).toBe(0);
  });

  it("has one length for a class, whatever is in it and whoever reads it", () => {
    const fresh = [0, 1, 2].map(() => recipientOf(newIdentity(systemChance)));
    const lengths = [0, 1, 4000, 8182].flatMap((length) =>
      [recipients, fresh].map((readers) => sealer.seal(readers, frameOf(length), systemChance).length),
    );
    expect(new Set(lengths)).toEqual(new Set([sealedLength(3, 8192)]));
  });

  it("seals to one reader and to twenty", () => {
    for (const count of [1, 20]) {
      const readers = Array.from({ length: count }, () => recipients[0]!);
      const sealed = sealer.seal(readers, frameOf(10), systemChance);
      expect(sealed).toHaveLength(sealedLength(count, 8192));
      expect(decodeFrame(open(sealed, identities[0]!, nodeDecapsulator, count - 1)).kind).toBe("report");
    }
  });

  it("refuses to seal to nobody", () => {
    expect(() => sealer.seal([], frameOf(1), systemChance)).toThrow("envelope.tooFewReaders");
  });

  it("seals what is not a frame, as a capsule is, and nothing at all", () => {
    for (const length of [0, 64, 65_536, 65_537]) {
      const plain = systemChance.bytes(length) as Uint8Array as Plain;
      const sealed = sealer.seal(recipients, plain, systemChance);
      for (const { decapsulator } of openers)
        expect(Buffer.compare(open(sealed, identities[0]!, decapsulator), plain)).toBe(0);
    }
  });
});

describe("what age itself sealed", () => {
  it.each(openers)("opens by $name, in every class and with other stanzas about", async ({ decapsulator }) => {
    for (const length of [0, 1, 65_535, 65_536, 65_537, 262_144]) {
      const encrypter = new Encrypter();
      encrypter.addRecipient("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
      for (const recipient of recipients) encrypter.addRecipient(recipient);
      const plain = systemChance.bytes(length);
      const sealed = (await encrypter.encrypt(plain)) as Sealed;
      expect(Buffer.compare(open(sealed, identities[2]!, decapsulator, 2), plain)).toBe(0);
    }
  });
});

describe("opening", () => {
  it("tries the reviewer's own stanza first, then each other one once", () => {
    expect(tried(identities[1]!, 1)).toEqual([1]);
    expect(tried(identities[2]!, 1)).toEqual([1, 0, 2]);
    expect(tried(stranger, 2)).toEqual([2, 0, 1]);
    expect(tried(stranger, 3)).toEqual([0, 1, 2]);
  });

  it.each(openers.slice(0, 2))("expands an identity once by $name, however many files it opens", ({ decapsulator }) => {
    const identity = newIdentity(systemChance);
    const reveal = vi.spyOn(identity, "reveal");
    const sealed = seal([recipientOf(newIdentity(systemChance))], frameOf(10), systemChance);
    for (let files = 0; files < 3; files++) outcome(() => open(sealed, identity, decapsulator));
    expect(reveal).toHaveBeenCalledTimes(1);
  });
});

describe("what was changed", () => {
  it.each(openers)("does not open by $name, whichever bit it is", ({ decapsulator }) => {
    const sealed = seal(recipients.slice(0, 1), frameOf(100), systemChance);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: sealed.length - 1 }), fc.integer({ min: 0, max: 7 }), (at, bit) => {
        const bytes = Uint8Array.from(sealed);
        bytes[at]! ^= 1 << bit;
        expect(outcome(() => open(bytes as Uint8Array as Sealed, identities[0]!, decapsulator))).toBe(
          "envelope.unopenable",
        );
      }),
    );
  });

  it("does not open when cut anywhere, or with a byte more", () => {
    const sealed = seal(recipients.slice(0, 1), frameOf(100), systemChance);
    const tries = [0, 1, 21, 22, 40, 1534, 1579, 1627, 1628, 1643, 1644, 1659, sealed.length - 1];
    for (const length of tries)
      expect(
        outcome(() => open(sealed.slice(0, length) as Uint8Array as Sealed, identities[0]!, nodeDecapsulator)),
      ).toBe("envelope.unopenable");
    const more = Buffer.concat([sealed, Uint8Array.of(0)]) as Uint8Array as Sealed;
    expect(outcome(() => open(more, identities[0]!, nodeDecapsulator))).toBe("envelope.unopenable");
  });
});

describe("prepared header", () => {
  it("seals one file and no second one", () => {
    const prepared = prepare(recipients, systemChance);
    expect(prepared.stanzas).toBe(3);
    const plain = frameOf(10);
    const sealed = sealPrepared(prepared, plain, systemChance);
    expect(Buffer.compare(open(sealed, identities[0]!, nodeDecapsulator), plain)).toBe(0);
    expect(() => sealPrepared(prepared, plain, systemChance)).toThrow(new Fault("bug"));
  });

  it("leaves no file key behind once it has sealed", () => {
    const handed: Uint8Array[] = [];
    const chance: Chance = {
      bytes(length) {
        const bytes = systemChance.bytes(length);
        handed.push(bytes);
        return bytes;
      },
    };
    const prepared = prepare(recipients, chance);
    expect(handed[0]).not.toEqual(new Uint8Array(16));
    sealPrepared(prepared, frameOf(10), chance);
    expect(handed[0]).toEqual(new Uint8Array(16));
  });

  it("shows neither file key nor header", () => {
    expect(Object.keys(prepare(recipients, systemChance))).toEqual(["stanzas"]);
  });
});

describe("the page's bundle of sealing", () => {
  it("holds no node module, no node engine and nothing that opens", async () => {
    const { code, metafile } = await bundleFor("src/envelope/seal.ts");
    const inputs = Object.keys(metafile.inputs);
    expect(inputs).toContain("src/envelope/kem-noble.ts");
    expect(inputs.filter((input) => /kem-node|xwing-node|open|stream-read|header-read/.test(input))).toEqual([]);
    expect(code).not.toContain("node:");
  });

  it("leaves noble out where node:crypto seals", async () => {
    const { build } = await import("esbuild");
    const { metafile } = await build({
      entryPoints: ["src/envelope/seal.ts"],
      bundle: true,
      write: false,
      metafile: true,
      platform: "node",
      format: "esm",
      conditions: ["node"],
    });
    expect(Object.keys(metafile.inputs).filter((input) => input.includes("@noble/"))).toEqual([]);
  });
});
