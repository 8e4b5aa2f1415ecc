import type { Script } from "./script.ts";

/** French, without the accents that cheap phones and some gateways mangle. */
export const french: Script = {
  language: "fr",
  name: "Francais",
  hintKey: "Un chiffre svp:",
  hintWords: "Ecrivez des mots:",

  next: "Suite",
  send: "Envoyer",
  toMenu: "Menu",

  menu: "1 Signaler\n2 Lire la reponse\n3 Est-ce sur?\n4 Langue\n5 Nouvelles",
  chooseLanguage: "Langue?",

  who: "Qui ne doit PAS lire?\n1 Personne\n2 Gens de ma zone\n3 Une organisation",
  whoOrganisation: "Laquelle ne doit pas lire?",
  whoRegion: "Votre region?",
  whoCercle: "Votre cercle?",
  wholeRegion: "Toute la region",
  tooFew: "Il resterait moins de deux lecteurs.\n1 Changer le choix\n2 Arreter",

  words: "Ecrivez: quoi, ou, quand. Pas votre nom, ni ce que vous seul savez. 80 lettres au plus; la suite apres.",
  wordsMore: "Ecrivez la suite,\n1 Preciser\n0 Envoyer",
  wordsFull: "Message plein: la fin n'est pas gardee.\n1 Preciser\n0 Envoyer",

  what: "Quoi?",
  whereRegion: "Ou? La region:",
  whereCercle: "Ou? Le cercle:",
  danger: "Danger maintenant?\n1 Oui\n2 Non\n0 Envoyer",
  notRescue: (helpNumber) => `Personne ne lit tout de suite. Ceci n'est pas un secours. Aide: ${helpNumber}\n0 Envoyer`,
  smsAnswer: "Reponse aussi par SMS? L'operateur et ce telephone la montreront.\n1 Oui\n2 Non\n0 Envoyer",

  safety: (cost, answerDays) => [
    "Au telephone, pas d'anonymat: l'operateur et son relais savent qui appelle, ce qui est tape et ce qui est montre.",
    "Apres notre passerelle, seuls des lecteurs nommes peuvent lire. Le code appele reste dans la liste des appels.",
    "La page web par Tor cache plus. La, vos deux numeros se changent contre deux nouveaux.",
    `Prix: ${cost}. Reponse: ${answerDays} jours environ. Sans signe apres 10 jours, redites-le autrement.`,
  ],
  news: (firstBulletin) => [
    "Chaque trimestre: ce qui est signale dans le pays, en chiffres, sans nom ni village.",
    "Les chiffres sont un peu brouilles, expres: personne ne peut savoir qui a parle.",
    `Premier bulletin le ${firstBulletin}, ici et a la radio.`,
  ],

  code: "Tapez les 16 chiffres de vos deux numeros, sans espace.",
  codeMistyped: "Chiffres mal tapes. Tapez les 16 chiffres de vos deux numeros, sans espace.",
  noAnswer: "Pas encore de reponse.\n1 Ecrire encore\n2 Oublier",
  taken: (day) => `Bien recu le ${day}. Pas encore de reponse.\n1 Ecrire encore\n2 Oublier`,
  answerOf: (day) => `Reponse du ${day}:`,
  afterAnswer: "1 Ecrire encore\n2 Oublier",
  forget: "Oublier: plus jamais de reponse avec ces deux numeros.\n1 Oui\n2 Non",

  thanks: (first, second) =>
    `Merci.\n${first}\n${second}\nGardez-les comme deux contacts. Effacez cet appel.\nSans signe apres 10 jours, redites-le autrement.`,
  thanksWithoutNumber: "Merci, c'est envoye. Pas de numero a montrer cette fois. Effacez cet appel.",
  thanksSameNumbers: "Merci, c'est envoye. Gardez vos deux numeros. Effacez cet appel.",
  notSent: "Pas envoye. Reessayez demain, ou par la page web. Effacez cet appel.",
  stopped: "Rien n'est envoye. Effacez cet appel.",
  startAgain: "Coupure chez nous: rien n'est envoye. Refaites le code. Effacez cet appel.",
  readLater: "Lecture impossible maintenant. Reessayez demain. Effacez cet appel.",
  forgotten: "C'est oublie. Effacez les deux numeros et cet appel.",
  over: "C'est fini. Effacez cet appel.",

  smsHelp:
    "L'operateur sait qui ecrit et garde ce SMS. Effacez-le ici. Appeler le code laisse moins de traces. Ceci n'est pas un secours: personne ne lit tout de suite.",
  smsNotSent: "Pas envoye. Reessayez demain. Effacez ce SMS.",
};
