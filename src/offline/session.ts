import type { Chance } from "../base/chance.ts";
import type { Clock } from "../base/clock.ts";
import type { Folder } from "./folder.ts";
import type { OfflineWords } from "./words.ts";
import type { Tray } from "./tray.ts";
import type { Typed } from "./typed.ts";

/** A file that came out of a step: laid on the table, and offered to be saved. */
interface Made {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The key of the file on the table that it takes the place of. */
  readonly replaces?: string | null;
  /** The choice in which it is then the chosen file. */
  readonly chosenIn?: string;
}

/** What a step says once it is done, in whichever language is then shown. */
export interface Result {
  readonly made: readonly Made[];
  /** Not done after all: what was typed stays. */
  readonly refused?: true;
  readonly draw: (words: OfflineWords) => readonly Node[];
}

/** What every step is handed: the table, what was typed, and the page around it. */
export interface Session {
  readonly words: OfflineWords;
  readonly tray: Tray;
  readonly typed: Typed;
  /** The releases that are to be checked; none until a folder is chosen. In memory only. */
  readonly folder: Folder;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Does a step's work and shows its result, or why it was refused. */
  act(work: () => Result | Promise<Result>): void;
  /** Takes a folder of releases in the place of the one before. */
  takeFolder(files: FileList): void;
  /** Draws the page again, after a choice. */
  show(): void;
}
