import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fromBase64url, fromHex, fromUtf8, utf8 } from "../../../src/base/bytes.ts";
import type { SeizedKey } from "./recipes.ts";

/** Longer ones are hashed before HMAC uses them, and nothing here is. */
const mostKeyBytes = 64;
const keyBytes = 32;
/** `secrets/seen-keys`: a period's number before each key (src/intake/seen.ts). */
const [seenRow, seenNumber] = [36, 4];

/** Every key in a home's secrets, as a thief of the disk would try it: as it lies there, and what its text stands for. */
export function seizedKeys(home: string): readonly SeizedKey[] {
  const directory = join(home, "secrets");
  return readdirSync(directory).flatMap((name) => keysIn(name, new Uint8Array(readFileSync(join(directory, name)))));
}

function keysIn(name: string, file: Uint8Array): readonly SeizedKey[] {
  if (name === "seen-keys") return rowsOf(file).map((bytes, index) => ({ name: `${name} ${index + 1}`, bytes }));
  const text = fromUtf8(file)?.trim() ?? null;
  const meant = text === null ? null : (fromHex(text) ?? fromBase64url(text));
  if (meant?.length === keyBytes)
    return [
      { name, bytes: meant },
      { name: `${name} as text`, bytes: utf8(text!), isText: true },
    ];
  return file.length >= 16 && file.length <= mostKeyBytes ? [{ name, bytes: file }] : [];
}

function rowsOf(file: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: file.length / seenRow }, (_, row) =>
    file.slice(row * seenRow + seenNumber, (row + 1) * seenRow),
  );
}
