/**
 * Where the answers of a session end in the text that Africa's Talking repeats with each turn, and nothing of what they
 * say. The caller keeps it in memory for the few minutes of a session (phones.md, Dialogue).
 */
export interface TurnNote {
  /** Offsets in UTF-16 units: first the end of the deep-dialled prefix (0 without one), then the end of each answer. */
  readonly ends: readonly number[];
  /** Whether the offsets were guessed from the `*` because the note had been lost. */
  readonly guessed: boolean;
}

/**
 * What to make of a session without a note. `first`: this process has been up for longer than a session lasts, so the
 * session is new. `lost`: it has not, or forgot, so the session may be in its middle.
 */
export type NoNote = "first" | "lost";

export interface Turn {
  readonly inputs: readonly string[];
  /** To keep for the next turn. */
  readonly note: TurnNote;
}

function startOf(ends: readonly number[], answer: number): number {
  return answer === 1 && ends[0] === 0 ? 0 : ends[answer - 1]! + 1;
}

function turnOf(text: string, note: TurnNote, answers: number): Turn {
  const inputs = note.ends.slice(1, answers + 1).map((end, index) => text.slice(startOf(note.ends, index + 1), end));
  return { inputs, note };
}

function guess(text: string): Turn {
  const ends = [0];
  const inputs = text === "" ? [] : text.split("*");
  let end = -1;
  for (const input of inputs) ends.push((end += input.length + 1));
  return { inputs, note: { ends, guessed: inputs.length > 0 } };
}

/**
 * The answers in `text`, which holds all of a session's answers joined by `*`.
 *
 * With the note, growth beyond the last length is one answer, whatever it contains; a text of a length already seen is
 * that turn repeated; digits dialled with the code are stripped. With `first` a text that is not empty is such digits
 * and means nothing. With `lost`, or when the text does not continue the note, it is split at each `*`: an answer with a
 * `*` in it comes apart, and dialled digits count as answers, which is why the fold trusts a guessed note less.
 */
export function splitTurn(note: TurnNote | NoNote, text: string): Turn {
  if (note === "first") return { inputs: [], note: { ends: [text.length], guessed: false } };
  if (note === "lost") return guess(text);
  const seen = note.ends.indexOf(text.length);
  if (seen >= 0) return turnOf(text, note, seen);
  const last = note.ends.at(-1)!;
  const continues = text.length > last && (last === 0 || text[last] === "*");
  if (!continues) return guess(text);
  const grown = { ends: [...note.ends, text.length], guessed: note.guessed };
  return turnOf(text, grown, grown.ends.length - 1);
}
