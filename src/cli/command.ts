import type { Environment } from "../config/environment.ts";

/** 0 done, 1 refused, 2 usage (operations.md, Contract for scripts). */
export type ExitCode = 0 | 1 | 2;

/** What a command may touch besides files: two streams of lines, and the environment, so that tests can hold them. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  readonly environment: Environment;
}

export interface Command {
  /** `keys new`, as it is typed. */
  readonly name: string;
  /** One line for the list of commands. */
  readonly purpose: string;
  /** The text of `--help`. */
  readonly help: string;
  /** Rejects with a `Fault`, whose code the terminal is told in a sentence. */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}
