import { englishAttaching } from "./en-attaching.ts";
import { englishReading } from "./en-reading.ts";
import type { PageWords } from "./words.ts";

/** The page in English, sentence by sentence the same as French. */
export const english: PageWords = {
  language: "en",
  path: "/en",
  other: { path: "/", language: "fr", name: "Français" },

  exit: "Leave quickly",
  lead: [
    "Here you can say what you know about trafficking, extortion, corruption, kidnapping, recruitment.",
    "Only chosen people from civil-society organisations read you. This is not the police, not the army, not a rescue service: nobody reads at once.",
    "Say only what you already know. Do not look for more: it is dangerous, and we never ask for it.",
  ],

  hidesTitle: "What this page hides, and what it does not",
  hides: [
    {
      word: "Anonymous",
      by: "with Tor Browser",
      says: "Neither we nor your operator see that it is you who writes here. The operator only sees that you use Tor.",
    },
    {
      word: "Confidential",
      by: "with another browser",
      says: "Only the chosen readers read your words. But your operator can see that you visited this site.",
    },
    {
      word: "Attributable",
      by: "by SMS or by dialling the code",
      says: "Your operator knows that it is you: it sees who calls, what is typed and what is shown.",
    },
  ],
  neverHidesTitle: "Nothing can hide:",
  neverHides: [
    "what only you could know: people will guess that it was you;",
    "what you told a friend, or what a camera saw;",
    "the address of this page in the history of this phone: delete it, or open a private window.",
  ],

  readersTitle: "Who reads you",
  readers: "People of these organisations can open your message, and nobody else:",
  fingerprint: "Fingerprint of the list of readers",
  fingerprintUse: "Compare it with the one given on the radio or on paper. If it differs, write nothing here.",

  formTitle: "Your message",
  optional: "optional",
  withoutTitle: "Who must not read it?",
  withoutHint: "Your message will be closed to these people, and they will not know.",
  withoutPlace: "Readers from this area",
  withoutOrganisation: "Readers of these organisations",
  nobody: "Nobody to keep out",
  text: "What you know",
  textHint: "What, where, when. Do not write your name, nor what only you could know.",
  more: "More details",
  category: "What is it about?",
  place: "Where?",
  when: "When?",
  whenChoices: {
    now: "It is happening now",
    week: "Within the last week",
    month: "Within the last month",
    older: "Longer ago",
  },
  danger: "Somebody is in danger now",
  dangerHint: "Nobody reads at once. This is not a rescue service.",
  unsaid: "No answer",
  wholeRegion: (region) => `${region} (whole region)`,
  file: "Attach a photo or a file",
  attaching: englishAttaching,

  plain:
    "Your browser does not close the message itself. If you send it like this, this server reads your words, and your two numbers, while it closes them; it keeps none of it. Whoever holds the server at that moment can read them.",
  operaMini:
    "Your browser (Opera Mini or the like) sends this page through the machines of a company, which sees what you write. Use Firefox, Chrome or Tor Browser instead.",
  loading: "One moment: the page is getting ready to close your message on this phone.",
  sealed:
    "The list of readers is verified. Your message will be closed on this phone: this server will not be able to read it.",
  sending: "Your message is leaving…",
  refused: "Nothing can be sent from here.",
  send: "Send",
  notices: {
    empty: "First write what you know. Nothing is sent.",
    tooLong: "That is too long for one message: send the rest in a second one. Nothing is sent.",
    tooFewReaders:
      "Fewer than two readers would remain. Change “Who must not read it?”, or stop here. Nothing is sent.",
    changed: "The list of readers has changed. Copy your text and reload the page. Nothing is sent.",
    notSent: "The message could not be kept. Nothing is sent. Try again a little later.",
    unanswered: "No answer from the server: the message may not have arrived. Send it again.",
    scriptLoading: "One more moment, then press Send again. Nothing is sent.",
    scriptUnloaded:
      "This phone could not load what closes the message. Reload the page, or read what stands above the button before you send.",
    rosterUnreached: "The list of readers did not arrive. Nothing is sent. Press Send again.",
    rosterForged:
      "The list of readers is not the one that the board signed. Write nothing here and warn us another way. Nothing is sent.",
    rosterOther:
      "The list of readers is too old or comes from elsewhere. Write nothing here and warn us another way. Nothing is sent.",
    rosterExpired:
      "The list of readers is no longer valid, or the date of this phone is wrong. Check the date. Nothing is sent.",
    rosterStale: "Careful: the list of readers should have been renewed. You can still send.",
  },

  thanksTitle: "Thank you",
  thanks: "Your message is closed and kept.",
  numbers:
    "Keep these two numbers, as two contacts for example: they are for reading the answer. They will not be shown again.",
  numbersCopy: "Copy",
  numbersNoted: "I wrote it down",
  noNumbers: "There are no numbers this time: nobody will be able to answer you.",
  noSign: "No sign after 10 days? Say it again, another way.",
  traces: "Now press “Leave quickly” and clear the history of this browser.",

  closed: {
    title: "Nothing can be sent now",
    says: [
      "There is no valid list of readers. Without it this site can close nothing: it takes no message and opens no answer.",
      "If you have just written or pressed a button: nothing is sent, nothing is kept.",
    ],
    instead: "What to do",
    ways: [
      "Say it another way, to a person or an organisation that you trust.",
      "Dial the code again or come back here in a few days, then again: the screen says whether it is sent.",
      "If you have two numbers, keep them.",
    ],
    help: "If somebody is in danger now, call:",
    helpSeen: "Your operator will see that call.",
  },

  readTitle: "Read the answer",
  readFirst: "First number",
  readSecond: "Second number",
  readPlain:
    "If you go on like this, this server reads your two numbers, the answer and your words; it keeps none of it.",
  reading: englishReading,
};
