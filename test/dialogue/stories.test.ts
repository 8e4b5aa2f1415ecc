import { describe, expect, it } from "vitest";
import { dialogueSettings } from "../../src/dialogue/settings.ts";
import { addDays, fromIsoDay } from "../../src/base/clock.ts";
import { draftOf, fold, thanksScreen, type Known } from "../../src/dialogue/ussd.ts";
import { goodCode, instance, mistypedCode, organisations, settings } from "./instance.ts";

/** Every screen of a session, each turn asked twice; the last entry is what it ends with. */
function play(inputs: readonly string[], known: Known = {}) {
  return Array.from({ length: inputs.length + 1 }, (_, turn) => {
    const outcome = fold(settings, inputs.slice(0, turn), known);
    expect(fold(settings, inputs.slice(0, turn), known)).toEqual(outcome);
    return outcome.kind === "screen" || outcome.kind === "end" ? outcome.screen : outcome;
  });
}

const screenOf = (body: string): object => ({ kind: "screen", screen: `CON ${body}`, receiptWanted: false });
const menu = "CON 1 Signaler\n2 Lire la reponse\n3 Est-ce sur?\n4 Langue\n5 Nouvelles";
const who = "CON Qui ne doit PAS lire?\n1 Personne\n2 Gens de ma zone\n3 Une organisation";
const words =
  "CON Ecrivez: quoi, ou, quand. Pas votre nom, ni ce que vous seul savez. 80 lettres au plus; la suite apres.";
const more = "CON Ecrivez la suite,\n1 Preciser\n0 Envoyer";
const regions = "1 Kayes\n2 Koulikoro\n3 Sikasso\n4 Ségou\n5 Mopti\n6 Tombouctou\n7 Gao\n8 Kidal\n9";
const mopti = "1 Bandiagara\n2 Bankass\n3 Djenné\n4 Douentza\n5 Koro\n6 Mopti\n7 Ténenkou\n8 Youwarou\n0";
const nothing = { language: "fr", text: "", exclude: [], answers: {}, thread: null, smsAnswer: false };

