import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { systemChance } from "../../../src/base/chance.ts";
import { Secret } from "../../../src/base/secret.ts";
import { identityOfSeed } from "../../../src/envelope/recipient.ts";
import { kitLines, readKit } from "../../../src/roster/ceremony/kit.ts";

const keysOf = (seed: Uint8Array, signing: Uint8Array, id = "awa") => ({
  id,
  identity: identityOfSeed(seed)!,
  signing: new Secret<Uint8Array>(signing),
});
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** The line with the first letter of one of its words heard as another. */
function misheard(line: string): string {
  return line.replace(/[bd](?=[aiou]\S*$)|[fghjklmnprstvz](?=[aiou]\S*$)/, (letter) => (letter === "b" ? "d" : "b"));
}

describe("a recovery kit", () => {
  test("brings back the very keys, whatever they are", () => {
    fc.assert(
      fc.property(bytes32, bytes32, (seed, signing) => {
        const reading = readKit(kitLines(keysOf(seed, signing)).join("\n"));
        expect(reading.ok && reading.keys.identity.reveal()).toEqual(seed);
        expect(reading.ok && reading.keys.signing.reveal()).toEqual(signing);
        expect(reading.ok && reading.keys.id).toBe("awa");
      }),
      { numRuns: 50 },
    );
  });

  test("its words are proquints: the examples of arXiv:0901.4016 (addresses of four bytes)", () => {
    const addresses: readonly (readonly [string, readonly number[]])[] = [
      ["lusab babad", [127, 0, 0, 1]],
      ["gutih tugad", [63, 84, 220, 193]],
      ["gutuk bisog", [63, 118, 7, 35]],
      ["mudof sakat", [140, 98, 193, 141]],
      ["natag lisaf", [147, 67, 119, 2]],
    ];
    for (const [words, address] of addresses) {
      const seed = new Uint8Array(32);
      seed.set(address);
      expect(kitLines(keysOf(seed, new Uint8Array(32)))[1]).toMatch(new RegExp(`^1 {2}${words} babab babab `));
    }
  });

  const kit = kitLines(keysOf(systemChance.bytes(32), systemChance.bytes(32)));

  test("case, spacing, empty lines and remarks do not matter", () => {
    const typed = `# copied in May\r\n${kit.map((line) => `  ${line.toUpperCase().replaceAll(" ", "   ")}\r\n\n`).join("")}`;
    expect(readKit(typed).ok).toBe(true);
  });

  test("a line misheard, swapped, missing or of somebody else is named", () => {
    const change = (index: number, line: string): string =>
      kit.map((one, at) => (at === index ? line : one)).join("\n");
    for (let index = 1; index <= 8; index++)
      expect(readKit(change(index, misheard(kit[index]!)))).toEqual({ ok: false, line: index });
    expect(readKit([kit[0], kit[1], kit[3], kit[2], ...kit.slice(4)].join("\n"))).toEqual({ ok: false, line: 2 });
    expect(readKit(change(3, kit[2]!.replace("2", "3")))).toEqual({ ok: false, line: 3 });
    expect(readKit(kit.slice(0, 8).join("\n"))).toEqual({ ok: false, line: 8 });
    expect(readKit([...kit, kit[8]].join("\n"))).toEqual({ ok: false, line: 9 });
    expect(readKit(change(0, "drissa"))).toEqual({ ok: false, line: 1 });
    expect(readKit(kit.slice(1).join("\n"))).toEqual({ ok: false, line: 0 });
    expect(readKit("")).toEqual({ ok: false, line: 0 });
  });
});
