/** The files by which a demo's reviewer signs in; paths on the machine that the demo runs on. */
export interface Reader {
  readonly identityFile: string;
  readonly passphraseFile: string;
}

/** The command that prints the reports this reader can open, as it is typed in Gundo's folder. */
export function inboxCommand(url: string, { identityFile, passphraseFile }: Reader): string {
  const words = ["--url", url, "--identity", identityFile, "--passphrase-file", passphraseFile];
  return ["npx gundo inbox", ...words.map(shellWord)].join(" ");
}

/** One word of a POSIX shell, quoted where it must be (POSIX.1-2017, Shell Command Language §2.2.2). */
function shellWord(word: string): string {
  return /^[A-Za-z0-9_./:@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