describe("reporting", () => {
  it("takes four answers at the shortest", () => {
    const report = { ...nothing, text: "Des armes au puits" };
    expect(play(["1", "1", "Des armes au puits", "0"])).toEqual([
      menu,
      who,
      words,
      more,
      { kind: "report", draft: report },
    ]);
    expect(thanksScreen(settings, { ...report, language: "fr" }, goodCode)).toBe(
      "END Merci.\n12345678\n12345678\nGardez-les comme deux contacts. Effacez cet appel.\nSans signe apres 10 jours, redites-le autrement.",
    );
  });

  it("takes twelve at the longest", () => {
    const answers = ["1", "2", "5", "3", "Des armes", "1", "3", "4", "5", "6", "1", "0"];
    expect(play(answers)).toEqual([
      menu,
      who,
      `CON Votre region?\n${regions} Bamako\n0 Suite`,
      `CON Votre cercle?\n${mopti} Toute la region`,
      words,
      more,
      "CON Quoi?\n1 Drogue, Armes...\n2 Traite, Migrants\n3 Enlevement, Banditisme...\n4 Corruption, Argent sale\n5 Recrutement\n6 Autre\n0 Envoyer",
      "CON Quoi?\n1 Enlevement\n2 Banditisme\n3 Vol de betail\n4 Extorsion\n0 Envoyer",
      `CON Ou? La region:\n${regions} Suite\n0 Envoyer`,
      `CON Ou? Le cercle:\n${mopti} Envoyer`,
      "CON Danger maintenant?\n1 Oui\n2 Non\n0 Envoyer",
      "CON Personne ne lit tout de suite. Ceci n'est pas un secours. Aide: +223 7000 0000 00000\n0 Envoyer",
      {
        kind: "report",
        draft: {
          ...nothing,
          text: "Des armes",
          exclude: [{ rule: "place", value: "ML0503" }],
          answers: { category: "EXT", place: "ML0506", danger: true },
        },
      },
    ]);
  });

  it("gathers words, in any script and exactly as they came, until 0 or 1 alone", () => {
    const said = [" Ils sont 10*2, ", "0 1", "1 ", "01", "ߊߓߌ ɲɛ 😀", "2"];
    expect(play(["1", "1", ...said, "0"]).at(-1)).toEqual({
      kind: "report",
      draft: { ...nothing, text: said.join("\n") },
    });
  });

  it("asks again for words where a digit or nothing came", () => {
    const again = words.replace("CON ", "CON Ecrivez des mots:\n");
    expect(play(["1", "1", "0", "1", "7", " ", "", "mots"]).slice(2)).toEqual([
      words,
      again,
      again,
      again,
      again,
      again,
      more,
    ]);
  });

  it("says when the message is full and keeps its beginning whole", () => {
    const long = "é".repeat(3000);
    expect(fold(settings, ["1", "1", long])).toMatchObject({
      screen: "CON Message plein: la fin n'est pas gardee.\n1 Preciser\n0 Envoyer",
    });
    expect(draftOf(settings, ["1", "1", long])).toMatchObject({ draft: { text: "é".repeat(2000) } });
    expect(draftOf(settings, ["1", "1", `ab${"😀".repeat(1100)}`, "c"])).toMatchObject({
      draft: { text: `ab${"😀".repeat(999)}` },
    });
    expect(draftOf(settings, ["1", "1", "😀".repeat(1100), "plus"])).toMatchObject({
      draft: { text: "😀".repeat(1000) },
    });
  });

  const toDanger = ["1", "1", "mots", "1", "6", "4", "6"];

  it("asks about an answer by SMS once there is no danger, with the warning, and puts it in only for who says yes", () => {
    const asked = [...toDanger, "2"];
    expect(play(asked).at(-1)).toBe(`CON ${settings.scripts[0]!.smsAnswer}`);
    const smsAnswer = (answer: string): unknown => {
      const outcome = fold(settings, [...asked, answer]);
      return outcome.kind === "report" ? outcome.draft.smsAnswer : outcome.kind;
    };
    expect(["1", "2", "0", "oui"].map(smsAnswer)).toEqual([true, false, false, "screen"]);
    expect(draftOf(settings, asked)).toMatchObject({ kind: "draft", draft: { smsAnswer: false } });
  });

  it("does not ask who is in danger now, nor where the instance cannot send", () => {
    expect(fold(settings, [...toDanger, "1", "0"])).toMatchObject({ kind: "report", draft: { smsAnswer: false } });
    const silent = dialogueSettings({ ...instance, smsAnswers: false });
    expect(fold(silent, [...toDanger, "2"])).toMatchObject({ kind: "report", draft: { smsAnswer: false } });
  });

  it("wants a receipt from the first words on, for a new report only", () => {
    expect(fold(settings, ["1", "1"])).toMatchObject({ receiptWanted: false });
    expect(fold(settings, ["1", "1", "mots"])).toMatchObject({ receiptWanted: true });
    expect(fold(settings, ["1", "1", "mots", "1", "1"])).toMatchObject({ receiptWanted: true });
    const followUp = ["2", goodCode, "1", "1", "mots"];
    expect(fold(settings, followUp, { reading: { kind: "nothing" } })).toMatchObject({ receiptWanted: false });
  });

  it.each([
    [["5"], { category: "REC" }],
    [["6"], { category: "OTH" }],
    [["1", "2"], { category: "ARM" }],
    [["1"], {}],
    [["6", "9", "1"], { category: "OTH", place: "ML0901" }],
    [["6", "9", "2"], { category: "OTH", place: "ML10" }],
    [["6", "4", "6"], { category: "OTH", place: "ML0406" }],
    [["6", "4", "6", "2", "2"], { category: "OTH", place: "ML0406", danger: false }],
  ])("keeps what was answered when sent after %j", (details, answers) => {
    const inputs = ["1", "1", "mots", "1", ...details];
    const sent = "danger" in answers ? inputs : [...inputs, "0"];
    expect(play(sent).at(-1)).toEqual({ kind: "report", draft: { ...nothing, text: "mots", answers } });
  });

  it("is over once it is sent", () => {
    expect(fold(settings, ["1", "1", "mots", "0", "1"])).toEqual({
      kind: "end",
      screen: "END C'est fini. Effacez cet appel.",
    });
  });
});

