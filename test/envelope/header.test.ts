import { describe, expect, it } from "vitest";
import { concat, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { encodeFrame } from "../../src/envelope/frame.ts";
import { readHeader } from "../../src/envelope/header-read.ts";
import { newIdentity, recipientOf } from "../../src/envelope/recipient.ts";
import { seal } from "../../src/envelope/seal.ts";

const version = "age-encryption.org/v1\n";
const macLine = `--- ${"A".repeat(43)}\n`;

describe("header", () => {
  it("of a sealed file is its stanzas, what the MAC covers, the MAC and the rest", () => {
    const recipients = [0, 1].map(() => recipientOf(newIdentity(systemChance)));
    const sealed = seal(recipients, encodeFrame({ kind: "report", body: new Uint8Array(9) }), systemChance);
    const headerEnd = 22 + 2 * 1557 + 48;
    const header = readHeader(sealed)!;
    expect(header.stanzas.map(({ type, args, body }) => [type, args.length, args[0]!.length, body.length])).toEqual([
      ["mlkem768x25519", 1, 1494, 32],
      ["mlkem768x25519", 1, 1494, 32],
    ]);
    expect(header.mac).toHaveLength(32);
    expect(header.covered).toEqual(sealed.subarray(0, headerEnd - 45));
    expect(header.rest).toEqual(sealed.subarray(headerEnd));
  });

  it("takes stanzas of any type, and bytes of any kind behind the MAC", () => {
    const file = concat(utf8(`${version}-> a ~ !\n\n-> b\n${"A".repeat(64)}\n\n${macLine}`), Uint8Array.of(0, 0xff));
    expect(readHeader(file)).toMatchObject({
      stanzas: [
        { type: "a", args: ["~", "!"], body: new Uint8Array(0) },
        { type: "b", args: [], body: new Uint8Array(48) },
      ],
      rest: Uint8Array.of(0, 0xff),
    });
  });

  it.each([
    ["nothing", ""],
    ["no stanza", `${version}${macLine}`],
    ["no MAC line", `${version}-> a\n\n`],
    ["a line that is neither stanza nor MAC", `${version}-> a\n\n... ${"A".repeat(43)}\n`],
    ["a MAC line that does not end", `${version}-> a\n\n${macLine.slice(0, -1)}x`],
    ["a short MAC", `${version}-> a\n\n--- ${"A".repeat(42)}\n`],
    ["a control character in an argument", `${version}-> a b\u0001\n\n${macLine}`],
    ["a delete character in an argument", `${version}-> a b\u007f\n\n${macLine}`],
    ["an empty argument", `${version}-> a \n\n${macLine}`],
    ["a stanza without a type", `${version}-> \n\n${macLine}`],
    ["a body of 65 columns", `${version}-> a\n${"A".repeat(65)}\n\n${macLine}`],
  ])("refuses %s", (_what, text) => {
    expect(readHeader(utf8(text))).toBeNull();
  });
});
