import { did, knowers, outcomes } from "./fr-did.ts";
import type { CaseWords } from "./words.ts";

export const frenchCase: CaseWords = {
  language: "fr",
  title: (day) => `Signalement du ${day}`,
  reading: "Lecture du dossier…",
  gone: "Ce signalement n'est plus dans la liste.",
  aside:
    "Vous vous êtes retiré : ce dossier n'existe plus pour vous. Le signalement reste dans votre liste, comme chez tous.",
  ledBy: (name) => `Mené par ${name}`,
  ledByYou: "Mené par vous",
  ledByNobody: "Personne ne le mène",

  messagesTitle: "Ce qui a été dit",
  followUp: (day) => `Suite du ${day}`,
  forgetAsked: (day) =>
    `${day} : la personne demande à être oubliée. Sa boîte n'existe plus, aucune réponse ne l'atteint. Clôturez le dossier.`,
  when: "Quand",
  whens: { now: "Maintenant", today: "Aujourd'hui", week: "Cette semaine", month: "Ce mois-ci", older: "Plus ancien" },
  noAnswers: "Aucune question n'a eu de réponse.",
  asksForSms: "Demande une réponse par SMS",

  timelineTitle: "Ce qui a été fait",
  nothingDone: "Rien encore.",
  did,
  problemsTitle: "Quelque chose ne va pas dans ce dossier",
  problemAt: (seq, problem) => `Au numéro ${seq} : ${problem}`,
  problems: {
    unopenable: "un acte ne s'ouvre pas, et personne ne l'a transmis",
    malformed: "un acte est abîmé",
    differs: "un historique dit autre chose que l'acte lui-même",
    chain: "un acte a été retiré, ajouté, déplacé ou changé",
    author: "personne de ce nom ne lisait pour l'équipe ce jour-là",
    signature: "son auteur ne l'a pas signé",
    order: "le dossier ne le permettait pas alors ; cela ne compte pas",
    rolledBack:
      "ce que vous avez vu de ce dossier en dernier n’y est plus : le serveur montre une histoire plus ancienne, ou une autre",
    begins: "les premiers actes manquent : détruits après la clôture, ou cachés",
    head: "le serveur nomme un autre dernier acte que celui qu'il donne",
  },

  deadlinesTitle: "Délais",
  duties: { look: "Regarder", acknowledge: "Accuser réception", answer: "Répondre" },
  dutyDone: "Fait",
  dutyLeft: (day, days) => (days === 0 ? `Aujourd'hui (${day})` : `Avant le ${day}, encore ${days} jours`),
  dutyLate: (day, days) => `En retard depuis le ${day}, ${days} jours`,

  readersTitle: "Qui peut lire ce dossier",
  readersLead: "Vérifié ici, d'après la liste signée par votre comité.",
  excludedPlace: (place) =>
    `La personne a écarté ceux qui sont de ${place}. Ils voient un fichier de plus qui ne s'ouvre pas.`,
  excludedOrganisation: (organisation) =>
    `La personne a écarté ${organisation}. Ses membres voient un fichier de plus qui ne s'ouvre pas.`,
  steppedAside: (name) => `${name} s'est retiré`,

  alikeTitle: "Autres signalements",
  noneAlike: "Aucun du même téléphone ce jour-là, aucun qui ressemble.",
  sameSource: "Même téléphone, même jour",
  otherPart: "Autre partie du même SMS",
  lookAlike: (percent) => `Ressemble : ${percent} %`,
  linked: "Lié",
  linkIt: "Lier",
  mayNotLink: "À ne pas lier : quelqu'un qui lit ce dossier y a été écarté.",

  labelTitle: "Classement",
  noLabel: "Pas encore classé.",
  plausibleYes: "Plausible à lui seul",
  plausibleNo: "Pas plausible à lui seul",

  actionsTitle: "Actions",
  take: "Prendre",
  panels: {
    answer: "Demander ou répondre",
    sms: "SMS",
    note: "Note",
    label: "Classer",
    assess: "Qui pouvait savoir ?",
    handOver: "Passer",
    close: "Clore",
    reopen: "Rouvrir",
    export: "Exporter",
    aside: "Se retirer",
  },
  cancel: "Annuler",
  text: "Texte",
  room: (bytes) => (bytes >= 0 ? `encore ${bytes} octets` : `${-bytes} octets de trop`),

  question: "Une question",
  answer: "Une réponse",
  kindOfReply: "Ce que c'est",
  sendReply: "Sceller et envoyer",
  replyLeaves:
    "Le message part de lui-même quelques minutes plus tard, sans votre session, et sort dans l'heure parmi d'autres : rien ne le relie à vous. Gardez cet onglet ouvert jusque-là.",
  noMailbox: "Ce signalement est venu sans boîte : personne ne peut y répondre.",
  shownByPhone:
    "Les deux numéros ont été montrés sur un téléphone : l'opérateur et la passerelle les connaissent et peuvent lire cette réponse. La personne peut les changer sur la page. N'écrivez rien qui désigne quelqu'un.",
  exchanged: "La personne a changé ses numéros sur la page : la réponse va aux nouveaux.",
  exchangedTwice:
    "Plus d'une personne a changé les numéros de ce signalement. Le premier changement compte ; quelqu'un d'autre a pu les avoir. N'écrivez rien qui désigne quelqu'un.",

  smsWarning: [
    "L'opérateur, la passerelle et qui tient le téléphone liront ce SMS, et sauront qu'il répond à quelqu'un.",
    "N'écrivez rien de l'affaire. Un deuxième lecteur doit approuver chaque mot.",
  ],
  smsUnderstood: "J'ai lu cela",
  smsNotAsked:
    "Personne n'a demandé de SMS ici, ou c'était il y a plus de 14 jours : le numéro ne s'ouvre plus pour personne.",
  smsPropose: "Proposer ce SMS",
  smsTwo: (approvals) => `Il part quand ${approvals} lecteurs de l'équipe ont approuvé ces mots mêmes.`,
  messages: (count) => (count === 1 ? "1 message" : `${count} messages`),
  proposalsTitle: "SMS proposés",
  approvedBy: (names) => `Approuvé par ${names}`,
  approve: "Approuver ces mots",
  waitsForOthers: "Vous l'avez approuvé. Il attend un autre lecteur.",
  sent: "Assez d'approbations : remis au relais, qui l'envoie une fois.",
  sendAgain: "Le remettre encore au relais",

  saveNote: "Garder la note",
  category: "Catégorie",
  place: "Lieu",
  choose: "Choisir",
  incident: "Incident",
  incidentHint: "Un mot de votre équipe pour cet incident, le même dans chaque signalement. Pas un nom.",
  locality: "Localité",
  localityHint: "Un code de la liste des lieux, pas une orthographe. Le nom d'un village reste dans le signalement.",
  plausible: "Plausible à lui seul",
  saveLabel: "Garder le classement",
  versions: (taxonomy, geography) => `Catégories ${taxonomy}, lieux ${geography}.`,

  assessLead:
    "Pensez aux gens autour de l'événement : qui a pu voir ou entendre cela ? S'ils sont peu, celui qu'on accuse devinera qui a parlé.",
  knowersQuestion: "Combien de personnes pouvaient savoir ce que dit ce signalement ?",
  knowers,
  named: "Les faits désignent à eux seuls la source (seul témoin, métier, parenté)",
  saveAssessment: "Garder la réponse",
  notAssessed: "Personne n'a encore répondu au contrôle. D'ici là, rien de ce dossier ne sort.",
  mayLeave: "Cinq personnes ou plus ont pu le savoir : une copie expurgée peut sortir.",
  mayNotLeave: "Rien de ce dossier ne sort : ce qu'il dit désigne sa source.",

  handOverTo: "À",
  handOver: "Passer",
  onlyLeader: "Seul celui qui mène le dossier le passe.",
  nobodyElse: "Personne d'autre ne peut lire ce dossier.",
  outcome: "Issue",
  outcomes,
  close: "Clore le dossier",
  closeLead:
    "Ce qui a été fait est détruit 30 jours plus tard, ou 15 jours après la fin du trimestre si c'est plus tard. Une suite rouvre le dossier.",
  why: "Pourquoi",
  reopen: "Rouvrir",
  asideLead: [
    "Vous connaissez quelqu'un dans ce dossier, ou on pourrait le penser. Dès lors le serveur vous répond comme si ce dossier n'existait pas, et ce qui s'écrit n'est plus scellé pour vous.",
    "Cela ne se défait pas. Le signalement que vous avez lu reste dans votre liste.",
  ],
  asideConfirm: "Me retirer pour de bon",

  sealedCopy: "Garder une copie scellée",
  sealedCopyLead:
    "Tout le dossier, scellé pour qui peut le lire aujourd'hui et pour personne d'autre. Tout programme age l'ouvre.",
  redactedCopy: "Garder la copie expurgée",
  redactedLead: [
    "Les nombres, les adresses et les mots à majuscule sont ôtés. Ce n'est qu'un début : les noms sans majuscule, surnoms, métiers et parentés y sont encore.",
    "Lisez chaque ligne. Ôtez ce que peu de gens pouvaient savoir.",
  ],
  redactedRead: "J'ai lu chaque ligne, et rien ne désigne la source",

  done: {
    take: "Vous menez ce dossier. La personne saura que quelqu'un l'a lue.",
    handOver: "Dossier passé.",
    aside: "Vous vous êtes retiré.",
    note: "La note est gardée.",
    label: "Le classement est gardé.",
    assess: "La réponse est gardée.",
    link: "Lié.",
    question: "Scellée. La question part dans quelques minutes.",
    answer: "Scellée. La réponse part dans quelques minutes.",
    acknowledge: "Réception accusée.",
    propose: "Proposé. Un autre lecteur doit l'approuver.",
    approve: "Approuvé.",
    close: "Clos.",
    reopen: "Rouvert.",
    history: "Rescellé.",
  },
  conflict:
    "Quelqu'un a été plus rapide : rien de vous n'a été gardé ni envoyé. Voici ce qui a été fait ; lisez, puis recommencez si c'est encore juste.",
  refusals: {
    order: "Le dossier ne le permet pas maintenant : il est peut-être clos, ou mené par quelqu'un d'autre.",
    led: "Quelqu'un mène ce dossier. Demandez-lui de le passer.",
    unknown: "Le serveur n'a pas ce dossier pour vous : vous vous en êtes retiré, ou le signalement n'est plus là.",
    readers: "Tous ceux qui lisent ce dossier ne doivent pas connaître ce signalement : on ne peut pas le lier ici.",
    tooFewReaders: "Moins de deux lecteurs pourraient le lire. Votre comité doit d'abord admettre quelqu'un.",
    tooLong: "Ce texte est trop long, ou vide.",
    relayMissing:
      "Le relais n'a pas pour aujourd'hui de clé que votre liste reconnaît. Rien n'est parti ; prévenez votre opérateur.",
    capsuleExpired: "Le numéro ne s'ouvre plus. Répondez dans la boîte.",
    unreached: "Le serveur ne répond pas. Rien n'a été gardé ; réessayez.",
    unexpected: "Une erreur qui ne devrait pas arriver. Réessayez, et prévenez votre opérateur.",
  },

  leaving: (count) =>
    count === 1
      ? "1 message scellé attend de partir dans les six minutes. Gardez cet onglet ouvert."
      : `${count} messages scellés attendent de partir dans les six minutes. Gardez cet onglet ouvert.`,
  sendNow: "Envoyer maintenant",
  sendNowHint: "Envoyé tout de suite, son heure peut dire à l'opérateur du serveur à quel dossier il répond.",

  resealTitle: "Dossiers ouverts et équipe d'aujourd'hui",
  resealLead:
    "Quand des lecteurs sont arrivés ou partis, et avant les 180 jours d'un signalement : rescelle les dossiers ouverts pour l'équipe d'aujourd'hui. Qui a été écarté le reste.",
  reseal: "Resceller les dossiers ouverts",
  resealing: (done, of) => `Rescellement : ${done} sur ${of}`,
  resealed: (resealed, refused) =>
    refused === 0 ? `${resealed} dossiers rescellés.` : `${resealed} dossiers rescellés, ${refused} impossibles.`,
};
