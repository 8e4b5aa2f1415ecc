import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64, concat, fromBase64, fromHex, hex, utf8 } from "../../src/base/bytes.ts";
import { systemChance } from "../../src/base/chance.ts";
import { Secret } from "../../src/base/secret.ts";
import { addSignature, mergeNotes, signNote, verifierOf, type SigningKey } from "../../src/envelope/note-sign.ts";
import { formatVerifierKey, parseVerifierKey, verifyNote, type NoteVerifier } from "../../src/envelope/note.ts";
import { isPublicKey, sign, verify } from "../../src/envelope/sign.ts";
import vectors from "../vectors/ed25519.json" with { type: "json" };

// Vectors of the reference implementation, golang.org/x/mod/sumdb/note.
const peterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const peterSeed = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const enochKey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const peterLine =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const enochLine =
  "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
const peter = parseVerifierKey(peterKey)!;
const enoch = parseVerifierKey(enochKey)!;
const malformed = expect.objectContaining({ code: "note.malformed" });
const badSignature = expect.objectContaining({ code: "note.signature" });

function signers(note: string, verifiers: readonly NoteVerifier[]): readonly string[] {
  return verifyNote(utf8(note), verifiers).signers;
}

function lineOf(name: string, keyId: Uint8Array, signature: Uint8Array): string {
  return `— ${name} ${base64(concat(keyId, signature))}\n`;
}

function newKey(): SigningKey {
  return new Secret<Uint8Array>(systemChance.bytes(32));
}

describe("Ed25519", () => {
  it.each(vectors.rfc8032.vectors)("signs and verifies as RFC 8032: message $message", (vector) => {
    const key = new Secret<Uint8Array>(fromHex(vector.secret)!);
    const message = fromHex(vector.message)!;
    expect(hex(verifierOf(key))).toBe(vector.publicKey);
    expect(hex(sign(key, message))).toBe(vector.signature);
    expect(verify(fromHex(vector.publicKey)!, message, fromHex(vector.signature)!)).toBe(true);
  });

  it.each(vectors.edgeCases.vectors)("is strict about edge cases: $what", (vector) => {
    const publicKey = fromHex(vector.publicKey)!;
    expect(verify(publicKey, fromHex(vector.message)!, fromHex(vector.signature)!)).toBe(vector.verifies);
    expect(isPublicKey(publicKey) || !vector.verifies).toBe(true);
  });

  it("is false for other lengths", () => {
    const key = newKey();
    const signature = sign(key, utf8("a"));
    expect(verify(verifierOf(key), utf8("a"), signature.subarray(1))).toBe(false);
    expect(verify(verifierOf(key).subarray(1), utf8("a"), signature)).toBe(false);
    expect(isPublicKey(new Uint8Array(31))).toBe(false);
    expect(isPublicKey(new Uint8Array(33))).toBe(false);
  });

  it("takes a key for a public key, and no bytes that encode no point", () => {
    expect(isPublicKey(verifierOf(newKey()))).toBe(true);
    expect(isPublicKey(new Uint8Array(32).fill(0xff))).toBe(false);
  });

  it("agrees with node:crypto on any message", () => {
    const pair = generateKeyPairSync("ed25519");
    const seed = new Secret<Uint8Array>(pair.privateKey.export({ format: "raw-private" }));
    expect(hex(verifierOf(seed))).toBe(hex(pair.publicKey.export({ format: "raw-public" })));
  });
});

describe("verifier keys", () => {
  it("come back from their text", () => {
    expect(peter.name).toBe("PeterNeumann");
    expect(hex(peter.keyId)).toBe("c74f20a3");
    expect(formatVerifierKey("PeterNeumann", peter.publicKey)).toBe(peterKey);
  });

  it("are refused when any part is cut away or any character is changed", () => {
    for (let start = 0; start < peterKey.length; start++)
      for (let end = start; end <= peterKey.length; end++)
        if (end - start < peterKey.length) expect(parseVerifierKey(peterKey.slice(start, end))).toBeNull();
    for (let at = 0; at < peterKey.length; at++) {
      const next = String.fromCharCode(peterKey.charCodeAt(at) + 1);
      expect(parseVerifierKey(peterKey.slice(0, at) + next + peterKey.slice(at + 1))).toBeNull();
    }
  });

  it.each([
    ["of a wrong length", "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=="],
    ["of an unknown algorithm", "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"],
    ["with an id in capitals", peterKey.replace("c74f20a3", "C74F20A3")],
    ["with a space in the name", formatVerifierKey("Peter Neumann", peter.publicKey)],
    ["without a name", formatVerifierKey("", peter.publicKey)],
    ["with padding", `${peterKey}====`],
  ])("are refused %s", (_what, key) => {
    expect(parseVerifierKey(key)).toBeNull();
  });

  it("are refused for small-order points and for second spellings of a point", () => {
    const keys = vectors.edgeCases.vectors.filter((vector) => /small-order key|key not canonical/.test(vector.what));
    expect(keys).toHaveLength(4);
    for (const { publicKey } of keys) expect(parseVerifierKey(formatVerifierKey("a", fromHex(publicKey)!))).toBeNull();
  });
});

