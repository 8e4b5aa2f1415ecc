import { readFileSync } from "node:fs";

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The only reader of the process's environment; read once, at start. */
export function processEnvironment(): Environment {
  return process.env;
}

/** The contents of a secret's file without its last line break, or null when it cannot be read. */
export function readSecretFile(path: string): string | null {
  try {
    return readFileSync(path, "utf8").replace(/\r?\n$/, "");
  } catch {
    return null;
  }
}
