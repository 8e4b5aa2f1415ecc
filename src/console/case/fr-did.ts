import type { DoneBy } from "./words.ts";

export const knowers = {
  one: "Une seule personne",
  few: "2 à 4 personnes",
  some: "5 à 20 personnes",
  many: "Plus de 20 personnes",
} as const;

export const outcomes = {
  answered: "Répondu",
  passedOn: "Transmis à qui peut agir",
  nothingToDo: "Rien à faire",
  duplicate: "Déjà dit dans un autre dossier",
  forgotten: "Oublié, comme la personne l'a demandé",
} as const;

export function did({ author, act, category, place }: DoneBy): string {
  switch (act.kind) {
    case "take":
      return `${author} a pris le dossier`;
    case "handOver":
      return `${author} a passé le dossier à ${act.to}`;
    case "aside":
      return `${author} s'est retiré`;
    case "note":
      return `${author} a noté`;
    case "label":
      return `${author} a classé : ${category}, ${place}`;
    case "assess":
      return act.exposure.named
        ? `${author} a répondu au contrôle : les faits désignent la source`
        : `${author} a répondu au contrôle : a pu être su par ${knowers[act.exposure.knowers].toLowerCase()}`;
    case "link":
      return `${author} a lié ${act.doors.length === 1 ? "un signalement" : `${act.doors.length} signalements`}`;
    case "question":
      return `${author} a posé une question à la personne`;
    case "answer":
      return `${author} a répondu à la personne`;
    case "acknowledge":
      return `${author} a accusé réception`;
    case "propose":
      return `${author} a proposé un SMS`;
    case "approve":
      return `${author} a approuvé un SMS`;
    case "close":
      return `${author} a clos : ${outcomes[act.outcome].toLowerCase()}`;
    case "reopen":
      return `${author} a rouvert le dossier`;
    case "history":
      break;
  }
  return `${author} a rescellé le dossier pour l'équipe`;
}