describe("notes of the reference implementation", () => {
  it("verify for whoever is known, in the order of the verifiers", () => {
    const note = `${text}\n${peterLine}${enochLine}`;
    expect(verifyNote(utf8(note), [peter])).toEqual({ text, signers: ["PeterNeumann"] });
    expect(signers(note, [enoch, peter])).toEqual(["EnochRoot", "PeterNeumann"]);
    expect(signers(note, [])).toEqual([]);
  });

  it("are signed byte for byte the same", () => {
    const seed = new Secret<Uint8Array>(fromBase64(peterSeed)!.slice(1));
    expect(Buffer.from(signNote(text, "PeterNeumann", seed)).toString()).toBe(`${text}\n${peterLine}`);
  });

  it("verify in the example of another implementation (signed_note, in Elixir)", () => {
    const verifier = parseVerifierKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")!;
    const note =
      "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    expect(signers(note, [verifier])).toEqual(["example.com/foo"]);
  });

  it("count duplicates of one key once", () => {
    expect(signers(`${text}\n${peterLine.repeat(3)}`, [peter, peter])).toEqual(["PeterNeumann"]);
  });

  it("fail when a known key's line does not verify, though another does", () => {
    const broken = `${peterLine.slice(0, 60)}ABCD${peterLine.slice(60)}`;
    expect(() => signers(`${text}\n${broken}`, [peter])).toThrow(badSignature);
    expect(() => signers(`${text}\n${peterLine}${broken}`, [peter])).toThrow(badSignature);
    expect(() => signers(`${text}x\n\n${peterLine}`, [peter])).toThrow(badSignature);
  });

  it("ignore a broken line of an unknown key", () => {
    const broken = `${enochLine.slice(0, 60)}ABCD${enochLine.slice(60)}`;
    expect(signers(`${text}\n${peterLine}${broken}`, [peter])).toEqual(["PeterNeumann"]);
  });

  it("ignore a known id under another name", () => {
    expect(signers(`${text}\n${peterLine.replace("PeterNeumann", "Peter")}`, [peter])).toEqual([]);
  });

  it.each([
    ["no signatures", text],
    ["an empty list of them", `${text}\n`],
    ["no last newline", `${text}\n${peterLine.slice(0, -1)}`],
    ["another character for the last newline", `${text}\n${peterLine.slice(0, -1)} `],
    ["a field after the signature", `${text}\n${peterLine.slice(0, -1)} x\n`],
    ["a name without a signature", `${text}\n— PeterNeumann\n`],
    ["a control character", `\u0001${text}\n${peterLine}`],
    ["a carriage return", `${text.replace("\n", "\r\n")}\n${peterLine}`],
    ["a tab", `\t${text}\n${peterLine}`],
    ["a name with a space", `${text}\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgY=\n`],
    ["a line that is no signature", `${text}\n${peterLine}Unexpected line.\n`],
    ["a hyphen for the dash", `${text}\n${peterLine.replace("—", "-")}`],
    ["too short a signature", `${text}\n— PeterNeumann x08gow==\n`],
    ["base64 that is not canonical", `${text}\n${peterLine.replace("nAM=", "nAN=")}`],
    ["over 100 signatures", `${text}\n${peterLine.repeat(101)}`],
    ["nothing", ""],
    ["no text", `\n${peterLine}`],
  ])("are malformed with %s", (_what, note) => {
    expect(() => verifyNote(utf8(note), [peter])).toThrow(malformed);
  });

  it("are malformed when they are not UTF-8", () => {
    expect(() => verifyNote(Buffer.concat([Uint8Array.of(0xff), utf8(`${text}\n${peterLine}`)]), [peter])).toThrow(
      malformed,
    );
  });

  it("take 100 signatures and text with empty lines", () => {
    expect(signers(`${text}\n${peterLine.repeat(100)}`, [peter])).toEqual(["PeterNeumann"]);
    const key = newKey();
    const verifier = parseVerifierKey(formatVerifierKey("b", verifierOf(key)))!;
    const poem = "gundo/roster/v1\n\ned è subito sera.\n";
    expect(verifyNote(signNote(poem, "b", key), [verifier])).toEqual({ text: poem, signers: ["b"] });
  });
});

