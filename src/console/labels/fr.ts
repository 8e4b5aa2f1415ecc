import type { LabelWords } from "./words.ts";

/** Ce qui est dit des étiquettes, phrase pour phrase comme en anglais. */
export const frenchLabels: LabelWords = {
  title: (period) => `Étiquettes de ${period}`,
  lead: (officers) =>
    `Une fois par trimestre, les étiquettes des dossiers que vous menez vont à ${officers}, en jetons parmi des leurres : catégorie, région, et rien qui ramène à un dossier. Le fichier de chaque lecteur est le même à voir, aussi quand il n’y a rien dedans.`,
  post: "Laisser partir mes étiquettes",
  reading: (done, of) => `Lecture des dossiers : ${done} sur ${of}.`,
  posted: "Vos étiquettes sont parties. Personne ne peut voir au fichier s’il y en avait.",
  again: "Essayer encore",
  refusals: {
    noKey: "Le premier responsable n’a pas encore fait la clef du trimestre : demandez-lui de se connecter.",
    badKey:
      "Ce que le serveur donne pour la clef du trimestre ne vient d’aucun responsable de votre liste. Rien n’est parti : appelez votre conseil.",
    tooLate: "Ce trimestre est clos : plus aucune étiquette n’est prise.",
    unreached: "Le serveur ne répond pas. Rien n’est perdu ; essayez encore.",
    unexpected: "Cela n’aurait pas dû arriver. Verrouillez, puis recommencez.",
  },
};
