import type { CeremonyLanguage } from "../roster/ceremony/words.ts";

/** Words of the check of releases, beside what the verdict itself says (trends/verdict-words.ts). */
export interface ReleasesWords {
  readonly intro: string;
  readonly folder: string;
  readonly folderHint: string;
  readonly chosen: (files: number, quarters: number) => string;
  readonly act: string;
  readonly good: string;
  readonly bad: string;
}

export const releasesWords: Readonly<Record<CeremonyLanguage, ReleasesWords>> = {
  fr: {
    intro:
      "Pour quiconque lit les chiffres publiés : vérifie chaque trimestre depuis son plan, et nomme le premier fichier changé, enlevé ou ajouté.",
    folder: "Le dossier des bulletins",
    folderHint:
      "Choisissez le dossier entier, ou posez-le sur ce champ. Un téléphone demande parfois tous ses fichiers à la place.",
    chosen: (files, quarters) => `${files} fichiers, ${quarters} trimestres.`,
    act: "Vérifier",
    good: "Chaque note et chaque fichier est juste.",
    bad: "Gardez cette copie telle quelle, et prévenez le conseil.",
  },
  en: {
    intro:
      "For anybody who reads the published figures: checks every quarter from its plan on, and names the first file that was changed, taken out or put there.",
    folder: "The folder of releases",
    folderHint: "Choose the whole folder, or drop it on the field. A phone may ask for all the files in it instead.",
    chosen: (files, quarters) => `${files} files, ${quarters} quarters.`,
    act: "Check",
    good: "Every note and every file holds.",
    bad: "Keep this copy as it is, and tell the board.",
  },
};