function excluded(keys: readonly string[]) {
  return draftOf(settings, ["1", ...keys, "mots"]);
}

describe("who must not read", () => {
  it.each([
    [["2", "5", "3"], { rule: "place", value: "ML0503" }],
    [["2", "5", "0"], { rule: "place", value: "ML05" }],
    [["2", "9"], { rule: "place", value: "ML09" }],
    [["2", "0", "1", "4"], { rule: "place", value: "ML1004" }],
    [["2", "0", "0", "8", "2"], { rule: "place", value: "ML0802" }],
    [["3", "1"], { rule: "organisation", value: organisations[0]!.name }],
    [["3", "0", "1"], { rule: "organisation", value: expect.stringMatching(/numéro/) }],
  ])("by %j is %j", (keys, rule) => {
    expect(excluded(keys)).toEqual({ kind: "draft", draft: { ...nothing, text: "mots", exclude: [rule] } });
  });

  it("pages through every organisation and round again", () => {
    const shown = new Set<string>();
    const inputs = ["1", "3"];
    const first = fold(settings, inputs);
    do {
      const outcome = fold(settings, inputs);
      if (outcome.kind !== "screen") throw new Error("no screen");
      for (const line of outcome.screen.split("\n")) if (/^[1-9] /.test(line)) shown.add(line.slice(2));
      inputs.push("0");
    } while (JSON.stringify(fold(settings, inputs)) !== JSON.stringify(first));
    expect(shown).toEqual(new Set(settings.organisations.map((one) => one.shortName)));
  });

  it("is refused when fewer than two readers would remain: change it, or stop", () => {
    const few = "CON Il resterait moins de deux lecteurs.\n1 Changer le choix\n2 Arreter";
    expect(play(["1", "3", "2"]).at(-1)).toBe(few);
    expect(draftOf(settings, ["1", "3", "2"])).toEqual({ kind: "nothing" });
    expect(play(["1", "3", "2", "1"]).at(-1)).toBe(who);
    expect(play(["1", "3", "2", "2"]).at(-1)).toBe("END Rien n'est envoye. Effacez cet appel.");
    expect(excluded(["3", "2", "1", "1"])).toMatchObject({ draft: { exclude: [] } });
  });
});

describe("a session that is cut", () => {
  it.each([[[]], [["1"]], [["1", "1"]], [["1", "1", " "]], [["1", "2", "5", "mots"]], [["3", "1"]], [["1", "mots"]]])(
    "at %j sends nothing",
    (inputs) => {
      expect(draftOf(settings, inputs)).toEqual({ kind: "nothing" });
    },
  );

  it("sends what it has, with danger said though not confirmed", () => {
    expect(draftOf(settings, ["1", "1", "mots", "1", "6", "9", "1", "1"])).toEqual({
      kind: "draft",
      draft: { ...nothing, text: "mots", answers: { category: "OTH", place: "ML0901", danger: true } },
    });
  });

  it("sends the whole report when only its last screen was lost", () => {
    expect(draftOf(settings, ["1", "1", "mots", "0"])).toMatchObject({ draft: { text: "mots" } });
  });
});

