import type { FaultCode } from "../../base/fault.ts";
import type { CeremonyLanguage } from "./words.ts";

/** What a refusal of the ceremony means to whoever meets it, and what to do next, in each language of a board. */
type Sentences = Readonly<Record<CeremonyLanguage, string>>;

const sentences: Partial<Record<FaultCode, Sentences>> = {
  "ceremony.incomplete": {
    fr: "il manque encore quelque chose : remplissez chaque champ et ajoutez les fichiers demandés",
    en: "something is still missing: fill in every field and add the files that are asked for",
  },
  "identity.weak": {
    fr: "la phrase secrète doit avoir au moins 20 caractères, et être tapée deux fois pareil",
    en: "the passphrase needs 20 characters at least, typed twice alike",
  },
  "identity.passphrase": {
    fr: "la phrase secrète n'ouvre pas ce fichier d'identité : essayez encore, majuscules et espaces comptent",
    en: "the passphrase does not open this identity file",
  },
  "identity.malformed": {
    fr: "ce n'est pas un fichier d'identité de Gundo, ou il est abîmé : prenez une autre copie",
    en: "this is not an identity file of Gundo, or it is damaged",
  },
  "anchors.malformed": {
    fr: "anchors.json est abîmé : demandez-le de nouveau à votre conseil, pas au serveur",
    en: "anchors.json is damaged: get it again from your board, not from the server",
  },
  "anchors.missing": {
    fr: "il n'y a pas d'anchors.json : demandez-le à votre conseil",
    en: "there is no anchors.json: get it from your board",
  },
  "roster.signers": {
    fr: "trop peu de membres du conseil ont signé ce registre : ne l'utilisez pas, et appelez le conseil",
    en: "too few board members signed this roster: do not use it, and call the board",
  },
  "roster.malformed": {
    fr: "le registre est abîmé ou d'une autre version",
    en: "the roster is damaged or of another version",
  },
  "roster.instance": {
    fr: "ce registre est celui d'une autre instance",
    en: "this roster belongs to another instance",
  },
  "roster.serial": {
    fr: "ce registre est plus ancien qu'un autre déjà vu : quelqu'un cache peut-être un changement ; appelez le conseil",
    en: "this roster is older than one already seen: somebody may be hiding a change; call the board",
  },
  "roster.link": {
    fr: "ce registre ne fait pas suite à celui déjà vu : il y en a peut-être deux ; appelez le conseil",
    en: "this roster does not follow the one already seen: there may be two; call the board",
  },
  "roster.expired": {
    fr: "le registre a expiré depuis plus de 30 jours : le conseil doit le renouveler",
    en: "the roster expired more than 30 days ago: the board must renew it",
  },
  "roster.missing": {
    fr: "le registre d'avant n'est pas parmi les fichiers : ajoutez sa note (roster.note)",
    en: "the roster before is not among the files: add its note (roster.note)",
  },
  "roster.details": {
    fr: "un nom, un lieu, une langue, un bureau ou un jour n'a pas la bonne forme (nom court : 16 lettres au plus)",
    en: "a name, place, language, desk or day does not have its form (a short name: 16 letters at most)",
  },
  "roster.duplicateId": {
    fr: "deux personnes ou bureaux portent le même nom dans le registre : chacun doit avoir le sien",
    en: "two people or desks have the same name in the roster: everybody needs one of their own",
  },
  "roster.sharedKey": {
    fr: "deux personnes auraient la même clé : quelqu'un inscrit la clé d'un autre",
    en: "two people would have the same key: somebody is enrolling another person's key",
  },
  "roster.roles": {
    fr: "nul ne lit et publie à la fois, et qui dirige lit aussi",
    en: "nobody both reviews and releases, and who leads also reviews",
  },
  "roster.deskMember": {
    fr: "un bureau nomme quelqu'un qui n'est pas lecteur dans ce registre",
    en: "a desk names somebody who is not a reviewer of this roster",
  },
  "roster.withoutDesk": {
    fr: "un lecteur n'est dans aucun bureau : donnez-lui un bureau, ou retirez-le",
    en: "a reviewer is in no desk: give them one, or remove them",
  },
  "roster.deskTooSmall": {
    fr: "un bureau demande au moins deux lecteurs : admettez quelqu'un, ou fermez le bureau",
    en: "a desk needs two reviewers at least: admit somebody, or close the desk",
  },
  "roster.approvals": {
    fr: "un bureau demande plus d'accords qu'il n'a de lecteurs",
    en: "a desk asks for more approvals than it has reviewers",
  },
  "roster.empty": { fr: "le registre n'a aucun bureau", en: "the roster has no desk" },
  "roster.unknownPerson": { fr: "personne ne porte ce nom ici", en: "nobody of this name is there" },
  "desk.unknown": {
    fr: "aucun bureau de ce nom dans le brouillon",
    en: "there is no desk of this name in the draft",
  },
  "anchors.signers": {
    fr: "trop peu de membres de l'ancien conseil ou du nouveau ont signé ce changement de conseil : ne l'utilisez pas",
    en: "too few of the old board or of the new signed this change of board: do not use it",
  },
  "anchors.instance": {
    fr: "ce changement de conseil est celui d'une autre instance",
    en: "this change of board belongs to another instance",
  },
  "anchors.link": {
    fr: "ce changement de conseil ne fait pas suite aux ancres que vous avez : est-il plus ancien ?",
    en: "this change of board does not follow the anchors you have: is it an older one?",
  },
  "anchors.serial": {
    fr: "ce changement de conseil laisserait revenir d'anciens registres : appelez le conseil",
    en: "this change of board would let older rosters in again: call the board",
  },
  "enrolment.malformed": {
    fr: "ce n'est pas une demande d'inscription, ou elle est abîmée",
    en: "this is not an enrolment request, or it is damaged",
  },
  "enrolment.proof": {
    fr: "les clés de cette demande ont été changées en route : redemandez-la à la personne, et appelez-la",
    en: "the keys in this request were changed on the way: ask the person for it again, and call them",
  },
  "enrolment.fingerprint": {
    fr: "ce ne sont pas les clés dont on vous a dicté l'empreinte : appelez la personne",
    en: "these are not the keys whose fingerprint you were told: call the person",
  },
  "kit.malformed": {
    fr: "ces mots ne font pas un kit de secours entier",
    en: "these words are not a whole recovery kit",
  },
  "server.malformed": {
    fr: "ce n'est pas le server.json que fait l'opérateur (gundo init)",
    en: "this is not the server.json that gundo init makes",
  },
  "note.malformed": { fr: "ce n'est pas une note signée", en: "this is not a signed note" },
  "note.mixed": {
    fr: "ces notes signent des textes différents : chacun doit signer exactement le même brouillon",
    en: "these notes sign different texts: everybody must sign the very same draft",
  },
  "note.signature": {
    fr: "une signature de cette note est fausse : elle a été modifiée ; appelez le conseil",
    en: "a signature on this note is wrong: it was altered; call the board",
  },
};

/** The sentence of a refusal, or null for one that the ceremony does not know. */
export function refusalSentence(code: FaultCode, language: CeremonyLanguage): string | null {
  return sentences[code]?.[language] ?? null;
}
