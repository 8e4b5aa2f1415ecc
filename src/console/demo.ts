/** Where a demo's first reviewer's files lie on the machine that serves it. */
export interface DemoFiles {
  readonly identityFile: string;
  readonly passphraseFile: string;
  readonly anchorsFile: string;
}

/** What the shell says of them, or null: production says nothing. */
export function demoFiles(): DemoFiles | null {
  const { identityFile, passphraseFile, anchorsFile } = document.getElementById("console")!.dataset;
  if (identityFile === undefined || passphraseFile === undefined || anchorsFile === undefined) return null;
  return { identityFile, passphraseFile, anchorsFile };
}
