import type { SimulatorWords } from "./words.ts";

/** French, which English follows sentence by sentence. */
export const french: SimulatorWords = {
  language: "fr",
  title: "Gundo\u00a0: un téléphone d’essai",
  intro:
    "Un téléphone simple, pour essayer. Il envoie à cette instance de démonstration exactement ce qu’enverrait l’opérateur. N’y écrivez rien de vrai.",
  other: { language: "en", name: "English" },

  phone: "Le téléphone",
  screen: "Écran du téléphone",
  line: "Ligne de saisie",
  keys: "Clavier du téléphone",
  call: "Appeler",
  hangUp: "Raccrocher",
  clear: "Effacer",
  hint: "Au clavier\u00a0: écrivez dans la ligne, Entrée pour OK, Échap pour raccrocher. La touche 123/abc change les chiffres en lettres.",

  idle: "Gundo, essai\n\nVert : appeler *384*1234#\nOK : messages",
  waiting: "Un instant…",
  failed: "Connexion perdue. Refaites le code.",
  unknownCode: "Code inconnu. Le code est *384*1234#",
  messages: "Messages\n1 Ecrire un SMS\n2 SMS envoyes\n3 SMS recus",
  writing: "SMS au 36033.\nOK : envoyer",
  sentTitle: "SMS envoyes",
  nothingSent: "Aucun.",
  receivedTitle: "SMS recus",
  newSms: "SMS recu : OK, 3",
  sms: { sending: "en route", sent: "envoye", refused: "PAS envoye" },

  numberTitle: "Le numéro de ce téléphone",
  numberHint: "Une plage d’essai\u00a0: ne mettez jamais le numéro de quelqu’un.",
  lastFour: "Quatre derniers chiffres, après +223 7000",
  anotherNumber: "Un autre numéro",

  seenTitle: "Ce que voient l’opérateur et la passerelle",
  seen: "Au téléphone, pas d’anonymat\u00a0: l’opérateur et son relais voient ce qui suit, et peuvent le garder.",
  nothingSeen: "Rien encore.",
  from: "Qui",
  dialled: "Composé",
  typed: "Tapé",
  shown: "Montré",
  end: "Fin",
  ends: { Success: "menée à son terme", Incomplete: "coupée par la personne", Failed: "sans réponse de la passerelle" },
  exact: "La demande exacte",
  afterwards:
    "Gundo ferme les mots dès qu’ils arrivent pour des lecteurs nommés, et n’écrit le numéro nulle part, sauf scellé, pour qui demande une réponse par SMS. Ce que l’opérateur a vu, Gundo ne peut pas l’effacer.",

  readTitle: "Lire le rapport comme un lecteur",
  read: "Dans le dossier de Gundo, dans un terminal, quelques secondes après l’envoi\u00a0:",
  command: "La commande",
  readHint:
    "Ajoutez --json pour une ligne par rapport. Ces clés sont celles de la démonstration\u00a0: elles ne protègent personne.",
};
