import { did, knowers, outcomes } from "./en-did.ts";
import type { CaseWords } from "./words.ts";

export const englishCase: CaseWords = {
  language: "en",
  title: (day) => `Report of ${day}`,
  reading: "Reading the case…",
  gone: "This report is not on the list any more.",
  aside: "You stepped aside: this case is gone for you. The report stays on your list, as it does on everybody's.",
  ledBy: (name) => `Led by ${name}`,
  ledByYou: "Led by you",
  ledByNobody: "Nobody leads it",

  messagesTitle: "What was said",
  followUp: (day) => `Follow-up of ${day}`,
  forgetAsked: (day) =>
    `${day}: the person asks to be forgotten. Their mailbox is gone, and no answer reaches them. Close the case.`,
  when: "When",
  whens: { now: "Now", today: "Today", week: "This week", month: "This month", older: "Longer ago" },
  noAnswers: "No question was answered.",
  asksForSms: "Asks for an answer by SMS",

  timelineTitle: "What was done",
  nothingDone: "Nothing yet.",
  did,
  problemsTitle: "Something is wrong with this case",
  problemAt: (seq, problem) => `At ${seq}: ${problem}`,
  problems: {
    unopenable: "an event does not open, and nobody handed it on",
    malformed: "an event is damaged",
    differs: "a history says something else than the event itself",
    chain: "an event was dropped, put in, swapped or changed",
    author: "nobody of this name reviewed for the desk that day",
    signature: "its author did not sign this",
    order: "the case did not allow this then; it counts for nothing",
    rolledBack: "what you saw of this case last is not in it any more: the server shows an older history, or another",
    begins: "earlier events are gone: destroyed after the case was closed, or hidden",
    head: "the server names another last event than it hands out",
  },

  deadlinesTitle: "Deadlines",
  duties: { look: "Look", acknowledge: "Acknowledge", answer: "Answer" },
  dutyDone: "Done",
  dutyLeft: (day, days) => (days === 0 ? `Today (${day})` : `By ${day}, ${days} days left`),
  dutyLate: (day, days) => `Late since ${day}, ${days} days`,

  readersTitle: "Who can read this case",
  readersLead: "Checked here, against the roster your board signed.",
  excludedPlace: (place) => `The person excluded whoever is from ${place}. They see one more file that does not open.`,
  excludedOrganisation: (organisation) =>
    `The person excluded ${organisation}. Its people see one more file that does not open.`,
  steppedAside: (name) => `${name} stepped aside`,

  alikeTitle: "Other reports",
  noneAlike: "None from the same phone that day, and none that looks alike.",
  sameSource: "Same phone, same day",
  otherPart: "Another part of the same SMS",
  lookAlike: (percent) => `Looks alike: ${percent} %`,
  linked: "Linked",
  linkIt: "Link",
  mayNotLink: "Must not be linked: somebody who reads this case was excluded there.",

  labelTitle: "Label",
  noLabel: "Not labelled yet.",
  plausibleYes: "Plausible on its own",
  plausibleNo: "Not plausible on its own",

  actionsTitle: "Actions",
  take: "Take it",
  panels: {
    answer: "Ask or answer",
    sms: "SMS",
    note: "Note",
    label: "Label",
    assess: "Who could know?",
    handOver: "Hand over",
    close: "Close",
    reopen: "Open again",
    export: "Export",
    aside: "Step aside",
  },
  cancel: "Cancel",
  text: "Text",
  room: (bytes) => (bytes >= 0 ? `${bytes} bytes left` : `${-bytes} bytes too long`),

  question: "A question",
  answer: "An answer",
  kindOfReply: "What it is",
  sendReply: "Seal and send",
  replyLeaves:
    "It leaves by itself some minutes later, without your session, and is released within the hour among others: nothing ties it to you. Keep this tab open until then.",
  noMailbox: "This report came without a mailbox: nobody can answer it.",
  shownByPhone:
    "The two numbers were shown on a phone: its operator and the gateway know them, and can read this answer. The person can change them on the web page. Write nothing that points at anybody.",
  exchanged: "The person changed their numbers on the page: the answer goes to the new ones.",
  exchangedTwice:
    "More than one person changed the numbers of this report. The first change counts; somebody else may have had them. Write nothing that points at anybody.",

  smsWarning: [
    "The operator, the gateway and whoever holds the phone will read this SMS, and know that it answers somebody.",
    "Write nothing about the matter. A second reviewer must agree to every word.",
  ],
  smsUnderstood: "I have read this",
  smsNotAsked: "Nobody asked for an SMS here, or it was more than 14 days ago: the number cannot be opened any more.",
  smsPropose: "Propose this SMS",
  smsTwo: (approvals) => `It is sent once ${approvals} reviewers of the desk approved these very words.`,
  messages: (count) => (count === 1 ? "1 message" : `${count} messages`),
  proposalsTitle: "Proposed SMS",
  approvedBy: (names) => `Approved by ${names}`,
  approve: "Approve these words",
  waitsForOthers: "You approved it. It waits for another reviewer.",
  sent: "Approved by enough: handed to the relay, which sends it once.",
  sendAgain: "Hand it to the relay again",

  saveNote: "Save the note",
  category: "Category",
  place: "Place",
  choose: "Choose",
  incident: "Incident",
  incidentHint: "A word your desk uses for this incident, the same in every report about it. Not a name.",
  locality: "Locality",
  localityHint: "A code of the gazetteer, not a spelling. A village's name stays in the report.",
  plausible: "Plausible on its own",
  saveLabel: "Save the label",
  versions: (taxonomy, geography) => `Categories ${taxonomy}, places ${geography}.`,

  assessLead:
    "Think of the people around the event: who could have seen or heard this? If few could, whoever is accused will guess who spoke.",
  knowersQuestion: "How many people could know what this report says?",
  knowers,
  named: "The facts alone name the source (only witness, job, relation)",
  saveAssessment: "Save the answer",
  notAssessed: "Nobody has answered the check yet. Until then nothing of this case goes outside.",
  mayLeave: "Five or more people could have known it: a redacted copy may go outside.",
  mayNotLeave: "Nothing of this case goes outside: what it says points at its source.",

  handOverTo: "To",
  handOver: "Hand over",
  onlyLeader: "Only who leads the case hands it over.",
  nobodyElse: "Nobody else can read this case.",
  outcome: "Outcome",
  outcomes,
  close: "Close the case",
  closeLead:
    "What was done is destroyed 30 days later, or 15 days after the quarter's end if that is later. A follow-up opens the case again.",
  why: "Why",
  reopen: "Open it again",
  asideLead: [
    "You know somebody in this case, or may be thought to. From then on the server answers you as if there were no such case, and what is written is not sealed to you.",
    "It cannot be undone. The report you have read stays on your list.",
  ],
  asideConfirm: "Step aside for good",

  sealedCopy: "Save a sealed copy",
  sealedCopyLead: "The whole case, sealed to whoever may read it today and to nobody else. Any age program opens it.",
  redactedCopy: "Save the redacted copy",
  redactedLead: [
    "Numbers, addresses and words with a capital were taken out. That is a start and no more: names without a capital, nicknames, jobs and relations are still there.",
    "Read every line. Take out whatever only few people could know.",
  ],
  redactedRead: "I read every line, and nothing points at the source",

  done: {
    take: "You lead this case. The person will be told that somebody read them.",
    handOver: "Handed over.",
    aside: "You stepped aside.",
    note: "The note is saved.",
    label: "The label is saved.",
    assess: "The answer is saved.",
    link: "Linked.",
    question: "Sealed. The question leaves in some minutes.",
    answer: "Sealed. The answer leaves in some minutes.",
    acknowledge: "Acknowledged.",
    propose: "Proposed. Another reviewer has to approve it.",
    approve: "Approved.",
    close: "Closed.",
    reopen: "Open again.",
    history: "Sealed anew.",
  },
  conflict:
    "Somebody was faster, and nothing of yours was saved or sent. What they did stands below; read it, then try again if it is still right.",
  refusals: {
    order: "The case does not allow this now: it may be closed, or led by somebody else.",
    led: "Somebody leads this case. Ask them to hand it over.",
    unknown: "The server has no such case for you: you stepped aside from it, or the report is gone.",
    readers: "Not everybody who reads this case may know of that report: it must not be linked here.",
    tooFewReaders: "Fewer than two reviewers could read it. Your board has to admit somebody first.",
    tooLong: "This text is too long, or empty.",
    relayMissing: "The relay has no key for today that your roster vouches for. Nothing was sent; tell your operator.",
    capsuleExpired: "The number cannot be opened any more. Answer in the mailbox instead.",
    unreached: "The server does not answer. Nothing was saved; try again.",
    unexpected: "Something went wrong that should not. Try again, and tell your operator.",
  },

  leaving: (count) =>
    count === 1
      ? "1 sealed message waits to leave within six minutes. Keep this tab open."
      : `${count} sealed messages wait to leave within six minutes. Keep this tab open.`,
  sendNow: "Send now",
  sendNowHint: "Sent at once, its time may tell the server's operator which case it answers.",

  resealTitle: "Open cases and today's desk",
  resealLead:
    "When reviewers came or went, and before a report is 180 days old: seals open cases anew to today's desk. Who was excluded stays excluded.",
  reseal: "Seal open cases anew",
  resealing: (done, of) => `Sealing anew: ${done} of ${of}`,
  resealed: (resealed, refused) =>
    refused === 0
      ? `${resealed} cases were sealed anew.`
      : `${resealed} cases were sealed anew, ${refused} could not be.`,
};
