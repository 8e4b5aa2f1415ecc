import type { Script } from "./script.ts";

/** English, screen for screen the same as French. */
export const english: Script = {
  language: "en",
  name: "English",
  hintKey: "Type a number:",
  hintWords: "Write some words:",

  next: "Next",
  send: "Send",
  toMenu: "Menu",

  menu: "1 Report\n2 Read the answer\n3 Is it safe?\n4 Language\n5 News",
  chooseLanguage: "Language?",

  who: "Who must NOT read it?\n1 Nobody\n2 People of my area\n3 An organisation",
  whoOrganisation: "Which must not read it?",
  whoRegion: "Your region?",
  whoCercle: "Your cercle?",
  wholeRegion: "Whole region",
  tooFew: "Fewer than two readers would remain.\n1 Change the choice\n2 Stop",

  words: "Write: what, where, when. Not your name, nor what only you know. 80 letters at most; then you can add more.",
  wordsMore: "Write more,\n1 Add details\n0 Send",
  wordsFull: "Message full: the end is not kept.\n1 Add details\n0 Send",

  what: "What?",
  whereRegion: "Where? The region:",
  whereCercle: "Where? The cercle:",
  danger: "Danger now?\n1 Yes\n2 No\n0 Send",
  notRescue: (helpNumber) => `Nobody reads this at once. This is not a rescue service. Help: ${helpNumber}\n0 Send`,
  smsAnswer: "Answer by SMS too? The operator and this phone will show it.\n1 Yes\n2 No\n0 Send",

  safety: (cost, answerDays) => [
    "By phone you are not anonymous: the operator and its relay know who calls, what is typed and what is shown.",
    "After our gateway only named reviewers can read. The code you dialled stays in the call list.",
    "The web page over Tor hides more. There your two numbers can be changed for two new ones.",
    `Price: ${cost}. Answer: about ${answerDays} days. No sign after 10 days? Say it again another way.`,
  ],
  news: (firstBulletin) => [
    "Every three months: what was reported in the country, in figures, no name, no village.",
    "The figures are blurred a little, on purpose: nobody can tell who spoke.",
    `First bulletin on ${firstBulletin}, here and on the radio.`,
  ],

  code: "Type the 16 digits of your two numbers, without a space.",
  codeMistyped: "Digits mistyped. Type the 16 digits of your two numbers, without a space.",
  noAnswer: "No answer yet.\n1 Write again\n2 Forget",
  taken: (day) => `Received on ${day}. No answer yet.\n1 Write again\n2 Forget`,
  answerOf: (day) => `Answer of ${day}:`,
  afterAnswer: "1 Write again\n2 Forget",
  forget: "Forget: never again an answer with these two numbers.\n1 Yes\n2 No",

  thanks: (first, second) =>
    `Thank you.\n${first}\n${second}\nKeep them as two contacts. Delete this call.\nNo sign after 10 days? Say it again another way.`,
  thanksWithoutNumber: "Thank you, it is sent. No number to show this time. Delete this call.",
  thanksSameNumbers: "Thank you, it is sent. Keep your two numbers. Delete this call.",
  notSent: "Not sent. Try again tomorrow, or on the web page. Delete this call.",
  stopped: "Nothing is sent. Delete this call.",
  startAgain: "A break on our side: nothing is sent. Dial the code again. Delete this call.",
  readLater: "Reading is not possible now. Try again tomorrow. Delete this call.",
  forgotten: "It is forgotten. Delete the two numbers and this call.",
  over: "It is over. Delete this call.",

  smsHelp:
    "The operator knows who writes and keeps this SMS. Delete it here. Dialling the code leaves fewer traces. This is no rescue service: nobody reads at once.",
  smsNotSent: "Not sent. Try again tomorrow. Delete this SMS.",
};
