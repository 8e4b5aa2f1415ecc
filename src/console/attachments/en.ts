import type { AttachmentKind, AttachmentWords } from "./words.ts";

const kinds: Readonly<Record<Exclude<AttachmentKind, "other">, string>> = {
  picture: "a picture",
  sound: "a sound recording",
  film: "a film",
  text: "a text",
  pdf: "a PDF document",
};

/** What is said of attachments, in English, sentence by sentence the same as French. */
export const englishAttachments: AttachmentWords = {
  about: (kind, type, kB) =>
    `Attachment: ${kind === "other" ? `another kind of file (${type})` : kinds[kind]}, ${kB} kB`,
  open: "Open the attachment",
  fetching: (done, of) => `The attachment is coming: ${done} of ${of}.`,
  close: "Close the attachment",
  frame: "What the attachment holds",
  notShown: "This kind of file is never opened here: it could act on this machine.",
  save: "Save the file",
  saveWarning: "Saved, it lies in clear on this disk. Open it only on a machine that you can lose, without a network.",
  erase: "Delete from the server",
  eraseSure: "Delete it for every reader? Press once more to do it.",
  erased: "The attachment is deleted from the server.",
  refusals: {
    damaged: "The attachment is not whole, or not the report's own: nothing of it is shown.",
    gone: "The server no longer has this attachment: deleted, or more than 180 days old.",
    notTaken: "Take the case first.",
    unreached: "The server does not answer. Try again.",
    unexpected: "This should not have happened. Lock, then start again.",
  },
};
