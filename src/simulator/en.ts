import type { SimulatorWords } from "./words.ts";

/** English, sentence by sentence the same as French. */
export const english: SimulatorWords = {
  language: "en",
  title: "Gundo: a phone to try",
  intro:
    "A basic phone, to try things out. It sends this demo instance exactly what the operator would send. Write nothing true in it.",
  other: { language: "fr", name: "Français" },

  phone: "The phone",
  screen: "The phone’s screen",
  line: "What is typed",
  keys: "The phone’s keys",
  call: "Call",
  hangUp: "Hang up",
  clear: "Clear",
  hint: "By keyboard: write in the line, Enter for OK, Escape to hang up. The key 123/abc turns digits into letters.",

  idle: "Gundo, a trial\n\nGreen: call *384*1234#\nOK: messages",
  waiting: "One moment…",
  failed: "Connection lost. Dial the code again.",
  unknownCode: "Unknown code. The code is *384*1234#",
  messages: "Messages\n1 Write an SMS\n2 Sent SMS\n3 Received SMS",
  writing: "SMS to 36033.\nOK: send",
  sentTitle: "Sent SMS",
  nothingSent: "None.",
  receivedTitle: "Received SMS",
  newSms: "SMS received: OK, 3",
  sms: { sending: "on its way", sent: "sent", refused: "NOT sent" },

  numberTitle: "This phone’s number",
  numberHint: "A range for tests: never put anybody’s number here.",
  lastFour: "Last four digits, after +223 7000",
  anotherNumber: "Another number",

  seenTitle: "What the operator and the gateway see",
  seen: "By phone you are not anonymous: the operator and its relay see what follows, and may keep it.",
  nothingSeen: "Nothing yet.",
  from: "Who",
  dialled: "Dialled",
  typed: "Typed",
  shown: "Shown",
  end: "End",
  ends: { Success: "came to its own end", Incomplete: "cut by the person", Failed: "no answer from the gateway" },
  exact: "The exact request",
  afterwards:
    "Gundo closes the words to named readers as soon as they arrive, and writes the number nowhere, unless sealed, for who asks for an answer by SMS. What the operator has seen, Gundo cannot erase.",

  readTitle: "Read the report as a reader",
  read: "In Gundo’s folder, in a terminal, a few seconds after it was sent:",
  command: "The command",
  readHint: "Add --json for one line a report. These keys are the demo’s: they protect nobody.",
};
