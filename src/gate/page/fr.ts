import { frenchAttaching } from "./fr-attaching.ts";
import { frenchReading } from "./fr-reading.ts";
import type { PageWords } from "./words.ts";

/** The page in French, which every other language follows sentence by sentence. */
export const french: PageWords = {
  language: "fr",
  path: "/",
  other: { path: "/en", language: "en", name: "English" },

  exit: "Quitter vite",
  lead: [
    "Ici, vous pouvez dire ce que vous savez d’un trafic, d’une extorsion, d’une corruption, d’un enlèvement, d’un recrutement.",
    "Seules des personnes choisies dans des associations vous lisent. Ce n’est ni la police, ni l’armée, ni un service de secours : personne ne lit tout de suite.",
    "Dites seulement ce que vous savez déjà. Ne cherchez rien de plus : c’est dangereux, et nous ne le demandons jamais.",
  ],

  hidesTitle: "Ce que cette page cache, et ce qu’elle ne cache pas",
  hides: [
    {
      word: "Anonyme",
      by: "avec le navigateur Tor",
      says: "Ni nous ni votre opérateur ne voyons que c’est vous qui écrivez ici. L’opérateur voit seulement que vous utilisez Tor.",
    },
    {
      word: "Confidentiel",
      by: "avec un autre navigateur",
      says: "Seuls les lecteurs choisis lisent vos mots. Mais votre opérateur peut voir que vous avez visité ce site.",
    },
    {
      word: "Attribuable",
      by: "par SMS ou en composant le code",
      says: "Votre opérateur sait que c’est vous : il voit qui appelle, ce qui est tapé et ce qui s’affiche.",
    },
  ],
  neverHidesTitle: "Rien ne peut cacher :",
  neverHides: [
    "ce que vous êtes seul à savoir : on devinera que c’est vous ;",
    "ce que vous avez dit à un ami, ou ce qu’une caméra a vu ;",
    "l’adresse de cette page dans l’historique de ce téléphone : effacez-la, ou ouvrez une fenêtre privée.",
  ],

  readersTitle: "Qui vous lit",
  readers: "Les personnes de ces organisations peuvent ouvrir votre message, et personne d’autre :",
  fingerprint: "Empreinte de la liste des lecteurs",
  fingerprintUse: "Comparez-la à celle donnée à la radio ou sur papier. Si elle est différente, n’écrivez rien ici.",

  formTitle: "Votre message",
  optional: "facultatif",
  withoutTitle: "Qui ne doit pas lire ?",
  withoutHint: "Votre message sera fermé pour ces personnes, et elles ne le sauront pas.",
  withoutPlace: "Les lecteurs de cette zone",
  withoutOrganisation: "Les lecteurs de ces organisations",
  nobody: "Personne à écarter",
  text: "Ce que vous savez",
  textHint: "Quoi, où, quand. N’écrivez pas votre nom, ni ce que vous êtes seul à savoir.",
  more: "Préciser",
  category: "De quoi s’agit-il ?",
  place: "Où ?",
  when: "Quand ?",
  whenChoices: {
    now: "C’est en cours",
    week: "Depuis une semaine au plus",
    month: "Depuis un mois au plus",
    older: "Il y a plus longtemps",
  },
  danger: "Quelqu’un est en danger maintenant",
  dangerHint: "Personne ne lit tout de suite. Ceci n’est pas un secours.",
  unsaid: "Sans réponse",
  wholeRegion: (region) => `${region} (toute la région)`,
  file: "Joindre une photo ou un fichier",
  attaching: frenchAttaching,

  plain:
    "Votre navigateur ne ferme pas le message lui-même. Si vous l’envoyez ainsi, ce serveur lit vos mots, et vos deux numéros, le temps de les fermer ; il n’en garde rien. Qui tient le serveur à ce moment peut les lire.",
  operaMini:
    "Votre navigateur (Opera Mini ou semblable) fait passer cette page par les machines d’une entreprise, qui voit ce que vous écrivez. Prenez plutôt Firefox, Chrome ou le navigateur Tor.",
  loading: "Un instant : la page prépare de quoi fermer votre message sur ce téléphone.",
  sealed:
    "La liste des lecteurs est vérifiée. Votre message sera fermé sur ce téléphone : ce serveur ne pourra pas le lire.",
  sending: "Votre message part…",
  refused: "Rien ne peut être envoyé d’ici.",
  send: "Envoyer",
  notices: {
    empty: "Écrivez d’abord ce que vous savez. Rien n’est envoyé.",
    tooLong: "C’est trop long pour un seul message : envoyez la fin dans un deuxième. Rien n’est envoyé.",
    tooFewReaders:
      "Il resterait moins de deux lecteurs. Changez « Qui ne doit pas lire ? », ou arrêtez-vous là. Rien n’est envoyé.",
    changed: "La liste des lecteurs a changé. Copiez votre texte et rechargez la page. Rien n’est envoyé.",
    notSent: "Le message n’a pas pu être gardé. Rien n’est envoyé. Essayez encore un peu plus tard.",
    unanswered: "Pas de réponse du serveur : le message n’est peut-être pas arrivé. Envoyez-le encore.",
    scriptLoading: "Un instant encore, puis appuyez de nouveau sur Envoyer. Rien n’est envoyé.",
    scriptUnloaded:
      "Ce téléphone n’a pas pu charger de quoi fermer le message. Rechargez la page, ou lisez ce qui est écrit au-dessus du bouton avant d’envoyer.",
    rosterUnreached: "La liste des lecteurs n’est pas arrivée. Rien n’est envoyé. Appuyez de nouveau sur Envoyer.",
    rosterForged:
      "La liste des lecteurs n’est pas celle que le conseil a signée. N’écrivez rien ici et prévenez par un autre moyen. Rien n’est envoyé.",
    rosterOther:
      "La liste des lecteurs est trop ancienne ou vient d’ailleurs. N’écrivez rien ici et prévenez par un autre moyen. Rien n’est envoyé.",
    rosterExpired:
      "La liste des lecteurs n’est plus valable, ou la date de ce téléphone est fausse. Vérifiez la date. Rien n’est envoyé.",
    rosterStale: "Attention : la liste des lecteurs aurait dû être renouvelée. Vous pouvez encore envoyer.",
  },

  thanksTitle: "Merci",
  thanks: "Votre message est fermé et gardé.",
  numbers:
    "Gardez ces deux numéros, par exemple comme deux contacts : ils servent à lire la réponse. Ils ne seront plus montrés.",
  numbersCopy: "Copier",
  numbersNoted: "C’est noté",
  noNumbers: "Cette fois il n’y a pas de numéros : personne ne pourra vous répondre.",
  noSign: "Pas de signe après 10 jours ? Dites-le encore, d’une autre façon.",
  traces: "Appuyez maintenant sur « Quitter vite » et effacez l’historique de ce navigateur.",

  closed: {
    title: "Rien ne peut être envoyé maintenant",
    says: [
      "Il n’y a pas de liste de lecteurs valable. Sans elle, ce site ne peut rien fermer : il ne prend aucun message et n’ouvre aucune réponse.",
      "Si vous veniez d’écrire ou d’appuyer sur un bouton : rien n’est envoyé, rien n’est gardé.",
    ],
    instead: "Que faire",
    ways: [
      "Dites-le d’une autre façon, à une personne ou une association en qui vous avez confiance.",
      "Rappelez le code ou revenez ici dans quelques jours, puis encore : l’écran dit si c’est envoyé.",
      "Si vous avez deux numéros, gardez-les.",
    ],
    help: "Si quelqu’un est en danger maintenant, appelez :",
    helpSeen: "Votre opérateur verra cet appel.",
  },

  readTitle: "Lire la réponse",
  readFirst: "Premier numéro",
  readSecond: "Deuxième numéro",
  readPlain: "Ainsi, ce serveur lit vos deux numéros, la réponse et vos mots ; il n’en garde rien.",
  reading: frenchReading,
};
