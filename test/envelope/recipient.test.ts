import { diffieHellman, generateKeyPairSync } from "node:crypto";
import { generateHybridIdentity, identityToRecipient } from "age-encryption";
import { describe, expect, it } from "vitest";
import { fromHex } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { isSmallOrder } from "../../src/envelope/point.ts";
import {
  formatIdentity,
  identityOfSeed,
  newIdentity,
  parseIdentity,
  parseRecipient,
  recipientBytes,
  recipientOf,
  recipientOfBytes,
} from "../../src/envelope/recipient.ts";
import { encodeBech32 } from "../../src/envelope/recipient-text.ts";
import { publicKeyOf } from "../../src/envelope/xwing-node.ts";

const smallOrder = [
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
];

describe("recipient", () => {
  const identity = newIdentity(systemChance);
  const recipient = recipientOf(identity);

  it("is what age itself makes of the identity", async () => {
    expect(await identityToRecipient(formatIdentity(identity))).toBe(recipient);
    const theirs = await generateHybridIdentity();
    expect(recipientOf(parseIdentity(theirs)!)).toBe(await identityToRecipient(theirs));
  });

  it("has 1 216 bytes and 1 959 characters, and comes back from both", () => {
    expect(recipient).toHaveLength(1959);
    expect(recipientBytes(recipient)).toHaveLength(1216);
    expect(parseRecipient(recipient)).toBe(recipient);
    expect(recipientOfBytes(recipientBytes(recipient))).toBe(recipient);
  });

  it.each([
    ["nothing", () => ""],
    ["uppercase", () => recipient.toUpperCase()],
    [
      "a changed character",
      () => `${recipient.slice(0, 50)}${recipient[50] === "q" ? "p" : "q"}${recipient.slice(51)}`,
    ],
    ["a missing character", () => recipient.slice(0, -1)],
    ["a trailing newline", () => `${recipient}\n`],
    ["a classical recipient", () => "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj"],
    ["an identity", () => formatIdentity(identity)],
    ["another prefix", () => encodeBech32("age1pr", recipientBytes(recipient))],
  ])("refuses %s", (_what, text) => {
    expect(parseRecipient(text())).toBeNull();
  });

  it("refuses an ML-KEM coefficient that is not reduced, in either place of a triple", () => {
    const bytes = recipientBytes(recipient);
    const first = Uint8Array.from(bytes);
    first.set([0x01, (first[1]! & 0xf0) | 0x0d]);
    expect(recipientOfBytes(first)).toBeNull();
    const second = Uint8Array.from(bytes);
    second.set([(second[1150]! & 0x0f) | 0x10, 0xd0], 1150);
    expect(recipientOfBytes(second)).toBeNull();
    second.set([second[1150]! & 0x0f, 0xd0], 1150);
    expect(recipientOfBytes(second)).not.toBeNull();
  });

  it("takes any ML-KEM seed behind the coefficients", () => {
    const bytes = recipientBytes(recipient);
    bytes.fill(0xff, 1152, 1184);
    expect(recipientOfBytes(bytes)).not.toBeNull();
  });

  it("refuses the wrong number of bytes", () => {
    const bytes = recipientBytes(recipient);
    expect(recipientOfBytes(bytes.subarray(1))).toBeNull();
    expect(recipientOfBytes(new Uint8Array(0))).toBeNull();
  });

  it.each(smallOrder)("refuses the small-order X25519 key %s, with which nobody can agree", (digits) => {
    const point = fromHex(digits)!;
    const bytes = recipientBytes(recipient);
    bytes.set(point, 1184);
    expect(recipientOfBytes(bytes)).toBeNull();
    const { privateKey } = generateKeyPairSync("x25519");
    expect(() => diffieHellman({ privateKey, publicKey: publicKeyOf("x25519", point) })).toThrow();
  });

  it("takes other points", () => {
    expect(isSmallOrder(recipientBytes(recipient).subarray(1184))).toBe(false);
    expect(isSmallOrder(fromHex(`09${"00".repeat(31)}`)!)).toBe(false);
  });
});

describe("identity", () => {
  const identity = newIdentity(systemChance);

  it("comes back from its text", () => {
    const text = formatIdentity(identity);
    expect(text).toMatch(/^AGE-SECRET-KEY-PQ-1[0-9A-Z]{58}$/);
    expect(parseIdentity(text)!.reveal()).toEqual(identity.reveal());
  });

  it("refuses lowercase, other kinds and other lengths", () => {
    const text = formatIdentity(identity);
    expect(parseIdentity(text.toLowerCase())).toBeNull();
    expect(parseIdentity(`${text.slice(0, -1)}${text.endsWith("Q") ? "P" : "Q"}`)).toBeNull();
    expect(parseIdentity(recipientOf(identity))).toBeNull();
    expect(parseIdentity("")).toBeNull();
    expect(parseIdentity(encodeBech32("age-secret-key-", identity.reveal()).toUpperCase())).toBeNull();
    expect(identityOfSeed(new Uint8Array(31))).toBeNull();
  });

  it("prints as a secret", () => {
    expect(String(identity)).toBe("[secret]");
    expect(JSON.stringify({ identity })).toBe('{"identity":"[secret]"}');
  });
});
