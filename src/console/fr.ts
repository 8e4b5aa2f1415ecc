import type { ConsoleWords } from "./words.ts";

export const french: ConsoleWords = {
  language: "fr",
  title: "Gundo : lecteurs",
  skip: "Aller au contenu",
  otherLanguage: { language: "en", name: "English" },
  theme: "Couleurs",
  themes: { system: "Comme l’appareil", light: "Clair", dark: "Sombre" },
  lock: "Verrouiller",
  shortcuts: "Clavier",
  close: "Fermer",
  signedInAs: (name, organisation) => `${name}, ${organisation}`,
  offline: "Le serveur ne répond pas. L’écran montre ce qu’il montrait avant ; la page redemande d’elle-même.",

  lockedBecause: {
    first: "Rien n’est ouvert. Vos clés restent dans un fichier à vous et ne quittent jamais cette machine.",
    asked: "Verrouillé. Les clés et tous les textes sont effacés de la mémoire.",
    idle: "Verrouillé : personne n’a touché cette page pendant dix minutes. Les clés et tous les textes sont effacés de la mémoire.",
    removed:
      "Vous êtes dehors : la liste en vigueur ne nomme plus ces clés. Les clés et tous les textes sont effacés de la mémoire. Si cela vous surprend, appelez votre conseil.",
  },
  unlockTitle: "Déverrouiller",
  identityFile: "Fichier d’identité",
  identityHint: "Le fichier créé avec vos clés ; son nom finit par .age.",
  passphrase: "Phrase de passe",
  anchorsFile: "Fichier des ancres (anchors.json)",
  anchorsHint:
    "De votre conseil, pas de ce serveur. Demandé une fois dans ce navigateur : ensuite seule son empreinte, qui est publique, est retenue.",
  unlock: "Déverrouiller et entrer",
  unlocking: "L’ouverture prend quelques secondes, exprès.",
  neverLeaves: "La phrase de passe et les clés restent dans la mémoire de cette page. Rien n’est enregistré.",
  noKeys: "Je n’ai pas encore de clés",
  demo: (identityFile, passphraseFile, anchorsFile) => [
    "Ceci est une démonstration. Les fichiers du premier lecteur sont sur la machine où elle a été lancée :",
    identityFile,
    passphraseFile,
    anchorsFile,
  ],
  refusals: {
    passphrase: "La phrase de passe n’ouvre pas ce fichier.",
    identityFile: "Ce n’est pas un fichier d’identité de Gundo, ou il est abîmé.",
    anchorsFile: "Ce n’est pas un fichier d’ancres, ou le serveur n’en montre pas.",
    anchorsOther:
      "Le serveur montre d’autres ancres que celles auxquelles vous vous fiez. Rien n’a été signé. Choisissez le fichier d’ancres que votre conseil vous a donné, et appelez le conseil.",
    rosterSigners:
      "La liste du serveur n’est pas signée par votre conseil : quelqu’un l’a modifiée, ou les ancres sont d’une autre instance. Rien n’a été signé. Appelez votre conseil.",
    rosterOlder:
      "Le serveur montre une liste plus ancienne que celle que ce navigateur a vue : une personne retirée peut y être de nouveau. Rien n’a été signé. Appelez votre conseil.",
    rosterForked:
      "La liste du serveur ne suit pas celle que ce navigateur a vue : il y a deux histoires. Rien n’a été signé. Appelez votre conseil.",
    rosterInstance: "La liste du serveur est celle d’une autre instance que vos ancres.",
    rosterExpired:
      "La liste a expiré depuis plus de 30 jours. Le conseil doit la renouveler avant que quiconque puisse lire.",
    rosterMalformed: "La liste du serveur est illisible. Rien n’a été signé.",
    notOnRoster:
      "La liste ne nomme pas ces clés : pas encore, plus maintenant, ou d’autres les remplacent. Demandez à votre conseil.",
    signInRefused: "Le serveur a refusé l’entrée. Est-ce bien l’adresse donnée par votre conseil ?",
    unreached: "Le serveur ne répond pas. Réessayez.",
    busy: "Le serveur est trop sollicité en ce moment. Attendez une minute et réessayez.",
    passphraseShort: "Au moins 20 caractères : cinq mots que personne d’autre ne mettrait ensemble.",
    passphraseDiffers: "Les deux phrases de passe ne sont pas les mêmes.",
    name: "Un nom en minuscules, chiffres et traits d’union, commençant par une lettre ; 32 signes au plus.",
    unexpected: "Quelque chose a échoué qui ne devrait pas. Rien n’a été envoyé. Réessayez, et dites-le à l’opérateur.",
  },

  compareTitle: "Est-ce votre conseil ?",
  compare:
    "Ce navigateur n’a jamais rencontré cette instance, et vous n’avez pas choisi de fichier d’ancres. Comparez ces chiffres avec ceux que votre conseil a imprimés ou vous lit. Le serveur ne peut pas répondre de lui-même.",
  compareSame: "Ce sont les mêmes",
  compareOther: "Ils diffèrent, ou je ne sais pas",

  enrolTitle: "Créer mes clés",
  enrolLead: [
    "Les clés sont créées ici, sur cette machine. Vous gardez un fichier sous une phrase de passe ; le conseil en reçoit un autre avec les moitiés publiques.",
    "Faites-le de préférence sur la machine où vous lirez, sans personne derrière vous.",
  ],
  renewTitle: "Renouveler mes clés",
  renewLead: [
    "Tous les six mois, ou quand quelqu’un a pu voir votre phrase de passe ou votre fichier. Le conseil met les nouvelles clés sur la liste ; d’ici là les anciennes continuent de servir.",
    "Gardez l’ancien fichier d’identité jusqu’à ce que les dossiers ouverts de votre bureau soient scellés de nouveau pour les nouvelles clés, puis détruisez-le.",
  ],
  renew: "Renouveler mes clés",
  chosenName: "Nom sur la liste",
  chosenNameHint: "Vos collègues le voient à côté de ce que vous faites. Minuscules, chiffres, traits d’union.",
  newPassphrase: "Nouvelle phrase de passe",
  newPassphraseHint: "Au moins 20 caractères. Personne ne peut la rétablir.",
  repeat: "La même phrase de passe encore",
  makeKeys: "Créer les clés",
  makingKeys: "La création du fichier prend quelques secondes, exprès.",
  madeTitle: "Vos clés sont créées",
  saveIdentity: "Enregistrer le fichier d’identité",
  saveRequest: "Enregistrer la demande pour le conseil",
  readAloud: "Lisez ces chiffres au conseil, au téléphone ou de vive voix :",
  madeNext: [
    "1. Enregistrez les deux fichiers. Le fichier d’identité reste avec vous ; une copie sur une clé en lieu sûr est sage.",
    "2. Envoyez la demande au conseil par n’importe quelle voie : elle est publique.",
    "3. Lisez les chiffres à un membre dont vous connaissez la voix. Il les compare avant de signer.",
    "4. Quand le conseil a publié la liste, revenez et déverrouillez.",
  ],
  back: "Retour",

  warningsTitle: "À lire d’abord",
  warnings: {
    rosterOlder:
      "Liste : le serveur montre maintenant une liste plus ancienne que celle que ce navigateur a vue. La plus récente reste en usage ici. Appelez votre conseil.",
    rosterForked:
      "Liste : le serveur montre maintenant une liste qui ne suit pas celle en usage : il y a deux histoires. Celle en usage reste. Appelez votre conseil.",
    rosterEdited:
      "Liste : le serveur montre maintenant une liste que votre conseil n’a pas signée. Celle en usage reste. Appelez votre conseil.",
    rosterStale:
      "Liste : elle a expiré. Le conseil doit la renouveler bientôt, sinon plus personne ne pourra envoyer ni lire.",
    rosterUnreadable: "Liste : ce que le serveur montre maintenant est illisible. Celle en usage reste.",
    anchorsOther:
      "Ancres : le serveur en montre d’autres que votre fichier. Les vôtres font foi. Appelez votre conseil.",
    auditOlder:
      "Journal des actes : le serveur en montre un plus court que celui que ce navigateur a vu. Des actes ont été retirés. Appelez votre conseil.",
    auditRewritten:
      "Journal des actes : ce n’est pas celui que ce navigateur a vu. Il a été réécrit. Appelez votre conseil.",
    auditUnsigned:
      "Journal des actes : la déclaration du serveur n’est pas signée par la clé de la liste. Appelez votre conseil.",
    pageOther:
      "Page : le serveur distribue une autre page que celle que vous utilisez. Ne déverrouillez plus avant que le conseil ait comparé son empreinte avec celle de la version publiée.",
    pageChanged:
      "Page : ce n’est pas celle que ce navigateur a vue la dernière fois. Après une nouvelle version c’est normal ; sinon appelez votre conseil.",
  },
  understood: "J’ai lu",

  inboxTitle: "Arrivées",
  opening: (done, of) => `Ouverture de ${done} sur ${of}`,
  search: "Chercher",
  filters: "Filtres",
  any: "Tout",
  state: "État",
  states: { waiting: "Nouveau", open: "Ouvert", answered: "Répondu", closed: "Clos" },
  category: "Catégorie",
  place: "Région",
  languageOf: "Langue",
  deadline: "Échéance",
  deadlines: { late: "Dépassée", soon: "Sous 3 jours" },
  dangerOnly: "Danger maintenant",
  offeredOnly: "Proposés à moi",
  clear: "Tout montrer",
  more: "Montrer la suite",
  shown: (shown, all) =>
    shown === all ? `${all} ${all === 1 ? "signalement" : "signalements"}` : `${shown} sur ${all}`,
  unopened: (files) =>
    `${files === 1 ? "1 autre fichier ne s’ouvre" : `${files} autres fichiers ne s’ouvrent`} pas avec vos clés. C’est habituel : la plupart sont des leurres, et nul ne peut reconnaître les autres.`,
  emptyTitle: "Rien à lire pour l’instant",
  empty: [
    "Les signalements arrivent une dizaine de minutes après leur envoi, mélangés pour que personne ne sache quand chacun a été écrit.",
    "Cette page regarde d’elle-même toutes les quelques secondes. Vous pouvez la verrouiller et revenir.",
  ],
  noneTitle: "Aucun signalement ne correspond",
  none: "Changez la recherche ou les filtres, ou montrez tout.",
  unread: "Non lu",
  danger: "Danger maintenant",
  forget: "Demande l’oubli",
  attachments: (count) => (count === 1 ? "1 fichier" : `${count} fichiers`),
  due: (day) => `Échéance ${day}`,
  late: (day) => `En retard depuis ${day}`,
  channels: { sms: "SMS", ussd: "USSD", web: "Web", webText: "Web, sans script" },
  received: (day) => `Reçu ${day}`,
  rosterLine: (serial, fingerprint) => `Liste ${serial} : ${fingerprint}`,
  daysLeft: (days) => `Vos clés sont sur la liste pour ${days} jours encore. Renouvelez-les à temps.`,

  sheetTitle: "Clavier",
  keys: {
    next: "Signalement suivant",
    previous: "Signalement précédent",
    open: "Ouvrir le signalement",
    back: "Retour aux arrivées",
    search: "Chercher",
    danger: "Seulement danger maintenant, ou tout",
    clear: "Tout montrer",
    lock: "Verrouiller",
    sheet: "Cette feuille",
    take: "Prendre le dossier",
    answer: "Demander ou répondre",
    note: "Écrire une note",
    label: "Classer",
    assess: "Qui pouvait savoir ?",
    close: "Clore, ou rouvrir",
  },
};
