import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { E164 } from "../../src/base/brand.ts";
import { canary } from "./canary.ts";
import { packed, septets } from "./canary/gsm7.ts";

const number = "+22370003456" as E164;
const name = "Fanta Keïta";
const place = "Marché de Ségou";
const text = "Les hommes à moto sont passés hier soir près du puits et ils cachent des armes sous le grand baobab";
const bird = canary({ numbers: [number], names: [name], places: [place], texts: [text] });

const directory = mkdtempSync(join(tmpdir(), "canary-"));
afterAll(() => rmSync(directory, { recursive: true }));

async function needlesIn(content: string | Uint8Array): Promise<string[]> {
  const hits = await bird.scan({ contents: [{ where: "here", content }] });
  return [...new Set(hits.map(({ needle }) => needle))];
}

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const swapped = (value: string): Uint8Array => Buffer.from(value, "utf16le").swap16();

describe("a number is found", () => {
  // Written out by hand, so that this list and the scan cannot be wrong together.
  test.each<[string, string | Uint8Array]>([
    ["E.164", "to=+22370003456;"],
    ["without plus", "22370003456"],
    ["with 00", "0022370003456"],
    ["national", "tel 70003456."],
    ["in pairs", "70 00 34 56"],
    ["with dashes", "+223-70-00-34-56"],
    ["with dots", "223.70.00.34.56"],
    ["in fours", "7000 3456"],
    ["UTF-16LE", Buffer.from(number, "utf16le")],
    ["UTF-16BE", swapped(number)],
    ["hex", "2b3232333730303033343536"],
    ["hex of the national form", "3730303033343536"],
    ["base64", "KzIyMzcwMDAzNDU2"],
    ["base64 after one byte", Buffer.from(`a${number}`).toString("base64")],
    ["base64 after two bytes", Buffer.from(`ab${number}z`).toString("base64url")],
    ["URL", "%2B22370003456"],
    ["URL of pairs", "70%2000%2034%2056"],
    ["form of pairs", "70+00+34+56"],
    ["JSON escapes", "\\u0037\\u0030\\u0030\\u0030\\u0033\\u0034\\u0035\\u0036"],
    ["reversed", "65430007322+"],
    ["national, reversed", "65430007"],
    ["semi-octets (TS 23.040 §9.1.2.5)", bytes(0x0b, 0x91, 0x22, 0x73, 0x00, 0x30, 0x54, 0xf6)],
    ["national semi-octets", bytes(0x08, 0x81, 0x07, 0x00, 0x43, 0x65)],
    ["u64 big-endian", beOf(number)],
    ["u64 little-endian", beOf(number).toReversed()],
    ["float64", doubleOf(number)],
    ["PostgreSQL numeric", bytes(0xdf, 0x00, 0x58, 0x1b, 0x80, 0x0d)],
    ["GSM-7", packed(septets("Appelez 70003456 ce soir")!, 0)],
  ])("%s", async (_, content) => {
    expect(await needlesIn(content)).toEqual([number]);
  });

  test.each(["1700034560000", "a70003456", "170003456"])("but not by chance inside %s", async (content) => {
    expect(await needlesIn(content)).toEqual([]);
  });
});

function beOf(value: string): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(value.slice(1)));
  return new Uint8Array(view.buffer);
}

function doubleOf(value: string): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Number(value.slice(1)));
  return new Uint8Array(view.buffer);
}

describe("a name, a place, a text is found", () => {
  const written: readonly [string, (needle: string) => string | Uint8Array][] = [
    ["UTF-8", (needle) => needle],
    ["Latin-1", (needle) => Buffer.from(needle, "latin1")],
    ["UTF-16LE", (needle) => Buffer.from(needle, "utf16le")],
    ["UTF-16BE", swapped],
    ["hex", (needle) => Buffer.from(needle).toString("hex")],
    ["upper hex", (needle) => Buffer.from(needle).toString("hex").toUpperCase()],
    ["base64", (needle) => Buffer.from(needle).toString("base64")],
    ["base64 after one byte", (needle) => Buffer.from(`x${needle}`).toString("base64")],
    ["base64url after two bytes", (needle) => Buffer.from(`?>${needle}`).toString("base64url")],
    ["URL", encodeURIComponent],
    ["lower URL", (needle) => encodeURIComponent(needle).replaceAll(/%../g, (one) => one.toLowerCase())],
    ["form", (needle) => new URLSearchParams({ q: needle }).toString()],
    ["JSON", JSON.stringify],
    ["JSON \\u", (needle) => JSON.stringify(needle).replaceAll(/[^\p{ASCII}]/gu, unicode)],
    ["JSON \\u of all", (needle) => needle.replaceAll(/[\s\S]/g, unicode)],
    [
      "JSON \\U of all",
      (needle) =>
        needle
          .replaceAll(/[\s\S]/g, unicode)
          .toUpperCase()
          .replaceAll("\\U", "\\u"),
    ],
    ["upper case", (needle) => needle.toUpperCase()],
    ["lower case", (needle) => needle.toLowerCase()],
    ["without accents", plain],
    ["upper without accents in base64", (needle) => Buffer.from(plain(needle).toUpperCase()).toString("base64")],
    ["decomposed", (needle) => needle.normalize("NFD")],
    ...[0, 1, 2, 3, 4, 5, 6, 7].map((before): [string, (needle: string) => Uint8Array] => [
      `GSM-7 after ${before} septets`,
      (needle) => packed(septets("x".repeat(before) + plain(needle))!, 0),
    ]),
    ["GSM-7 after fill bits", (needle) => packed(septets(plain(needle))!, 1)],
  ];
  const needles = [name, place, text];

  test.each(written.flatMap(([spelling, write]) => needles.map((needle) => ({ spelling, needle, write }))))(
    "$needle: $spelling",
    async ({ needle, write }) => {
      expect(await needlesIn(write(needle))).toEqual([needle]);
    },
  );

  test.each([name, place])("%s: reversed", async (needle) => {
    expect(await needlesIn(Array.from(needle).toReversed().join(""))).toEqual([needle]);
  });

  test("any 24 characters of a text from the start of a word, and its end", async () => {
    for (const fragment of ["passés hier soir près du", "puits et ils cachent des", text.slice(-24)])
      expect(await needlesIn(`…${fragment}…`), fragment).toEqual([text]);
    expect(await needlesIn(text.slice(0, 23))).toEqual([]);
  });
});