describe("reading an answer", () => {
  const need = { kind: "readMailbox", receipt: goodCode };
  const noAnswer = "CON Pas encore de reponse.\n1 Ecrire encore\n2 Oublier";
  const exclude = [{ rule: "place", value: "ML05" }] as const;
  const day = fromIsoDay("2026-11-26")!;
  const answer: Known = { reading: { kind: "answers", answers: [{ day, text: "Où ?" }], exclude } };

  it("catches a mistyped digit at once, and reads two numbers however they are spaced", () => {
    const mistyped = "CON Chiffres mal tapes. Tapez les 16 chiffres de vos deux numeros, sans espace.";
    for (const typed of [mistypedCode, "12345678", "", "mots"]) expect(play(["2", typed]).at(-1)).toBe(mistyped);
    for (const typed of [goodCode, " 12345678 12345678", "12345678*12345678", "1234-5678.12345678"])
      expect(play(["2", "0", typed]).at(-1)).toEqual({ kind: "needs", need });
    expect(draftOf(settings, ["2", goodCode, "1"])).toEqual({ kind: "needs", need });
  });

  it("shows one screen for no answer, then asks who must not read before any word", () => {
    const nothingThere: Known = { reading: { kind: "nothing" } };
    expect(play(["2", goodCode], nothingThere).at(-1)).toBe(noAnswer);
    expect(play(["2", goodCode, "1"], nothingThere).at(-1)).toBe(who);
    expect(play(["2", goodCode, "1", "2", "5", "0", "mots", "0"], nothingThere).at(-1)).toEqual({
      kind: "report",
      draft: { ...nothing, text: "mots", exclude: [{ rule: "place", value: "ML05" }], thread: goodCode },
    });
    expect(play(["2", goodCode, "2", "1", "1"], nothingThere).at(-1)).toEqual({
      kind: "forget",
      language: "fr",
      receipt: goodCode,
      exclude: [],
    });
  });

  it("shows an answer, then follows up with the exclusions it repeats", () => {
    expect(play(["2", goodCode, "1", "1", "Au pont", "0"], answer).slice(2)).toEqual([
      "CON Reponse du 26/11:\nOù ?\n1 Suite",
      "CON 1 Ecrire encore\n2 Oublier",
      words,
      more,
      {
        kind: "report",
        draft: { ...nothing, text: "Au pont", exclude: [{ rule: "place", value: "ML05" }], thread: goodCode },
      },
    ]);
  });

  it("shows every answer, newest first, each under its day", () => {
    const answers = [
      { day, text: "Merci" },
      { day: addDays(day, -8), text: "Où ?" },
    ];
    expect(play(["2", goodCode, "1", "1"], { reading: { kind: "answers", answers, exclude } }).slice(2)).toEqual([
      "CON Reponse du 26/11:\nMerci\n1 Suite",
      "CON Reponse du 18/11:\nOù ?\n1 Suite",
      "CON 1 Ecrire encore\n2 Oublier",
    ]);
  });

  it("says that a report was taken, then follows up with the exclusions that the acknowledgement repeats", () => {
    const taken: Known = { reading: { kind: "taken", day, exclude } };
    expect(play(["2", goodCode, "1", "Au pont", "0"], taken).slice(2)).toEqual([
      "CON Bien recu le 26/11. Pas encore de reponse.\n1 Ecrire encore\n2 Oublier",
      words,
      more,
      { kind: "report", draft: { ...nothing, text: "Au pont", exclude, thread: goodCode } },
    ]);
    expect(play(["4", "2", "2", goodCode], taken).at(-1)).toMatch(/^CON Received on 26\/11\. No answer yet\./);
  });

  it("forgets only after a second yes", () => {
    const sure = "CON Oublier: plus jamais de reponse avec ces deux numeros.\n1 Oui\n2 Non";
    expect(play(["2", goodCode, "1", "2", "2"], answer).slice(-2)).toEqual([sure, "CON 1 Ecrire encore\n2 Oublier"]);
    const forgotten = fold(settings, ["2", goodCode, "1", "2", "1"], answer);
    expect(forgotten).toMatchObject({ kind: "forget", receipt: goodCode, exclude: [{ value: "ML05" }] });
    expect(fold(settings, ["2", goodCode, "1", "2", "1", "1"], answer)).toMatchObject({ kind: "end" });
  });

  it("says so when it cannot be read now", () => {
    expect(play(["2", goodCode], { reading: { kind: "refused" } }).at(-1)).toMatch(/^END Lecture impossible/);
  });

  it("pages an answer of any length without losing a letter", () => {
    const text = "Merci, à l'école… « où » ? ".repeat(40);
    const reading: Known = { reading: { kind: "answers", answers: [{ day, text }], exclude: [] } };
    const inputs = ["2", goodCode];
    let shown = "";
    // Ends with the screen that follows the last page.
    for (;;) {
      const screen = play(inputs, reading).at(-1);
      if (typeof screen !== "string" || screen.includes("Oublier")) break;
      shown += screen.slice("CON ".length, -"\n1 Suite".length);
      inputs.push("1");
    }
    expect(shown.replace(/\s/g, "")).toBe(`Reponsedu26/11:${'Merci,àl\'école..."où"?'.repeat(40)}`);
  });
});

