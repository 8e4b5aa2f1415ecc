import type { ReadingWords } from "../../dialogue/words-reading.ts";

/** What is said around an answer, in English, sentence by sentence the same as French. */
export const englishReading: ReadingWords = {
  title: "Your exchange",
  nothing: "No answer yet for these two numbers. No sign 10 days after your message? Say it again, another way.",
  taken: "Your message was taken on {day}. No answer yet.",
  answerOf: "Answer of {day}",
  working: "One moment: this phone is working.",
  again: "Write again",
  againHint: "No name, nor what only you could know.",
  send: "Send more",
  exchange: "Change the numbers",
  exchangeHint:
    "You get two new numbers; the old ones open nothing any more. Do this if the old ones came by telephone: your operator saw them. Read the answer first: it goes with the old ones.",
  exchanged: "Here are your new numbers. The old ones open nothing any more.",
  forget: "Forget everything",
  forgetHint: "Never an answer again with these two numbers. The readers are asked to close the exchange.",
  forgotten: "It is forgotten: these two numbers open nothing any more.",
  sent: "What you added is closed and kept. Your two numbers stay the same.",
  noNumbers: "New numbers could not be made: the old ones still serve. Try again later.",
  notices: {
    mistyped: "A digit is wrong: each number has eight digits. Look at them once more.",
    later: "The answer cannot be read now. Try again a little later.",
    empty: "First write what you know. Nothing is sent.",
    tooLong: "That is too long for one message: send the rest in a second one. Nothing is sent.",
    tooFewReaders: "Fewer than two readers would remain. Change “Who must not read it?”. Nothing is sent.",
    changed: "The list of readers has changed. Copy your text and reload the page. Nothing is sent.",
    notSent: "The message could not be kept. Nothing is sent. Try again a little later.",
    unanswered: "No answer from the server: the message may not have arrived. Send it again.",
    stillOpen: "The readers are told, but the old numbers may still open. Press once more.",
    roster: "The list of readers did not arrive or is not the right one. Nothing is read or sent.",
  },
};
