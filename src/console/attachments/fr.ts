import type { AttachmentKind, AttachmentWords } from "./words.ts";

const kinds: Readonly<Record<Exclude<AttachmentKind, "other">, string>> = {
  picture: "une image",
  sound: "un enregistrement sonore",
  film: "une vidéo",
  text: "un texte",
  pdf: "un document PDF",
};

/** Ce qui est dit des pièces jointes, phrase pour phrase comme en anglais. */
export const frenchAttachments: AttachmentWords = {
  about: (kind, type, kB) =>
    `Pièce jointe : ${kind === "other" ? `un autre genre de fichier (${type})` : kinds[kind]}, ${kB} ko`,
  open: "Ouvrir la pièce jointe",
  fetching: (done, of) => `La pièce jointe arrive : ${done} sur ${of}.`,
  close: "Fermer la pièce jointe",
  frame: "Contenu de la pièce jointe",
  notShown: "Ce genre de fichier n’est jamais ouvert ici : il pourrait agir sur cette machine.",
  save: "Enregistrer le fichier",
  saveWarning:
    "Enregistré, il est en clair sur ce disque. Ouvrez-le seulement sur une machine que vous pouvez perdre, sans réseau.",
  erase: "Effacer du serveur",
  eraseSure: "Effacer pour tous les lecteurs ? Appuyez encore pour le faire.",
  erased: "La pièce jointe est effacée du serveur.",
  refusals: {
    damaged: "La pièce jointe n’est pas entière, ou n’est pas celle du signalement : rien n’en est montré.",
    gone: "Le serveur n’a plus cette pièce jointe : effacée, ou plus de 180 jours.",
    notTaken: "Prenez d’abord le dossier.",
    unreached: "Le serveur ne répond pas. Essayez encore.",
    unexpected: "Cela n’aurait pas dû arriver. Verrouillez, puis recommencez.",
  },
};
