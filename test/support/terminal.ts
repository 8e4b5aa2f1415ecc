import { runCommand } from "../../src/cli/main.ts";

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process. */
export function runGundo(...words: readonly string[]): Promise<Said> {
  return runGundoIn({}, ...words);
}

/** The same with these variables set. */
export async function runGundoIn(
  environment: Readonly<Record<string, string>>,
  ...words: readonly string[]
): Promise<Said> {
  const said = { out: "", err: "" };
  const terminal = {
    out: (line: string) => void (said.out += `${line}\n`),
    err: (line: string) => void (said.err += `${line}\n`),
    environment,
  };
  return { code: await runCommand(words, terminal), ...said };
}
