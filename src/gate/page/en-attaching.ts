import type { AttachingWords } from "../../dialogue/words-attaching.ts";

/** What is said around an attachment, in English, sentence by sentence the same as French. */
export const englishAttaching: AttachingWords = {
  cleaned:
    "Photo cleaned on this phone, {size} kB: place and device are no longer written in it. What can be seen on it stays: faces, houses, number plates.",
  asItIs:
    "This file goes as it is, {size} kB. It may carry your name, a place or the device: if it is not safe, take it out.",
  working: "One moment: this phone is preparing the attachment. Nothing is sent.",
  empty: "This file is empty: it is not attached.",
  tooLarge: "This file is too large: 25 MB at most. It is not attached.",
  uncleaned:
    "This browser cannot clean this photo: it is not attached. Take another photo, as JPEG, or another browser.",
  sending: "The attachment is leaving, closed: {done} of {of}. Keep the page open.",
  stopped: "The network broke off. What has left is kept: press Send again to go on.",
};
