import type { ReadingWords } from "../../dialogue/words-reading.ts";

/** What is said around an answer, in French. */
export const frenchReading: ReadingWords = {
  title: "Votre échange",
  nothing:
    "Pas encore de réponse pour ces deux numéros. Pas de signe 10 jours après votre message ? Dites-le encore, d’une autre façon.",
  taken: "Votre message a été pris en charge le {day}. Pas encore de réponse.",
  answerOf: "Réponse du {day}",
  working: "Un instant : ce téléphone travaille.",
  again: "Écrire encore",
  againHint: "Pas de nom, ni ce que vous êtes seul à savoir.",
  send: "Envoyer la suite",
  exchange: "Changer de numéros",
  exchangeHint:
    "Vous recevez deux nouveaux numéros ; les anciens n’ouvrent plus rien. À faire si les anciens sont venus par téléphone : votre opérateur les a vus. Lisez d’abord la réponse : elle part avec les anciens.",
  exchanged: "Voici vos nouveaux numéros. Les anciens n’ouvrent plus rien.",
  forget: "Tout oublier",
  forgetHint: "Plus jamais de réponse avec ces deux numéros. Les lecteurs sont priés de fermer l’échange.",
  forgotten: "C’est oublié : ces deux numéros n’ouvrent plus rien.",
  sent: "La suite de votre message est fermée et gardée. Vos deux numéros restent les mêmes.",
  noNumbers: "De nouveaux numéros n’ont pas pu être faits : les anciens servent toujours. Essayez encore plus tard.",
  notices: {
    mistyped: "Un chiffre n’est pas bon : chaque numéro a huit chiffres. Regardez-les encore une fois.",
    later: "La réponse ne peut pas être lue maintenant. Essayez encore un peu plus tard.",
    empty: "Écrivez d’abord ce que vous savez. Rien n’est envoyé.",
    tooLong: "C’est trop long pour un seul message : envoyez la fin dans un deuxième. Rien n’est envoyé.",
    tooFewReaders: "Il resterait moins de deux lecteurs. Changez « Qui ne doit pas lire ? ». Rien n’est envoyé.",
    changed: "La liste des lecteurs a changé. Copiez votre texte et rechargez la page. Rien n’est envoyé.",
    notSent: "Le message n’a pas pu être gardé. Rien n’est envoyé. Essayez encore un peu plus tard.",
    unanswered: "Pas de réponse du serveur : le message n’est peut-être pas arrivé. Envoyez-le encore.",
    stillOpen:
      "Les lecteurs sont prévenus, mais les anciens numéros ouvrent peut-être encore. Appuyez encore une fois.",
    roster: "La liste des lecteurs n’est pas arrivée ou n’est pas la bonne. Rien n’est lu ni envoyé.",
  },
};
