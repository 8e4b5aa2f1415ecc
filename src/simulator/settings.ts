import type { Reader } from "./command.ts";

/** What the server tells the page. */
export interface Settings {
  /** Path secret of the callbacks: a demo's. */
  readonly gatewaySecret: string;
  readonly reader: Reader;
}

/** Read off the element that the server wrote (gate/simulator.ts). */
export function settingsOf({ dataset }: HTMLElement): Settings {
  const { gatewaySecret = "", identityFile = "", passphraseFile = "" } = dataset;
  return { gatewaySecret, reader: { identityFile, passphraseFile } };
}
