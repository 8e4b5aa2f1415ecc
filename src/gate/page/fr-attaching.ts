import type { AttachingWords } from "../../dialogue/words-attaching.ts";

/** Ce qui est dit autour d’une pièce jointe, phrase pour phrase comme en anglais. */
export const frenchAttaching: AttachingWords = {
  cleaned:
    "Photo nettoyée sur ce téléphone, {size} ko : le lieu et l’appareil n’y sont plus écrits. Ce que l’on voit dessus reste : visages, maisons, plaques.",
  asItIs:
    "Ce fichier part tel quel, {size} ko. Il peut porter votre nom, un lieu ou l’appareil : s’il n’est pas sûr, retirez-le.",
  working: "Un instant : ce téléphone prépare la pièce jointe. Rien n’est envoyé.",
  empty: "Ce fichier est vide : il n’est pas joint.",
  tooLarge: "Ce fichier est trop gros : 25 Mo au plus. Il n’est pas joint.",
  uncleaned:
    "Ce navigateur ne peut pas nettoyer cette photo : elle n’est pas jointe. Prenez une autre photo, en JPEG, ou un autre navigateur.",
  sending: "La pièce jointe part fermée : {done} sur {of}. Laissez la page ouverte.",
  stopped: "Le réseau s’est coupé. Ce qui est parti est gardé : appuyez de nouveau sur Envoyer pour continuer.",
};
