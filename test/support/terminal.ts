import { runCommand } from "../../src/cli/main.ts";

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process. */
export async function runGundo(...words: readonly string[]): Promise<Said> {
  const said = { out: "", err: "" };
  const terminal = {
    out: (line: string) => void (said.out += `${line}\n`),
    err: (line: string) => void (said.err += `${line}\n`),
    environment: {},
  };
  return { code: await runCommand(words, terminal), ...said };
}
