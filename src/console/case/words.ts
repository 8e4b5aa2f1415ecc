import type { Knowers, Outcome } from "../../envelope/case-act.ts";
import type { CaseAct } from "../../envelope/case-act.ts";
import type { CaseProblemKind } from "../../roster/case.ts";
import type { Language } from "../words.ts";
import type { Duty } from "./deadlines.ts";
import type { CaseRefusal, Panel } from "./shown.ts";

/** What somebody did, with the names that belong in its sentence. */
export interface DoneBy {
  readonly author: string;
  readonly act: CaseAct;
  readonly category: string;
  readonly place: string;
}

/** Every word of the case in one language; whole sentences, nothing put together from pieces. */
export interface CaseWords {
  readonly language: Language;
  readonly title: (day: string) => string;
  readonly reading: string;
  readonly gone: string;
  readonly aside: string;
  readonly ledBy: (name: string) => string;
  readonly ledByYou: string;
  readonly ledByNobody: string;

  readonly messagesTitle: string;
  readonly followUp: (day: string) => string;
  readonly forgetAsked: (day: string) => string;
  readonly when: string;
  readonly whens: Readonly<Record<string, string>>;
  readonly noAnswers: string;
  readonly asksForSms: string;

  readonly timelineTitle: string;
  readonly nothingDone: string;
  readonly did: (what: DoneBy) => string;
  readonly problemsTitle: string;
  readonly problemAt: (seq: number, problem: string) => string;
  readonly problems: Readonly<Record<CaseProblemKind, string>>;

  readonly deadlinesTitle: string;
  readonly duties: Readonly<Record<Duty, string>>;
  readonly dutyDone: string;
  readonly dutyLeft: (day: string, days: number) => string;
  readonly dutyLate: (day: string, days: number) => string;

  readonly readersTitle: string;
  readonly readersLead: string;
  readonly excludedPlace: (place: string) => string;
  readonly excludedOrganisation: (organisation: string) => string;
  readonly steppedAside: (name: string) => string;

  readonly alikeTitle: string;
  readonly noneAlike: string;
  readonly sameSource: string;
  readonly otherPart: string;
  readonly lookAlike: (percent: number) => string;
  readonly linked: string;
  readonly linkIt: string;
  readonly mayNotLink: string;

  readonly labelTitle: string;
  readonly noLabel: string;
  readonly plausibleYes: string;
  readonly plausibleNo: string;

  readonly actionsTitle: string;
  readonly take: string;
  readonly panels: Readonly<Record<Panel, string>>;
  readonly cancel: string;
  readonly text: string;
  readonly room: (bytes: number) => string;

  readonly question: string;
  readonly answer: string;
  readonly kindOfReply: string;
  readonly sendReply: string;
  readonly replyLeaves: string;
  readonly noMailbox: string;
  readonly shownByPhone: string;
  readonly exchanged: string;
  readonly exchangedTwice: string;

  readonly smsWarning: readonly string[];
  readonly smsUnderstood: string;
  readonly smsNotAsked: string;
  readonly smsPropose: string;
  readonly smsTwo: (approvals: number) => string;
  readonly messages: (count: number) => string;
  readonly proposalsTitle: string;
  readonly approvedBy: (names: string) => string;
  readonly approve: string;
  readonly waitsForOthers: string;
  readonly sent: string;
  readonly sendAgain: string;

  readonly saveNote: string;
  readonly category: string;
  readonly place: string;
  readonly choose: string;
  readonly incident: string;
  readonly incidentHint: string;
  readonly locality: string;
  readonly localityHint: string;
  readonly plausible: string;
  readonly saveLabel: string;
  readonly versions: (taxonomy: string, geography: string) => string;

  readonly assessLead: string;
  readonly knowersQuestion: string;
  readonly knowers: Readonly<Record<Knowers, string>>;
  readonly named: string;
  readonly saveAssessment: string;
  readonly notAssessed: string;
  readonly mayLeave: string;
  readonly mayNotLeave: string;

  readonly handOverTo: string;
  readonly handOver: string;
  readonly onlyLeader: string;
  readonly nobodyElse: string;
  readonly outcome: string;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly close: string;
  readonly closeLead: string;
  readonly why: string;
  readonly reopen: string;
  readonly asideLead: readonly string[];
  readonly asideConfirm: string;

  readonly sealedCopy: string;
  readonly sealedCopyLead: string;
  readonly redactedCopy: string;
  readonly redactedLead: readonly string[];
  readonly redactedRead: string;

  readonly done: Readonly<Record<CaseAct["kind"], string>>;
  readonly conflict: string;
  readonly refusals: Readonly<Record<CaseRefusal, string>>;

  readonly leaving: (count: number) => string;
  readonly sendNow: string;
  readonly sendNowHint: string;

  readonly resealTitle: string;
  readonly resealLead: string;
  readonly reseal: string;
  readonly resealing: (done: number, of: number) => string;
  readonly resealed: (resealed: number, refused: number) => string;
}
