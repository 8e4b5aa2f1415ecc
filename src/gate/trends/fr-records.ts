import type { TrendsWords } from "./words.ts";

/** What is coming, the calendar and the ledger, in French. */
export const frenchRecords: Pick<TrendsWords, "coming" | "calendar" | "ledger"> = {
  coming: {
    title: "Ce qui vient",
    first: (quarter, instant) => `Le premier bulletin, sur ${quarter}, paraîtra ici le ${instant}.`,
    announced: (day) => `Le premier bulletin est annoncé pour le ${day}.`,
    next: (quarter, instant) => `Le prochain bulletin, sur ${quarter}, paraîtra ici le ${instant}.`,
    what: [
      "Chaque trimestre : ce qui est signalé dans le pays, en chiffres, sans nom ni village.",
      "Les chiffres seront un peu brouillés, exprès : personne ne pourra savoir qui a parlé.",
      "Le même bulletin est lu à la radio, et par téléphone sous « 5 Nouvelles ».",
    ],
    nothing: (quarter, instant) => `Rien n’a été publié sur ${quarter} le ${instant}, l’instant fixé.`,
    nothingWhy: "Aucun chiffre de ce trimestre ne paraîtra plus tard sans que le calendrier le dise. Cela peut venir :",
    reasons: [
      "d’un engagement qui manquait à la fin du trimestre : sans lui, personne ne peut tirer ;",
      "d’une graine perdue par l’un des deux responsables ;",
      "de deux calculs qui ne donnaient pas la même chose, ou d’un responsable qui n’a pas voulu signer.",
    ],
    waits: (quarter, instant) => `Le bulletin sur ${quarter} paraîtra ici le ${instant}.`,
  },
  calendar: {
    title: "Calendrier",
    says: [
      "Chaque trimestre est annoncé, et son instant de publication fixé, avant qu’il ne s’ouvre, par deux responsables d’organisations différentes. Il paraît à cet instant, même vide.",
    ],
    demo: "Ceci est une démonstration : seul l’ordre des étapes est tenu, pas leurs dates.",
    none: "Aucun trimestre n’est encore annoncé.",
    columns: {
      quarter: "Trimestre",
      opens: "S’ouvre",
      closes: "Se ferme",
      publishes: "Paraît",
      standing: "Où il en est",
    },
    standing: {
      planned: "Annoncé.",
      uncommitted: "Un engagement manquait à la fin du trimestre : rien ne pourra en être publié.",
      committed: "Annoncé, et les deux responsables se sont engagés.",
      labels: "Fermé. Les lecteurs remettent leurs classements.",
      claimed: "La liste des classements est arrêtée. Le tirage se fait, et attend son instant.",
      published: "Publié.",
      nothing: "L’instant est passé et rien n’a été publié.",
    },
    missing: (officers) => `Il manque l’engagement de : ${officers.join(", ")}.`,
    unplanned: (quarter, before) =>
      `Il manque un plan pour ${quarter}. S’il n’est pas signé avant le ${before}, rien n’en sera publié.`,
    unplannable: (quarter) => `Il n’y a pas de plan pour ${quarter}, qui est ouvert : rien n’en sera publié.`,
  },
  ledger: {
    title: "Registre",
    says: [
      "Ce que chaque bulletin a dépensé de la protection de qui y est compté. Chaque bulletin nomme celui d’avant par son empreinte : aucun ne peut être retiré, changé ou glissé entre deux autres sans que cela se voie.",
      "Un trimestre ne dépense pas plus de 1. Le total est ce qu’a dépensé quelqu’un qui aurait parlé chaque trimestre.",
    ],
    none: "Le registre est vide : rien n’a encore été publié.",
    columns: {
      quarter: "Trimestre",
      t1: "ε, table 1",
      t2: "ε, table 2",
      sum: "Somme",
      total: "Total",
      draws: "Tirages",
      signed: "Signé par",
    },
    hashes: "Empreintes (SHA-256)",
    hash: { release: "bulletin", previous: "bulletin d’avant", plan: "plan", claim: "liste arrêtée" },
    first: "aucun : c’est le premier",
  },
};
