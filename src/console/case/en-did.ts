import type { DoneBy } from "./words.ts";

export const knowers = {
  one: "One person",
  few: "2 to 4 people",
  some: "5 to 20 people",
  many: "More than 20 people",
} as const;

export const outcomes = {
  answered: "Answered",
  passedOn: "Passed on to somebody who can act",
  nothingToDo: "Nothing to do",
  duplicate: "Told already in another case",
  forgotten: "Forgotten, as the person asked",
} as const;

export function did({ author, act, category, place }: DoneBy): string {
  switch (act.kind) {
    case "take":
      return `${author} took the case`;
    case "handOver":
      return `${author} handed the case over to ${act.to}`;
    case "aside":
      return `${author} stepped aside`;
    case "note":
      return `${author} noted`;
    case "label":
      return `${author} labelled it: ${category}, ${place}`;
    case "assess":
      return act.exposure.named
        ? `${author} answered the check: the facts name the source`
        : `${author} answered the check: could have been known by ${knowers[act.exposure.knowers].toLowerCase()}`;
    case "link":
      return `${author} linked ${act.doors.length === 1 ? "a report" : `${act.doors.length} reports`}`;
    case "question":
      return `${author} asked the person`;
    case "answer":
      return `${author} answered the person`;
    case "acknowledge":
      return `${author} acknowledged it`;
    case "propose":
      return `${author} proposed an SMS`;
    case "approve":
      return `${author} approved an SMS`;
    case "close":
      return `${author} closed it: ${outcomes[act.outcome].toLowerCase()}`;
    case "reopen":
      return `${author} opened it again`;
    case "history":
      break;
  }
  return `${author} sealed it anew to the desk`;
}