describe("signing", () => {
  const board = ["awa", "boubacar", "coumba"].map((name) => {
    const key = newKey();
    return { name, key, verifier: parseVerifierKey(formatVerifierKey(name, verifierOf(key)))! };
  });
  const verifiers = board.map(({ verifier }) => verifier);
  const [awa, boubacar, coumba] = board as [(typeof board)[0], (typeof board)[0], (typeof board)[0]];

  it("adds signatures one after the other, a key's own once", () => {
    const one = signNote(text, awa.name, awa.key);
    const two = addSignature(one, coumba.name, coumba.key);
    expect(verifyNote(two, verifiers).signers).toEqual(["awa", "coumba"]);
    expect(
      Buffer.from(addSignature(two, awa.name, awa.key))
        .toString()
        .match(/— awa/g),
    ).toHaveLength(1);
  });

  it("replaces a line of the same key that does not verify", () => {
    const other = signNote("another\n", awa.name, awa.key);
    const grafted = Buffer.concat([utf8(text), other.subarray("another\n".length)]);
    expect(() => verifyNote(grafted, verifiers)).toThrow(badSignature);
    expect(verifyNote(addSignature(grafted, awa.name, awa.key), verifiers).signers).toEqual(["awa"]);
  });

  it("merges what was signed apart, whichever way round", () => {
    const left = addSignature(signNote(text, awa.name, awa.key), boubacar.name, boubacar.key);
    const right = addSignature(signNote(text, awa.name, awa.key), coumba.name, coumba.key);
    for (const merged of [mergeNotes(left, right), mergeNotes(right, left)]) {
      expect(verifyNote(merged, verifiers).signers).toEqual(["awa", "boubacar", "coumba"]);
      expect(Buffer.from(merged).toString().match(/— /g)).toHaveLength(3);
    }
  });

  it("keeps lines that differ in name, key id or signature alone, when it adds and when it merges", () => {
    const keyId = Uint8Array.of(1, 2, 3, 4);
    const lines = [
      lineOf("a", keyId, Uint8Array.of(1)),
      lineOf("b", keyId, Uint8Array.of(1)),
      lineOf("a", Uint8Array.of(1, 2, 3, 5), Uint8Array.of(1)),
      lineOf("a", keyId, Uint8Array.of(2)),
    ];
    const merged = lines.map((line): Uint8Array => utf8(`${text}\n${line}`)).reduce((a, b) => mergeNotes(a, b));
    expect(Buffer.from(merged).toString()).toBe(`${text}\n${lines.join("")}`);
    const others = [
      lineOf("awa", keyId, Uint8Array.of(1)),
      lineOf("a", parseVerifierKey(formatVerifierKey("awa", verifierOf(awa.key)))!.keyId, Uint8Array.of(1)),
    ];
    const added = Buffer.from(addSignature(utf8(`${text}\n${others.join("")}`), "awa", awa.key)).toString();
    expect(added.startsWith(`${text}\n${others.join("")}— awa `)).toBe(true);
  });

  it("does not merge different texts", () => {
    expect(() => mergeNotes(signNote("a\n", "awa", awa.key), signNote("b\n", "awa", awa.key))).toThrow(malformed);
  });

  it.each([
    ["text without a newline", "abc", "awa"],
    ["a control character", "a\u0000\n", "awa"],
    ["a lone surrogate", "a\ud800\n", "awa"],
    ["a name with a plus", "a\n", "a+b"],
    ["a name with a no-break space", "a\n", "a\u00a0b"],
    ["a name with a next-line character", "a\n", "a\u0085b"],
    ["a name with a newline", "a\n", "a\nb"],
    ["a name with a control character", "a\n", "a\u0001"],
    ["a name with a lone surrogate", "a\n", "a\ud800"],
    ["no name", "a\n", ""],
  ])("refuses %s", (_what, signedText, name) => {
    expect(() => signNote(signedText, name, awa.key)).toThrow(malformed);
  });

  it("adds no signature under a name that cannot stand in a note", () => {
    expect(() => addSignature(signNote(text, awa.name, awa.key), "a b", awa.key)).toThrow(malformed);
  });

  it("signs a text that is one newline", () => {
    expect(verifyNote(signNote("\n", awa.name, awa.key), verifiers)).toEqual({ text: "\n", signers: ["awa"] });
  });

  it("verifies over the exact bytes: no change of the text verifies", () => {
    const note = signNote(text, awa.name, awa.key);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 3 }), fc.integer({ min: 0, max: 6 }), (at, bit) => {
        const changed = Uint8Array.from(note);
        changed[at]! ^= 1 << bit;
        expect(() => verifyNote(changed, verifiers)).toThrow(/^note\.(signature|malformed)$/);
      }),
      { numRuns: 50 },
    );
  });
});
