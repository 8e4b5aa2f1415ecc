import type { FaultCode } from "../base/fault.ts";
import { dayOf, isoDay } from "../base/clock.ts";
import { epsilonText } from "./epsilon.ts";
import type { BothLanguages } from "./key-space.ts";
import type { ReleaseWarning, VerifiedPeriod } from "./verify.ts";

/** What is wrong with a file of releases, to whoever checks them, by the code that refused it. */
const flaws: Partial<Record<FaultCode, BothLanguages>> = {
  "note.malformed": {
    fr: "ce n'est pas une note signée, ou elle est abîmée",
    en: "this is not a signed note, or it is damaged",
  },
  "note.signature": {
    fr: "le texte a été changé après la signature, ou la signature n'est pas la leur",
    en: "the text was changed after it was signed, or the signature is not theirs",
  },
  "roster.missing": {
    fr: "il manque, dans rosters, le registre de ces jours-là",
    en: "the roster of those days is not in rosters",
  },
  "roster.link": {
    fr: "ce registre n'est pas celui que nomme son suivant : il a été changé, ou mis là",
    en: "this roster is not the one its successor names: it was changed, or put here",
  },
  "roster.signers": {
    fr: "trop peu de membres du conseil ont signé le dernier registre",
    en: "too few members of the board signed the newest roster",
  },
  "release.malformed": {
    fr: "cette note n'a pas la forme qu'elle doit avoir",
    en: "this note does not have the form it must have",
  },
  "release.instance": { fr: "cette note est celle d'une autre instance", en: "this note is another instance's" },
  "release.signers": {
    fr: "ceux qui doivent signer n'ont pas tous signé, ou quelqu'un d'inconnu l'a fait",
    en: "not everybody signed who must, or somebody unknown did",
  },
  "release.officers": {
    fr: "les deux responsables ne sont pas de deux organisations",
    en: "the two officers are not of two organisations",
  },
  "release.calendar": {
    fr: "l'instant de publication n'est pas celui du plan, ou il vient trop tôt",
    en: "the instant of publication is not the planned one, or comes too soon",
  },
  "release.late": {
    fr: "le serveur l'a reçue après le dernier jour où elle valait",
    en: "the core saw it after the last day on which it counted",
  },
  "release.early": { fr: "réclamé avant la fin du trimestre", en: "claimed before the quarter had ended" },
  "release.order": {
    fr: "le serveur l'a reçue avant une autre qui doit venir d'abord",
    en: "the core saw it before another that must come first",
  },
  "release.overspent": {
    fr: "il dépense plus d'ε que le budget de chacun",
    en: "it spends more ε than anybody's budget",
  },
  "release.commitment": {
    fr: "l'engagement d'un responsable manque, ou un autre est nommé",
    en: "an officer's commitment is missing, or another one is named",
  },
  "release.redrawn": {
    fr: "tiré une seconde fois sans le conseil, ou d'une autre liste que celle que le serveur a reçue",
    en: "drawn a second time without the board, or from another list than the core took",
  },
  "release.chain": {
    fr: "elle est à la place d'une autre, ou là une seconde fois",
    en: "it stands in another's place, or is here a second time",
  },
  "release.gap": {
    fr: "elle suit un plan ou un bulletin qui n'est pas ici : il a été enlevé",
    en: "it follows a plan or release that is not here: that was taken out",
  },
  "release.missing": { fr: "ce fichier n'est pas ici", en: "this file is not here" },
  "release.unknown": { fr: "ce fichier n'est d'aucun bulletin", en: "this file is of no release" },
  "release.ledger": {
    fr: "le registre des dépenses ne s'accorde pas avec ce qui a été dépensé",
    en: "the ledger does not agree with what was spent",
  },
  "release.keySpace": {
    fr: "compté par d'autres catégories ou lieux que prévu, ou une version a changé de sens",
    en: "counted by other categories or places than planned, or a version changed its meaning",
  },
  "release.margins": {
    fr: "les intervalles ne sont pas ceux du bruit qui a été ajouté",
    en: "the intervals are not those of the noise that was added",
  },
  "release.file": {
    fr: "ce fichier n'est pas fait des chiffres signés : il a été changé",
    en: "this file is not made from the signed figures: it was changed",
  },
};

/** The sentence of a flaw, or null for one that no check of releases gives. */
export function flawSentence(code: FaultCode): BothLanguages | null {
  return flaws[code] ?? null;
}

/** One line a period that holds. */
export function periodSentence({ plan, release }: VerifiedPeriod): BothLanguages {
  const { period, publishesMs, officers } = plan.said;
  const day = isoDay(dayOf(publishesMs));
  if (release === null) return { fr: `${period} : prévu pour le ${day}`, en: `${period}: planned for ${day}` };
  const { sum, total } = release.said.ledger.at(-1)!;
  const [spent, whole] = [epsilonText(sum), epsilonText(total)];
  return {
    fr: `${period} : publication le ${day}, signé par ${officers.join(" et ")} ; ε ${spent}, en tout ${whole}`,
    en: `${period}: out on ${day}, signed by ${officers.join(" and ")}; ε ${spent}, in all ${whole}`,
  };
}

export function warningSentence(warning: ReleaseWarning): BothLanguages {
  if (warning.warning === "demo")
    return {
      fr: "C'est une démonstration : seul l'ordre des étapes a été vérifié, non leurs dates.",
      en: "This is a demo: only the order of the steps was checked, not their dates.",
    };
  const { period } = warning;
  return warning.warning === "unreleased"
    ? {
        fr: `${period} devait être publié et n'est pas ici : rien n'a été publié, ou on vous l'a caché. Comparez avec la copie de quelqu'un d'autre.`,
        en: `${period} was due and is not here: nothing was released, or it was kept from you. Compare with somebody else's copy.`,
      }
    : {
        fr: `${period} a commencé, et aucun plan n'est ici : on n'en a pas fait, ou on vous l'a caché.`,
        en: `${period} has begun, and no plan is here: none was made, or it was kept from you.`,
      };
}

/** What an accepted set of releases proves, and what it does not. */
export const proofSentence: BothLanguages = {
  fr: "Rien n'a été changé, enlevé, déplacé ni tiré de nouveau depuis la signature. Avant elle, il faut qu'un des deux responsables ait été honnête : cela, aucun fichier ne le prouve.",
  en: "Nothing was changed, taken out, moved or drawn again since it was signed. Before that, one of the two officers must have been honest: no file can prove it.",
};