function firstPage(text: string) {
  const answers = [{ day: fromIsoDay("2026-11-26")!, text }];
  return play(["2", goodCode], { reading: { kind: "answers", answers, exclude: [] } }).at(-1);
}

describe("a page of an answer", () => {
  it("ends between words, but is not left near empty for that", () => {
    expect(firstPage("abcdefg ".repeat(40))).toMatch(/^CON Reponse du 26\/11:\n(abcdefg )+abcdefg\n1 Suite$/);
    expect(firstPage(`oui ${"b".repeat(300)}`)).toMatch(/^CON Reponse du 26\/11:\noui b{100,}\n1 Suite$/);
  });
});

describe("the other keys", () => {
  it("3 tells the truth in three screens, then price and patience", () => {
    expect(play(["3", "1", "1", "1", "1"]).slice(1)).toEqual([
      "CON Au telephone, pas d'anonymat: l'operateur et son relais savent qui appelle, ce qui est tape et ce qui est montre.\n1 Suite",
      "CON Apres notre passerelle, seuls des lecteurs nommes peuvent lire. Le code appele reste dans la liste des appels.\n1 Suite",
      "CON La page web par Tor cache plus. La, vos deux numeros se changent contre deux nouveaux.\n1 Suite",
      "CON Prix: vingt-cinq francs CFA ok. Reponse: 365 jours environ. Sans signe apres 10 jours, redites-le autrement.\n1 Menu",
      menu,
    ]);
  });

  it("4 changes the language, of the report too", () => {
    expect(play(["4", "2"]).slice(1)).toEqual([
      "CON Langue?\n1 Francais\n2 English",
      "CON 1 Report\n2 Read the answer\n3 Is it safe?\n4 Language\n5 News",
    ]);
    expect(play(["4", "2", "1", "1", "arms", "0"]).at(-1)).toMatchObject({ draft: { language: "en" } });
  });

  it("5 says in three screens what is coming and when", () => {
    expect(play(["5", "1", "1", "1"]).slice(3)).toEqual([
      "CON Premier bulletin le 01/05/2027, ici et a la radio.\n1 Menu",
      menu,
    ]);
  });

  it("5 says in three screens what the latest release says, in the language chosen", () => {
    const news = { fr: ["un", "deux", "trois"], en: ["one", "two", "three"] } as const;
    const told = dialogueSettings({ ...instance, news });
    const screens = (inputs: readonly string[]): readonly unknown[] =>
      inputs.map((_, at) => fold(told, inputs.slice(0, at + 1)));
    expect(screens(["5", "1", "1", "1"])).toEqual([
      screenOf("un\n1 Suite"),
      screenOf("deux\n1 Suite"),
      screenOf("trois\n1 Menu"),
      screenOf(menu.slice(4)),
    ]);
    expect(screens(["4", "2", "5"]).at(-1)).toEqual(screenOf("one\n1 Next"));
  });

  it("no other leads anywhere, and the screen says so", () => {
    const again = menu.replace("CON ", "CON Un chiffre svp:\n");
    for (const key of ["0", "6", "98", "00", "constructor", "__proto__", "1 1", "un", "", "١"])
      expect(play([key]).at(-1)).toBe(again);
    expect(play([" 1 "]).at(-1)).toBe(who);
  });
});
