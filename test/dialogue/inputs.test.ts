import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitTurn, type NoNote, type TurnNote } from "../../src/dialogue/inputs.ts";
import { draftOf, fold } from "../../src/dialogue/ussd.ts";
import { settings } from "./instance.ts";

/** What the provider posts at each turn of a session, the digits dialled with the code first. */
function texts(dialled: readonly string[], answers: readonly string[]): readonly string[] {
  return Array.from({ length: answers.length + 1 }, (_, turn) => [...dialled, ...answers.slice(0, turn)].join("*"));
}

function last(posts: readonly string[], start: TurnNote | NoNote = "first") {
  let turn = splitTurn(start, posts[0]!);
  for (const text of posts.slice(1)) turn = splitTurn(turn.note, text);
  return turn;
}

const answer = fc.string({ unit: fc.constantFrom("0", "1", "*", "é", "😀", " ", "a"), maxLength: 12 });
const said = answer.filter((text) => text !== "");
// An empty first answer posts the same text as no answer yet.
const answersOf = fc.array(answer, { maxLength: 8 }).filter((answers) => answers[0] !== "");
const dialledKeys = fc.array(fc.constantFrom("1", "2", "45"), { maxLength: 4 });

describe("splitting a turn with the note", () => {
  it("keeps a star that somebody typed", () => {
    expect(last(["", "1", "1*1", "1*1*prix 5*0*1", "1*1*prix 5*0*1*0"]).inputs).toEqual(["1", "1", "prix 5*0*1", "0"]);
  });

  it("gives back every answer, whatever it holds, past the digits dialled with the code", () => {
    fc.assert(
      fc.property(dialledKeys, answersOf, (dialled, answers) => {
        expect(last(texts(dialled, answers)).inputs).toEqual(answers);
      }),
    );
  });

  it("takes a repeated turn, the last or an earlier one, for that turn", () => {
    fc.assert(
      fc.property(dialledKeys, fc.array(said, { minLength: 1, maxLength: 6 }), fc.nat(), (dialled, answers, pick) => {
        const posts = texts(dialled, answers);
        const turn = pick % posts.length;
        const { note } = last(posts);
        expect(splitTurn(note, posts[turn]!)).toEqual({ inputs: answers.slice(0, turn), note });
        expect(last([...posts, posts[turn]!, posts.at(-1)!]).inputs).toEqual(answers);
      }),
    );
  });

  it("ignores what was dialled with the code, and its repetition", () => {
    expect(last(["1*1*mots"]).inputs).toEqual([]);
    expect(last(["1*1*mots", "1*1*mots"]).inputs).toEqual([]);
    expect(last(["45", "45*1", "45*1*1"]).inputs).toEqual(["1", "1"]);
  });

  it("holds lengths only, nothing of what was said", () => {
    expect(last(["", "1", "1*secret"]).note).toEqual({ ends: [0, 1, 8], guessed: false });
  });

  it("guesses when the text does not continue it", () => {
    expect(splitTurn({ ends: [0, 1, 3], guessed: false }, "1")).toMatchObject({
      inputs: ["1"],
      note: { guessed: false },
    });
    expect(splitTurn({ ends: [0, 1, 3], guessed: false }, "1*")).toMatchObject({
      inputs: ["1", ""],
      note: { guessed: true },
    });
    expect(splitTurn({ ends: [0, 1, 3], guessed: false }, "1*345")).toMatchObject({
      inputs: ["1", "345"],
      note: { guessed: true },
    });
  });
});

describe("splitting a turn without the note", () => {
  it("splits at each star, says it guessed, and goes on from there", () => {
    const { inputs, note } = last(["1*1*prix 5*6"], "lost");
    expect(inputs).toEqual(["1", "1", "prix 5", "6"]);
    expect(note.guessed).toBe(true);
    expect(splitTurn(note, "1*1*prix 5*6*3*4").inputs).toEqual(["1", "1", "prix 5", "6", "3*4"]);
  });

  it("guesses nothing where nothing was said", () => {
    expect(last([""], "lost")).toEqual({ inputs: [], note: { ends: [0], guessed: false } });
  });

  it("gives every answer back when none holds a star", () => {
    const plain = fc.array(
      said.filter((text) => !text.includes("*")),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(plain, (answers) => {
        expect(last([answers.join("*")], "lost").inputs).toEqual(answers);
      }),
    );
  });
});

// Most sessions have no slip in them: else few would reach their words by a guess.
function fewer(some: fc.Arbitrary<string[]>) {
  return fc.oneof({ arbitrary: fc.constant([]), weight: 2 }, some);
}

describe("a note lost in the middle of a session", () => {
  const key = fc.constantFrom("1", "2", "3", "4", "5", "0", "9");
  const slip = fc.oneof(key, fc.constantFrom("", "1*1", "2*1", "3*2*1", "*1*", "x"));
  const who = fc.oneof(
    fc.constant(["1"]),
    fc.tuple(fc.constant("2"), key, key),
    fc.tuple(fc.constant("2"), key, key, key),
    fc.tuple(fc.constant("3"), key),
    fc.tuple(fc.constant("3"), key, key),
  );
  const words = fc.constantFrom("armes", "armes 5*0", "1*1*1 armes", "5*3 armes", "deux*armes");
  const session = fc
    .tuple(
      fewer(fc.array(key, { maxLength: 4 })),
      fewer(fc.array(slip, { maxLength: 3 })),
      who,
      fewer(fc.array(slip, { maxLength: 3 })),
      fc.array(words, { minLength: 1, maxLength: 3 }),
    )
    .map(([dialled, before, chosen, after, told]) => ({
      dialled,
      answers: ["1", ...before, ...chosen, ...after, ...told],
    }));

  it("never shows the words to somebody whom the informant excluded", () => {
    let sentByGuess = 0;
    fc.assert(
      fc.property(session, ({ dialled, answers }) => {
        const meant = draftOf(settings, answers);
        const { inputs, note } = splitTurn("lost", [...dialled, ...answers].join("*"));
        const guessed = draftOf(settings, inputs, { guessed: note.guessed });
        if (meant.kind !== "draft" || guessed.kind !== "draft" || !guessed.draft.text.includes("armes")) return;
        sentByGuess++;
        expect(guessed.draft.exclude).toEqual(expect.arrayContaining([...meant.draft.exclude]));
      }),
      { numRuns: 20_000 },
    );
    expect(sentByGuess).toBeGreaterThan(1000);
  });

  it.each(["1*1*3*1*mots", "1*1*x*3*1*mots", "1*3*2*1*1*mots", "1*2**1*mots", "x*1*1*mots"])(
    "starts again at %s, which may be shifted",
    (text) => {
      const { inputs, note } = splitTurn("lost", text);
      const again = {
        kind: "end",
        screen: "END Coupure chez nous: rien n'est envoye. Refaites le code. Effacez cet appel.",
      };
      expect(fold(settings, inputs, { guessed: note.guessed })).toEqual(again);
      expect(draftOf(settings, inputs, { guessed: note.guessed })).toEqual({ kind: "nothing" });
    },
  );
});
