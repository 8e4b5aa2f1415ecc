import { frenchTerms } from "./fr-terms.ts";
import type { ReleaseWords } from "./words.ts";

/** L’écran des responsables de publication, phrase pour phrase comme en anglais. */
export const frenchReleases: ReleaseWords = {
  title: "Publications",
  lead: "Deux responsables tirent ensemble les tableaux de chaque trimestre. Vous ne lisez aucun signalement. Rien ici ne se tire deux fois, et rien n’est montré avant son instant fixé.",
  demo: "Ceci est une démonstration : l’ordre des étapes est tenu, et aucune date.",
  none: "Aucun trimestre n’est encore prévu.",
  states: {
    proposed: "Un plan attend sa seconde signature.",
    planned: "Prévu. Les deux responsables s’engagent avant la fin du trimestre.",
    committed:
      "Les deux se sont engagés. Après le trimestre, les lecteurs envoient leurs étiquettes ; puis on les arrête.",
    claimed: "Arrêté. Chaque responsable scelle sa graine pour l’autre.",
    revealed: "Les deux graines sont là. Un responsable tire.",
    drawn: "Tiré. L’autre responsable refait le même tirage, et le signe.",
    cosigned: "Signé par les deux et remis. Il se montre à son instant, par le temps seul.",
    published: "Publié.",
  },
  awaits: (names) => `Attendu : ${names}.`,
  shownFrom: (day) => `Montré à partir du ${day}.`,
  plan: ({ period, from, until, publishes, officers, t1, t2 }) => [
    `${period} : du ${from} au ${until}.`,
    `Publié le ${publishes}, même vide.`,
    `ε ${t1} pour le pays, ${t2} pour les régions : 1 au plus pour qui est compté une fois.`,
    `Tiré et signé par ${officers}.`,
  ],
  nextTitle: "Le trimestre suivant",
  terms: frenchTerms,
  deeds: {
    proposePlan: "Signer ce plan et l’envoyer",
    signPlan: "Signer aussi ce plan",
    commit: "S’engager",
    claim: "Arrêter les envois",
    reveal: "Sceller ma graine pour l’autre responsable",
    draw: "Tirer",
    drawWithGaps: "Tirer sans elle",
    cosign: "Vérifier le tirage et le signer",
    commitAgain: "S’engager pour un second tirage",
    saveClaim: "Enregistrer l’arrêt pour le conseil",
    writeErratum: "Signer ces mots et les enregistrer pour l’autre responsable",
    readErratum: "Lire l’erratum",
    signErratum: "Signer aussi ces mots et les remettre",
    claimAgain: "Remettre l’arrêt signé par le conseil",
  },
  hints: {
    proposePlan: "L’autre responsable le signe aussi, avant l’ouverture du trimestre.",
    signPlan: "Lisez-le d’abord : il ne peut plus changer ensuite.",
    commit:
      "Tire votre graine et remet son empreinte. La graine reste sur le serveur, scellée pour vous seul : vous pouvez continuer sur un autre ordinateur, et pas avec d’autres clefs.",
    claim: "Nomme les envois qui sont là maintenant. Ensuite plus d’étiquettes, et pas d’autre arrêt sans le conseil.",
    reveal: "Une fois l’arrêt posé, chaque responsable peut connaître les deux graines.",
    draw: "Ouvre les envois, vérifie leurs auteurs, borne et tire. Refait, le tirage est le même.",
    drawWithGaps:
      "Ce qui manque n’est compté nulle part, et rien ne s’ajoute plus tard. L’autre responsable en est prévenu.",
    cosign: "Refait ici tout le tirage. S’il n’est pas le même à l’octet, rien n’est signé.",
    commitAgain:
      "Dépense encore l’ε du trimestre : qui est compté est protégé moitié moins. Tire une nouvelle graine ; ensuite personne ne poursuit le premier tirage.",
    saveClaim:
      "Un fichier sans étiquette et sans secret. Assez de membres du conseil le signent, l’un après l’autre, chacun par gundo release authorise sur un ordinateur sans réseau.",
    writeErratum: "Un fichier que l’autre responsable signe aussi. Rien n’est publié avant.",
    readErratum: "Montre ce que l’autre responsable a signé.",
    signErratum: "Ils se montrent aussitôt, à côté des chiffres, et ne peuvent pas être repris.",
    claimAgain: "Il est pris dès qu’assez de membres du conseil l’ont signé.",
  },
  busy: "En cours.",
  at: {
    fetched: "Les envois sont ouverts et vérifiés.",
    drawn: "Tiré.",
    kept: "Le tirage est signé.",
    sent: "Le tirage est chez l’autre responsable.",
  },
  done: {
    proposePlan: "Signé, et envoyé à l’autre responsable.",
    signPlan: "Signé par les deux, et pris par le serveur.",
    commit: "Engagé.",
    claim: "Arrêté.",
    reveal: "Votre graine est scellée pour l’autre responsable.",
    draw: "Tiré, et scellé pour l’autre responsable.",
    drawWithGaps: "Tiré sans ce qui manque, et scellé pour l’autre responsable.",
    cosign: "Le même tirage : signé par les deux et remis. Graines et étiquettes sont détruites.",
    commitAgain: "Engagé pour un second tirage.",
    writeErratum: "Signé et enregistré : donnez-le à l’autre responsable.",
    readErratum: "L’autre responsable a signé ceci. Lisez avant de signer.",
    signErratum: "Signé par les deux, et montré.",
    saveClaim: "Signé et enregistré : donnez-le au conseil.",
    claimAgain: "Arrêté une seconde fois.",
  },
  gaps: {
    part: (author) => `Une partie de l’envoi de ${author} manque : demandez-lui, et appelez le conseil.`,
    list: (author) => `${author} a envoyé plus d’une fois : personne n’est compté deux fois.`,
  },
  gapLead:
    "Demandez-lui si tout est parti. Si oui, le serveur en a perdu une partie : ne tirez rien, et appelez le conseil. Sinon, ce qui manque reste dehors pour de bon.",
  gapAsked: "J’ai demandé, et prévenu l’autre responsable",
  again: {
    is: "C’est le second tirage du trimestre : il dépense encore son ε.",
    title: "Si ce tirage ne peut pas finir",
    lead: [
      "Seulement quand on ne peut le montrer à personne : une graine est perdue, ou un envoi de l’arrêt. Rien n’oblige à publier : la page dit alors que rien ne l’a été.",
      "Un second tirage dépense encore l’ε du trimestre, et qui est compté est protégé moitié moins. Les deux responsables s’engagent de nouveau, et le conseil doit signer un second arrêt. Il n’y en a pas de troisième.",
    ],
    agreed: "L’autre responsable et le conseil veulent un second tirage",
    claimFile: "L’arrêt, comme le dernier du conseil l’a rendu",
    claimHint: "Le fichier que vous avez enregistré, avec leurs signatures.",
  },
  erratum: {
    title: "Si quelque chose est faux dans cette publication",
    lead: "Ses chiffres restent : un chiffre corrigé dirait la différence de deux comptes. Dites-le en mots, dans les deux langues, sans nombre : ni en chiffres, ni en lettres.",
    labels: { fr: "Les mots en français", en: "Les mots en anglais" },
    flaws: {
      empty: "Il faut les deux langues.",
      number: "Il y a un nombre : un chiffre ici livrerait ce que le bruit cache.",
      sign: "Il y a un signe qu’aucun texte n’a.",
      long: "2 000 signes au plus.",
    },
    file: "Ou ce que l’autre responsable a écrit",
    fileHint: "Le fichier enregistré de l’autre côté. Il se montre ici avant que vous signiez.",
  },
  refused: {
    malformed: (post) =>
      `L’envoi ${post} ne compte pas : il ne s’ouvre pas, ou n’est pas une liste d’étiquettes. Appelez le conseil.`,
    author: (post) => `L’envoi ${post} ne compte pas : aucun lecteur de la liste ne l’a signé. Appelez le conseil.`,
    period: (post) => `L’envoi ${post} ne compte pas : il est d’un autre trimestre. Appelez le conseil.`,
    version: (post) =>
      `L’envoi ${post} ne compte pas : ses catégories ou ses lieux ne sont pas ceux du plan. Appelez le conseil.`,
  },
  strayed: "Des étiquettes dont le code n’est pas compté par le plan sont laissées de côté.",
  refusals: {
    order: "Une étape manque avant celle-ci, ou l’autre responsable a été plus rapide.",
    board: "Trop peu de membres du conseil ont signé cet arrêt.",
    file: "Ce fichier n’est pas celui qu’il faut ici.",
    notNow: "Pas ces jours-ci.",
    differs: "Ce tirage n’est pas celui qui suit des mêmes envois et graines. Rien n’est signé : appelez le conseil.",
    seed: "La graine que vous avez promise n’est pas ici : elle est perdue, ou scellée pour des clefs que vous avez changées. Appelez le conseil.",
    gap: "Une partie de ce que quelqu’un a signé manque aux envois. Rien n’est tiré.",
    missing:
      "Le serveur ne donne plus un envoi que l’arrêt nomme. Rien ne peut se tirer de cet arrêt : appelez le conseil.",
    signers: "Ce n’est pas signé par qui doit le signer.",
    unreached: "Le serveur ne répond pas. Rien n’est perdu ; essayez encore.",
    unexpected: "Cela n’aurait pas dû arriver. Verrouillez, puis recommencez.",
  },
};