function unicode(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function plain(value: string): string {
  return value.normalize("NFD").replaceAll(/\p{M}/gu, "");
}

describe("places to look", () => {
  test("GSM-7 packing is TS 23.038's: hellohello", () => {
    expect(
      Buffer.from(packed([...septets("hellohello")!, 0], 0))
        .toString("hex")
        .slice(0, 16),
    ).toBe("e8329bfd4697d9ec");
  });

  test("files, wherever the pieces of reading meet", async () => {
    const piece = 4 * 2 ** 20;
    const whole = new Uint8Array(3 * piece).fill(0x61);
    const ends = [number.length, 4, 0, -3, -number.length].map((early) => piece - early);
    for (const [index, at] of [0, ...ends, ...ends.map((one) => one + piece), whole.length - number.length].entries()) {
      const pieces = join(directory, "pieces");
      const filled = Uint8Array.from(whole);
      filled.set(Buffer.from(number), at);
      mkdirSync(pieces, { recursive: true });
      writeFileSync(join(pieces, "file"), filled);
      const hits = await bird.scan({ directories: [pieces] });
      expect(hits, `${index}: at ${at}`).toContainEqual({
        needle: number,
        spelling: "utf-8",
        where: join(pieces, "file"),
      });
    }
    rmSync(join(directory, "pieces"), { recursive: true });
  });

  test("and a number among other digits stays unfound wherever the pieces meet", async () => {
    const file = join(directory, "digits");
    const ofNumber = canary({ numbers: [number] });
    for (let early = -2; early < 100; early++) {
      const filled = new Uint8Array(4 * 2 ** 20 + 64).fill(0x20);
      filled.set(Buffer.from("1700034569"), 4 * 2 ** 20 - early);
      writeFileSync(file, filled);
      expect(await ofNumber.scan({ directories: [directory] }), `${early} before`).toEqual([]);
    }
    rmSync(file);
  });

  test("names of files and targets of links, at any depth", async () => {
    const deep = join(directory, "names", "a", "b");
    mkdirSync(deep, { recursive: true });
    writeFileSync(join(deep, "70003456.txt"), "");
    symlinkSync(`/nowhere/${name}`, join(deep, "link"));
    const hits = await bird.scan({ directories: [join(directory, "names")] });
    expect(hits.map(({ needle }) => needle).toSorted()).toEqual([number, name]);
  });

  test("arguments and environment of a process", async () => {
    const script = "process.stdin.resume(); console.log('up');";
    const child = spawn(process.execPath, ["-e", script, number], {
      env: { WHO: place },
      stdio: ["pipe", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    const hits = await bird.scan({ processes: [child.pid!] });
    child.stdin.end();
    await once(child, "exit");
    expect(hits.map(({ needle, where }) => [needle, where.split("/").at(-1)])).toEqual(
      expect.arrayContaining([
        [number, "cmdline"],
        [place, "environ"],
      ]),
    );
  });

  test("a place that is not there is an error, not a clean bill", async () => {
    await expect(bird.scan({ directories: [join(directory, "nowhere")] })).rejects.toThrow("ENOENT");
  });

  test("a needle too short to tell from chance is refused", () => {
    expect(() => canary({ names: ["Awa"] })).toThrow("by chance");
  });
});

test("clean random data gives no hit", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (noise) => {
      for (const content of [noise, Buffer.from(noise).toString("hex"), Buffer.from(noise).toString("base64")])
        expect(await needlesIn(content)).toEqual([]);
    }),
  );
});

test("a needle anywhere in random data is found", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array(),
      fc.constantFrom(number, name, place, text),
      fc.uint8Array(),
      async (a, needle, b) => {
        expect(await needlesIn(Buffer.concat([a, Buffer.from(needle), b]))).toEqual([needle]);
      },
    ),
  );
});
