import { readFileSync } from "node:fs";
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { Fault } from "../base/fault.ts";
import { fewestPassphraseCharacters } from "../roster/identity.ts";

/** The options of a command line. Throws `cli.usage` for anything the command does not name. */
export function parseOptions<const Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch {
    throw new Fault("cli.usage");
  }
}

/** The option's text. Throws `cli.usage` when it was not given. */
export function required(value: string | undefined): string {
  if (value === undefined || value === "") throw new Fault("cli.usage");
  return value;
}

/** A file's bytes. Throws `cli.file`. */
export function readInput(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (cause) {
    throw new Fault("cli.file", { cause });
  }
}

/** The passphrase in a file, without its line break. Throws `cli.file`. */
export function readPassphrase(path: string): string {
  return new TextDecoder().decode(readInput(path)).replace(/\r?\n$/, "");
}

/** The passphrase in a file, for a file that is written now. Throws `cli.file`; `cli.usage` when it is too short. */
export function newPassphrase(path: string): string {
  const passphrase = readPassphrase(path);
  if (passphrase.length < fewestPassphraseCharacters) throw new Fault("cli.usage");
  return passphrase;
}
