import type { ConsoleWords } from "./words.ts";

export const english: ConsoleWords = {
  language: "en",
  title: "Gundo: reviewers",
  skip: "Go to the content",
  otherLanguage: { language: "fr", name: "Français" },
  theme: "Colours",
  themes: { system: "As the device", light: "Light", dark: "Dark" },
  lock: "Lock",
  shortcuts: "Keyboard",
  close: "Close",
  signedInAs: (name, organisation) => `${name}, ${organisation}`,
  offline: "The server does not answer. What is on screen is what was there before; this page asks again by itself.",

  lockedBecause: {
    first: "Nothing is open. Your keys stay in a file of yours, and never leave this machine.",
    asked: "Locked. The keys and every word were let go.",
    idle: "Locked: nobody touched this page for ten minutes. The keys and every word were let go.",
    removed:
      "You are out: the roster in force does not name these keys any more. The keys and every word were let go. If this is a surprise, call your board.",
  },
  unlockTitle: "Unlock",
  identityFile: "Identity file",
  identityHint: "The file that was made with your keys; its name ends in .age.",
  passphrase: "Passphrase",
  anchorsFile: "Anchors file (anchors.json)",
  anchorsHint:
    "From your board, not from this server. Needed once in this browser: afterwards only its fingerprint is remembered, which is public.",
  unlock: "Unlock and sign in",
  unlocking: "Unlocking takes a few seconds, on purpose.",
  neverLeaves: "The passphrase and the keys stay in the memory of this page. Nothing is stored.",
  noKeys: "I have no keys yet",
  demo: (identityFile, passphraseFile, anchorsFile) => [
    "This is a demo. The first reviewer's files lie on the machine where it was started:",
    identityFile,
    passphraseFile,
    anchorsFile,
  ],
  refusals: {
    passphrase: "The passphrase does not open this file.",
    identityFile: "This is no identity file of Gundo's, or it is damaged.",
    anchorsFile: "This is no anchors file, or the server has none to show.",
    anchorsOther:
      "The server shows other anchors than those you trust. Nothing was signed. Choose the anchors file that your board gave you, and call the board.",
    rosterSigners:
      "The server's roster is not signed by your board: somebody edited it, or the anchors are another instance's. Nothing was signed. Call your board.",
    rosterOlder:
      "The server shows an older roster than this browser has seen: somebody who was removed may be on it again. Nothing was signed. Call your board.",
    rosterForked:
      "The server's roster does not follow the one this browser has seen: there are two histories. Nothing was signed. Call your board.",
    rosterInstance: "The server's roster belongs to another instance than your anchors.",
    rosterExpired: "The roster expired more than 30 days ago. The board must renew it before anyone can read.",
    rosterMalformed: "The server's roster cannot be read. Nothing was signed.",
    notOnRoster:
      "The roster does not name these keys: not yet, not any more, or others took their place. Ask your board.",
    signInRefused: "The server refused the sign-in. Is this the address your board gave you?",
    unreached: "The server does not answer. Try again.",
    busy: "The server is asked too much at the moment. Wait a minute and try again.",
    passphraseShort: "At least 20 characters: five words that nobody else would put together.",
    passphraseDiffers: "The two passphrases are not the same.",
    name: "A name of small letters, digits and hyphens, beginning with a letter; at most 32.",
    unexpected: "Something went wrong that should not. Nothing was sent. Try again, and tell your operator.",
  },

  compareTitle: "Is this your board?",
  compare:
    "This browser has never met this instance, and you chose no anchors file. Compare these digits with those your board printed or reads to you. The server cannot vouch for itself.",
  compareSame: "They are the same",
  compareOther: "They differ, or I cannot tell",

  enrolTitle: "Make my keys",
  enrolLead: [
    "Keys are made here, on this machine. You keep one file under a passphrase; the board gets another with the public halves.",
    "Best done on the machine you will read from, with nobody looking.",
  ],
  renewTitle: "Renew my keys",
  renewLead: [
    "Every six months, or when somebody may have seen your passphrase or file. The board puts the new keys on the roster; until then the old ones go on working.",
    "Keep the old identity file until your desk's open cases were sealed again to the new keys, then destroy it.",
  ],
  renew: "Renew my keys",
  chosenName: "Name on the roster",
  chosenNameHint: "Colleagues see it beside what you do. Small letters, digits, hyphens.",
  newPassphrase: "New passphrase",
  newPassphraseHint: "At least 20 characters. Nobody can reset it.",
  repeat: "The same passphrase again",
  makeKeys: "Make the keys",
  makingKeys: "Making the file takes a few seconds, on purpose.",
  madeTitle: "Your keys are made",
  saveIdentity: "Save the identity file",
  saveRequest: "Save the request for the board",
  readAloud: "Read these digits to the board, by telephone or face to face:",
  madeNext: [
    "1. Save both files. The identity file stays with you; a copy on a stick in a safe place is wise.",
    "2. Send the request to the board by any way: it is public.",
    "3. Read the digits to a member whose voice you know. They compare them before they sign.",
    "4. When the board has published the roster, come back and unlock.",
  ],
  back: "Back",

  warningsTitle: "Look here first",
  warnings: {
    rosterOlder:
      "Roster: the server now shows an older roster than this browser has seen. The newer one stays in use here. Call your board.",
    rosterForked:
      "Roster: the server now shows a roster that does not follow the one in use: there are two histories. The one in use stays. Call your board.",
    rosterEdited:
      "Roster: the server now shows a roster that your board did not sign. The one in use stays. Call your board.",
    rosterStale: "Roster: it has expired. The board must renew it soon, or nobody can send or read any more.",
    rosterUnreadable: "Roster: what the server now shows cannot be read. The one in use stays.",
    anchorsOther: "Anchors: the server shows others than your file. Yours are gone by. Call your board.",
    auditOlder:
      "Audit: the server shows a shorter history of acts than this browser has seen. Acts were taken out. Call your board.",
    auditRewritten:
      "Audit: the server's history of acts is not the one this browser has seen. It was rewritten. Call your board.",
    auditUnsigned:
      "Audit: the server's statement of its history is not signed by the key on the roster. Call your board.",
    pageOther:
      "Page: the server hands out another page than the one you are using. Do not unlock again before the board has compared its hash with the release's.",
    pageChanged:
      "Page: it is not the one this browser saw last. After a new release that is right; otherwise call your board.",
  },
  understood: "I have read this",

  inboxTitle: "Inbox",
  opening: (done, of) => `Opening ${done} of ${of}`,
  search: "Search",
  filters: "Filters",
  any: "Any",
  state: "Status",
  states: { waiting: "New", open: "Open", answered: "Answered", closed: "Closed" },
  category: "Category",
  place: "Région",
  languageOf: "Language",
  deadline: "Deadline",
  deadlines: { late: "Late", soon: "Within 3 days" },
  dangerOnly: "Danger now",
  offeredOnly: "Offered to me",
  clear: "Show all",
  more: "Show more",
  shown: (shown, all) => (shown === all ? `${all} ${all === 1 ? "report" : "reports"}` : `${shown} of ${all}`),
  unopened: (files) =>
    `${files === 1 ? "1 more file does" : `${files} more files do`} not open with your keys. That is usual: most are decoys, and nobody can tell the others.`,
  emptyTitle: "Nothing to read yet",
  empty: [
    "Reports come within ten minutes or so of being sent, mixed so that nobody can tell when each was written.",
    "This page looks by itself every few seconds. You can lock it and come back.",
  ],
  noneTitle: "No report matches",
  none: "Change the search or the filters, or show all.",
  unread: "Unread",
  danger: "Danger now",
  forget: "Asks to be forgotten",
  attachments: (count) => (count === 1 ? "1 file" : `${count} files`),
  due: (day) => `Due ${day}`,
  late: (day) => `Late since ${day}`,
  channels: { sms: "SMS", ussd: "USSD", web: "Web", webText: "Web, no script" },
  received: (day) => `Received ${day}`,
  rosterLine: (serial, fingerprint) => `Roster ${serial}: ${fingerprint}`,
  daysLeft: (days) => `Your keys are on the roster for ${days} more days. Renew them in time.`,

  sheetTitle: "Keyboard",
  keys: {
    next: "Next report",
    previous: "Previous report",
    open: "Open the report",
    back: "Back to the inbox",
    search: "Search",
    danger: "Only danger now, or all",
    clear: "Show all",
    lock: "Lock",
    sheet: "This sheet",
    take: "Take the case",
    answer: "Ask or answer",
    note: "Write a note",
    label: "Label",
    assess: "Who could know?",
    close: "Close, or open again",
  },
};
